package io.dynadiff.producers.trajectories;

import io.dynadiff.commands.CommandReport;
import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Condition;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.store.ConditionSpan;
import io.dynadiff.physics.store.StoredChunk;
import io.dynadiff.physics.store.TrajectoryMetadata;
import io.dynadiff.physics.store.TrajectoryStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Shows everything about the trajectories of a store but their values. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = "Show metadata, conditions and checksums of trajectories; values are not read.",
    footer = {
      "",
      "Example:",
      "  dynadiff trajectories inspect store/lambda-omega/beta-1.10/seed-1"
    })
public final class InspectTrajectoriesCommand extends StoreCommand {

  private record Description(
      String name,
      String sha256,
      String system,
      String environmentId,
      String solver,
      String solverVersion,
      Long seed,
      Map<String, String> settings,
      List<Integer> shape,
      Grid grid,
      List<Channel> channels,
      long startMillis,
      long intervalMillis,
      long length,
      int framesPerChunk,
      List<ConditionSpan> conditions,
      int missingChunks,
      List<StoredChunk> chunks) {}

  @Override
  int run(TrajectoryStore store, List<String> names) {
    List<Description> all = names.stream().map(name -> describe(store, name)).toList();
    if (json()) {
      print(all);
    } else {
      all.forEach(this::print);
    }
    return CommandReport.DONE;
  }

  private static Description describe(TrajectoryStore store, String name) {
    TrajectoryMetadata m = store.metadata(name);
    List<StoredChunk> chunks = store.chunks(name);
    return new Description(
        name,
        store.sha256(name),
        m.system(),
        m.environmentId(),
        m.provenance().solver(),
        m.provenance().solverVersion(),
        m.provenance().seed().isPresent() ? m.provenance().seed().getAsLong() : null,
        m.provenance().settings(),
        Shapes.list(m.shape()),
        m.grid(),
        m.channels(),
        m.startMillis(),
        m.intervalMillis(),
        m.length(),
        m.framesPerChunk(),
        m.conditions(),
        m.chunkCount() - chunks.size(),
        chunks);
  }

  private void print(Description d) {
    line("trajectory", d.name());
    line("metadata", "SHA-256 " + d.sha256());
    line("system", d.system());
    line("environment", d.environmentId());
    line("solver", d.solver() + ", version " + d.solverVersion());
    line("seed", d.seed() == null ? "none" : d.seed().toString());
    line("settings", d.settings().toString());
    line("shape", Shapes.text(d.shape()) + " [channel, y, x]");
    line("channels", joined(d.channels(), c -> c.name() + " (" + c.unit() + ")"));
    line(
        "frames",
        d.length()
            + ", every "
            + d.intervalMillis()
            + " ms from "
            + Instant.ofEpochMilli(d.startMillis()));
    for (ConditionSpan span : d.conditions()) {
      line(
          "conditions",
          "from frame "
              + span.fromFrame()
              + ": "
              + joined(span.conditions(), InspectTrajectoriesCommand::text));
    }
    for (StoredChunk chunk : d.chunks()) {
      line(
          "chunk",
          chunk.file()
              + "  frames "
              + chunk.firstFrame()
              + " to "
              + (chunk.firstFrame() + chunk.frames() - 1)
              + "  CRC-32C "
              + chunk.crc32c());
    }
    if (d.missingChunks() > 0) {
      line("missing", d.missingChunks() + " chunks; run the writer again");
    }
  }

  private static String text(Condition condition) {
    return condition.name() + " " + condition.value() + " (" + condition.unit() + ")";
  }

  private static <T> String joined(List<T> all, java.util.function.Function<T, String> text) {
    return all.stream().map(text).collect(Collectors.joining(", "));
  }

  private void line(String name, String value) {
    out().printf("%-12s %s%n", name, value);
  }
}
