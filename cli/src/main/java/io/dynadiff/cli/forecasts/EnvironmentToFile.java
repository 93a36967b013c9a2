package io.dynadiff.cli.forecasts;

import io.dynadiff.commands.CommandReport;
import io.dynadiff.commands.KafkaOptions;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What commands share that make a file of one environment's forecasts: options and exit codes. */
final class EnvironmentToFile {

  /** What a command does with the forecasts. */
  interface Work {
    void with(ForecastTopic forecasts) throws IOException;
  }

  @Parameters(paramLabel = "ENVIRONMENT", description = "The environment's id.")
  private String environmentId;

  @Option(names = "--output", paramLabel = "FILE", required = true, description = "The file.")
  private Path output;

  @Mixin private KafkaOptions kafka;

  String environmentId() {
    return environmentId;
  }

  Path output() {
    return output;
  }

  /** Name of the topic that is read. */
  String topic() {
    return kafka.topics().name(Topic.FORECASTS);
  }

  /** Opens the topic, does the work and says in one line what went wrong; returns the exit code. */
  int run(CommandSpec spec, Work work) {
    try {
      KafkaConnection connection = kafka.connection();
      KafkaOptions.expect(connection, kafka.topics(), Topic.FORECASTS);
      try (ForecastTopic forecasts =
          new ForecastTopic(connection, topic(), Optional.of(environmentId))) {
        work.with(forecasts);
      }
      return CommandReport.DONE;
    } catch (IllegalArgumentException e) {
      return CommandReport.report(spec, e, CommandReport.REFUSED);
    } catch (KafkaException e) {
      return CommandReport.report(spec, e, CommandReport.FAILED);
    } catch (IOException | UncheckedIOException e) {
      return CommandReport.report(
          spec,
          new IOException(
              output + " cannot be written: " + e + "; check that the folder exists", e),
          CommandReport.FAILED);
    }
  }
}
