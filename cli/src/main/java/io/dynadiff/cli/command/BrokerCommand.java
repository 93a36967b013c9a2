package io.dynadiff.cli.command;

import io.dynadiff.commands.CommandReport;
import io.dynadiff.commands.GracefulStop;
import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.embedded.EmbeddedOptions;
import io.dynadiff.embedded.EmbeddedStartException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs a Kafka broker and a Schema Registry until Ctrl-C, for trying roles and producers where no
 * Kafka is at hand.
 *
 * <p>Exit codes: 0 after Ctrl-C, 1 when the broker gave up, 2 when it could not start.
 */
@Command(
    name = "broker",
    mixinStandardHelpOptions = true,
    description = {
      "Run a Kafka broker and a Schema Registry on localhost until Ctrl-C, with all topics.",
    },
    footer = {
      "",
      "Example, with roles and a feed in two other terminals:",
      "  dynadiff broker --data-dir kafka-data",
      "  dynadiff run",
      "  dynadiff simulate lambda-omega --schedule \"0:beta=1.1,300:beta=1.4\" --speed 1x"
    })
public final class BrokerCommand implements Callable<Integer> {

  private static final Duration POLL = Duration.ofMillis(500);

  @Spec private CommandSpec spec;

  @Option(
      names = "--broker-port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "Port of the broker; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  private int brokerPort;

  @Option(
      names = "--registry-port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description = "Port of the Schema Registry; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  private int registryPort;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Keep topics and schemas here (default: a temporary directory).")
  private Path dataDirectory;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "4",
      description = "Partitions of each topic (default: ${DEFAULT-VALUE}).")
  private int partitions;

  @Override
  public Integer call() throws InterruptedException {
    int status = CommandReport.FAILED;
    try (GracefulStop stop = GracefulStop.install()) {
      try {
        status = serve(stop);
      } catch (EmbeddedStartException | IllegalArgumentException e) {
        status = CommandReport.report(spec, e, CommandReport.REFUSED);
      } finally {
        stop.finished(status);
      }
    }
    return status;
  }

  private int serve(GracefulStop stop) throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    EmbeddedOptions options =
        new EmbeddedOptions(
            brokerPort, registryPort, Optional.ofNullable(dataDirectory), partitions);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(options)) {
      out.printf(
          "Broker at %s, Schema Registry at %s; Ctrl-C ends both.%n",
          kafka.bootstrapServers(), kafka.schemaRegistryUrl());
      out.flush();
      while (!stop.await(POLL)) {
        Optional<Throwable> failure = kafka.failure();
        if (failure.isPresent()) {
          spec.commandLine()
              .getErr()
              .println(spec.qualifiedName(" ") + ": the broker gave up: " + failure.get());
          return CommandReport.FAILED;
        }
      }
    }
    return CommandReport.DONE;
  }
}
