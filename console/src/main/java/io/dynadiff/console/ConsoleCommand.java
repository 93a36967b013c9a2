package io.dynadiff.console;

import io.dynadiff.commands.CommandReport;
import io.dynadiff.commands.GracefulStop;
import io.dynadiff.commands.KafkaOptions;
import io.dynadiff.console.server.ServerSettings;
import io.dynadiff.console.state.Limits;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Serves the web console until Ctrl-C.
 *
 * <p>Exit codes: 0 after Ctrl-C, 1 when reading the topics has failed, 2 on bad usage.
 */
@Command(
    name = "console",
    mixinStandardHelpOptions = true,
    description =
        "Serve a web page that shows environments, forecasts beside the truth, errors, decisions"
            + " and experts as they come over Kafka. It reads only.",
    footer = {
      "",
      "Example, then open http://127.0.0.1:8090/ in a browser:",
      "  dynadiff console --bootstrap-servers localhost:9092"
    })
public final class ConsoleCommand implements Callable<Integer> {

  private static final Duration CHECK = Duration.ofMillis(200);

  @Spec private CommandSpec spec;

  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "" + ServerSettings.DEFAULT_PORT,
      description = "Port of the page; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      defaultValue = ServerSettings.LOCALHOST,
      description =
          "Where to listen (default: ${DEFAULT-VALUE}, this machine only). The page asks for no"
              + " password: beyond this machine, put a proxy before it that does.")
  private String address;

  @Option(
      names = "--host-name",
      paramLabel = "NAME",
      split = ",",
      description = "Further names under which browsers reach the page, for example a proxy's.")
  private List<String> hostNames = List.of();

  @Option(
      names = "--updates-per-second",
      paramLabel = "N",
      defaultValue = "" + ServerSettings.DEFAULT_UPDATES_PER_SECOND,
      description = "Most updates that a page is sent in a second (default: ${DEFAULT-VALUE}).")
  private int updatesPerSecond;

  @Option(
      names = "--field-memory-mib",
      paramLabel = "MIB",
      defaultValue = "256",
      description =
          "Memory for fields; where it is used up, environments that nobody looks at keep their"
              + " newest frame only (default: ${DEFAULT-VALUE}).")
  private int fieldMemoryMebibytes;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    int status = CommandReport.FAILED;
    try (GracefulStop stop = GracefulStop.install()) {
      try (Console console = open()) {
        out.println("Console at " + console.url() + "; Ctrl-C ends it.");
        out.flush();
        Optional<Throwable> failure = console.failure();
        while (failure.isEmpty() && !stop.await(CHECK)) {
          failure = console.failure();
        }
        status = failure.map(this::failed).orElse(CommandReport.DONE);
      } catch (IOException | IllegalArgumentException | KafkaException e) {
        status = CommandReport.report(spec, e, CommandReport.REFUSED);
      } finally {
        stop.finished(status);
      }
    }
    return status;
  }

  private Console open() throws IOException {
    Limits normal = Limits.DEFAULT;
    return Console.open(
        kafka.connection(Map.of()),
        kafka.topics(),
        new ServerSettings(
            address, port, hostNames, updatesPerSecond, ServerSettings.DEFAULT_STREAMS),
        new Limits(
            normal.environments(),
            (long) fieldMemoryMebibytes << 20,
            normal.scores(),
            normal.decisions(),
            normal.experts()));
  }

  private int failed(Throwable failure) {
    spec.commandLine()
        .getErr()
        .println(spec.qualifiedName(" ") + ": reading the topics has failed: " + failure);
    return CommandReport.FAILED;
  }
}
