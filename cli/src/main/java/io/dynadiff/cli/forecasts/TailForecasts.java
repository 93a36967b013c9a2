package io.dynadiff.cli.forecasts;

import io.dynadiff.commands.CommandReport;
import io.dynadiff.commands.GracefulStop;
import io.dynadiff.commands.JsonDocument;
import io.dynadiff.commands.KafkaOptions;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.Topic;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dynadiff forecasts tail}: the newest committed forecasts, a line each. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    description = {
      "Print the newest committed forecasts, oldest first, one line each: issue time, environment,"
          + " sequence, version of the weights (x members), and for each quantity the range of"
          + " values at the first and the last lead.",
      "With --follow also those that come, until Ctrl-C or until nobody reads them any more (head), both"
          + " of which end it with 0."
    },
    footer = {
      "",
      "Examples:",
      "  dynadiff forecasts tail --environment lambda-omega/steady --follow",
      "  dynadiff forecasts tail --count 1 --json | jq .channels"
    })
final class TailForecasts implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--environment",
      paramLabel = "ID",
      description = "Only this environment (default: all).")
  private String environmentId;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "10",
      description = "Most forecasts that are already there (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(names = "--follow", description = "Go on with those that come.")
  private boolean follow;

  @Option(names = "--json", description = "Print one JSON object for each line.")
  private boolean json;

  @Mixin private KafkaOptions kafka;

  @Override
  public Integer call() {
    try {
      if (count < 0) {
        throw new IllegalArgumentException(
            "--count: expected at least 0, found " + count + "; correct it");
      }
      KafkaConnection connection = kafka.connection();
      KafkaOptions.expect(connection, kafka.topics(), Topic.FORECASTS);
      String topic = kafka.topics().name(Topic.FORECASTS);
      try (ForecastTopic forecasts =
          new ForecastTopic(connection, topic, Optional.ofNullable(environmentId))) {
        boolean unread = false;
        for (ForecastDigest digest : forecasts.newest(count, ForecastDigest::of)) {
          unread |= print(digest);
        }
        if (follow && !unread) {
          try (GracefulStop stop = GracefulStop.install(forecasts::wakeUp)) {
            forecasts.follow(
                forecast -> {
                  if (print(ForecastDigest.of(forecast))) {
                    forecasts.wakeUp();
                  }
                },
                new StandardOutput()::isRead);
            stop.finished(CommandReport.DONE);
          }
        }
      }
      return CommandReport.DONE;
    } catch (IllegalArgumentException e) {
      return CommandReport.report(spec, e, CommandReport.REFUSED);
    } catch (KafkaException e) {
      return CommandReport.report(spec, e, CommandReport.FAILED);
    }
  }

  /** Prints a line; returns whether nobody reads any more, as behind {@code head}. */
  private boolean print(ForecastDigest digest) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? JsonDocument.line(digest) : digest.line());
    return out.checkError();
  }
}
