package io.dynadiff.producers;

import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSeries;
import io.dynadiff.producers.feed.FieldFeed;
import io.dynadiff.producers.pace.Pace;
import io.dynadiff.producers.replay.ReplayCommand;
import io.dynadiff.producers.simulate.SimulateCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** The producers' commands, told where a broker is. */
final class FeedCommands {
  static final String FILE = Path.of("..", "data", "era5-2mt-2019-03-uk-cds.nc").toString();

  private final EmbeddedKafka kafka;

  FeedCommands(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  int simulate(String system, String schedule, String frames, String run, String... options) {
    List<String> all = new ArrayList<>(List.of(simulation(system, schedule, frames, run)));
    all.addAll(List.of(options));
    return new CommandLine(new SimulateCommand()).execute(all.toArray(String[]::new));
  }

  String[] simulation(String system, String schedule, String frames, String run) {
    return new String[] {
      system,
      "--schedule",
      schedule,
      "--frames",
      frames,
      "--run-id",
      run,
      "--speed",
      "max",
      "--bootstrap-servers",
      kafka.bootstrapServers(),
      "--schema-registry",
      kafka.schemaRegistryUrl(),
      "--partitions",
      Integer.toString(kafka.topics().partitions())
    };
  }

  FieldFeed feed(String run, boolean fresh, LambdaOmegaSeries series) {
    return FieldFeed.open(
        kafka.connection(), kafka.topics(), run, fresh, List.of(series), Pace.MAX, progress -> {});
  }

  int replay(String... args) {
    return replay(new StringWriter(), args);
  }

  int replay(StringWriter out, String... args) {
    List<String> all = new ArrayList<>(List.of(FILE));
    all.addAll(List.of(args));
    return run(out, all.toArray(String[]::new));
  }

  int run(StringWriter out, String... args) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--bootstrap-servers",
                kafka.bootstrapServers(),
                "--schema-registry",
                kafka.schemaRegistryUrl(),
                "--partitions",
                "3"));
    all.addAll(List.of(args));
    return new CommandLine(new ReplayCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(out, true))
        .execute(all.toArray(String[]::new));
  }
}
