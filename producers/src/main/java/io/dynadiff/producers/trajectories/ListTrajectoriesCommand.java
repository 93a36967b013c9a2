package io.dynadiff.producers.trajectories;

import io.dynadiff.commands.CommandReport;
import io.dynadiff.physics.store.TrajectoryMetadata;
import io.dynadiff.physics.store.TrajectoryStore;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** Lists the trajectories of a store and how far each is. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "List the trajectories of a store: frames, shape, chunks written.",
    footer = {"", "Example:", "  dynadiff trajectories list store"})
public final class ListTrajectoriesCommand extends StoreCommand {

  private record Row(
      String name,
      String system,
      String environmentId,
      long frames,
      List<Integer> shape,
      long intervalMillis,
      int chunks,
      int missingChunks) {}

  @Override
  int run(TrajectoryStore store, List<String> names) {
    List<Row> rows = names.stream().map(name -> row(store, name)).toList();
    if (json()) {
      print(rows);
      return CommandReport.DONE;
    }
    int width = names.stream().mapToInt(String::length).max().orElseThrow();
    out().printf(Locale.ROOT, "%-" + width + "s  %9s  %-13s chunks%n", "name", "frames", "shape");
    for (Row row : rows) {
      out()
          .printf(
              Locale.ROOT,
              "%-" + width + "s  %9d  %-13s %d%s%n",
              row.name(),
              row.frames(),
              Shapes.text(row.shape()),
              row.chunks(),
              row.missingChunks() == 0 ? "" : ", " + row.missingChunks() + " missing");
    }
    return CommandReport.DONE;
  }

  private static Row row(TrajectoryStore store, String name) {
    TrajectoryMetadata m = store.metadata(name);
    return new Row(
        name,
        m.system(),
        m.environmentId(),
        m.length(),
        Shapes.list(m.shape()),
        m.intervalMillis(),
        m.chunkCount(),
        store.missingChunks(name));
  }
}
