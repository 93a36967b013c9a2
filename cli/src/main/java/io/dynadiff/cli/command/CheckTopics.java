package io.dynadiff.cli.command;

import io.dynadiff.commands.CommandReport;
import io.dynadiff.commands.JsonDocument;
import io.dynadiff.commands.KafkaOptions;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicDifference;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dynadiff topics check}: whether a cluster has the topics that the parts need. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Compare the topics of a cluster with what the parts need, and change nothing: partitions,"
          + " replicas, cleanup, retention, largest record, largest request.",
      "One line for each difference says what to do, and the exit code is 1; without any it is 0."
    },
    footer = {
      "",
      "Example:",
      "  dynadiff topics check --bootstrap-servers localhost:9092 --partitions 4"
    })
final class CheckTopics implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--json",
      description = "Print one JSON array with an object for each difference.")
  private boolean json;

  @Override
  public Integer call() {
    List<TopicDifference> differences;
    try {
      differences = KafkaOptions.differences(kafka.connection(), kafka.topics());
    } catch (IllegalArgumentException e) {
      return CommandReport.report(spec, e, CommandReport.REFUSED);
    } catch (KafkaException e) {
      return CommandReport.report(spec, e, CommandReport.FAILED);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonDocument.print(out, differences);
    } else if (differences.isEmpty()) {
      out.println(Topic.values().length + " topics, all as the parts need them");
    } else {
      differences.forEach(difference -> out.println(difference.sentence()));
    }
    out.flush();
    return differences.isEmpty() ? CommandReport.DONE : CommandReport.FAILED;
  }
}
