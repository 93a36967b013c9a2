package io.dynadiff.producers;

import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.producers.replay.ReplayCommand;
import io.dynadiff.producers.sensor.SensorCommand;
import io.dynadiff.producers.simulate.SimulateCommand;
import io.dynadiff.producers.trajectories.TrajectoriesCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The producers' commands in a process of their own, which tests can kill. */
@Command(
    subcommands = {
      ReplayCommand.class,
      SensorCommand.class,
      SimulateCommand.class,
      TrajectoriesCommand.class
    })
final class CommandProcess {
  private CommandProcess() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new CommandProcess()).execute(args));
  }

  /** Starts a command; its output goes to a file. */
  static Process start(EmbeddedKafka kafka, Path output, String... args) throws IOException {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(
        List.of(
            "--bootstrap-servers",
            kafka.bootstrapServers(),
            "--schema-registry",
            kafka.schemaRegistryUrl(),
            "--partitions",
            Integer.toString(kafka.topics().partitions())));
    return start(output, all);
  }

  /** Starts a command that needs no broker. */
  static Process start(Path output, List<String> args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                CommandProcess.class.getName()));
    command.addAll(args);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }
}
