package io.dynadiff.producers.replay;

import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.field.SeriesSpan;
import io.dynadiff.physics.recorded.RecordedFields;
import io.dynadiff.physics.store.TrajectoryStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Stored trajectories that are replayed side by side, each with its own system and environment. */
final class StoredTrajectories {
  private StoredTrajectories() {}

  /** Whether a path is a store or one trajectory of it; a Zarr directory is none. */
  static boolean at(Path path) {
    return Files.isDirectory(path)
        && !RecordedFields.isDirectoryStore(path)
        && TrajectoryStore.isStore(path);
  }

  /**
   * Opens every trajectory at some paths; the caller closes the series.
   *
   * @param first first instant, inclusive
   * @param end last instant, exclusive
   * @throws IllegalArgumentException if two are of one environment, or one has nothing of the span
   * @throws io.dynadiff.physics.store.TrajectoryFormatException if one is damaged or not finished
   */
  static List<FieldSeries> series(List<Path> paths, long first, long end) {
    List<FieldSeries> opened = new ArrayList<>();
    try {
      Map<String, Path> environments = new HashMap<>();
      for (Path path : paths) {
        TrajectoryStore store = TrajectoryStore.open(path);
        for (String name : store.names()) {
          FieldSeries whole = store.series(name);
          opened.add(whole);
          Path directory = store.directory(name);
          Path other = environments.put(whole.environmentId(), directory);
          if (other != null) {
            throw new IllegalArgumentException(
                "replay: expected one trajectory of each environment, found two of "
                    + whole.environmentId()
                    + ", "
                    + other
                    + " and "
                    + directory
                    + "; give the directories of those to be replayed");
          }
          opened.set(opened.size() - 1, SeriesSpan.of(whole, first, end));
        }
      }
      return opened;
    } catch (RuntimeException e) {
      opened.forEach(FieldSeries::close);
      throw e;
    }
  }
}
