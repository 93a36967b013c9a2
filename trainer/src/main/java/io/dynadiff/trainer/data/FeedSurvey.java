package io.dynadiff.trainer.data;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Coordinates;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.store.StoredChunk;
import io.dynadiff.physics.store.TrajectoryFormatException;
import io.dynadiff.physics.store.TrajectoryMetadata;
import io.dynadiff.physics.store.TrajectoryStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a store holds of one system, by the descriptions alone: one form of frames, and the
 * stretches of every environment in time order.
 *
 * @param path directory of the store
 * @param system the system
 * @param shape shape [channel, y, x] of every frame
 * @param channels quantities, in the order of the channel axis
 * @param intervalMillis event time between frames
 * @param periodic whether fields repeat beyond their last row and column
 * @param geographic whether grids are of latitudes and longitudes
 * @param environments stretches by environment, environments in the order of their ids
 */
public record FeedSurvey(
    Path path,
    String system,
    FieldShape shape,
    List<Channel> channels,
    long intervalMillis,
    boolean periodic,
    boolean geographic,
    SortedMap<String, List<Stretch>> environments) {

  public FeedSurvey {
    channels = List.copyOf(channels);
    environments = Collections.unmodifiableSortedMap(new TreeMap<>(environments));
  }

  /**
   * A trajectory of the store.
   *
   * @param name its name in the store
   * @param metadata everything but its values
   * @param chunks what it consists of, with checksums
   */
  public record Stretch(String name, TrajectoryMetadata metadata, List<StoredChunk> chunks) {}

  /**
   * Looks into a store.
   *
   * @throws IllegalArgumentException if it holds nothing of the system, or frames of different
   *     forms
   * @throws TrajectoryFormatException if there is no store, or a trajectory is damaged or
   *     unfinished
   */
  public static FeedSurvey of(Path path, String system) {
    TrajectoryStore store = TrajectoryStore.open(path);
    List<Stretch> all = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (String name : store.names()) {
      TrajectoryMetadata metadata = store.metadata(name);
      if (metadata.system().equals(system)) {
        // Refuses unfinished ones.
        store.series(name).close();
        all.add(new Stretch(name, metadata, store.chunks(name)));
      } else if (!others.contains(metadata.system())) {
        others.add(metadata.system());
      }
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          path
              + ": expected trajectories of system "
              + system
              + ", found "
              + (others.isEmpty()
                  ? "none at all; fill it with sensor --to-store, trajectories import or"
                      + " trajectories record"
                  : "systems " + others + "; train one of these, or record with --system"));
    }
    Stretch first = all.get(0);
    all.forEach(stretch -> requireAlike(path, first, stretch));
    TreeMap<String, List<Stretch>> environments = new TreeMap<>();
    all.forEach(
        s ->
            environments
                .computeIfAbsent(s.metadata().environmentId(), id -> new ArrayList<>())
                .add(s));
    environments
        .values()
        .forEach(list -> list.sort(Comparator.comparingLong(s -> s.metadata().startMillis())));
    TrajectoryMetadata form = first.metadata();
    return new FeedSurvey(
        path,
        system,
        form.shape(),
        form.channels(),
        form.intervalMillis(),
        form.grid().periodic(),
        form.grid().coordinates() == Coordinates.LATITUDE_LONGITUDE,
        environments);
  }

  private static void requireAlike(Path path, Stretch first, Stretch other) {
    TrajectoryMetadata a = first.metadata();
    TrajectoryMetadata b = other.metadata();
    requireSame(path, "channels", first, a.channels(), other, b.channels());
    requireSame(path, "shape", first, a.shape(), other, b.shape());
    requireSame(path, "interval in ms", first, a.intervalMillis(), other, b.intervalMillis());
    requireSame(path, "grid", first, form(a.grid()), other, form(b.grid()));
  }

  /** Environments may lie anywhere, but their points must be as far apart. */
  private static List<Object> form(Grid grid) {
    return List.of(
        "spacing " + Math.abs(grid.spacingY()) + " x " + Math.abs(grid.spacingX()),
        grid.unit(),
        grid.coordinates(),
        grid.periodic() ? "periodic" : "bounded");
  }

  private static void requireSame(
      Path path, String what, Stretch first, Object expected, Stretch other, Object found) {
    if (!expected.equals(found)) {
      throw new IllegalArgumentException(
          path
              + ": expected the same "
              + what
              + " in every environment, found "
              + expected
              + " in "
              + first.name()
              + " and "
              + found
              + " in "
              + other.name()
              + "; grid them alike, or keep them in stores of their own");
    }
  }

  /** Number of frames of an environment. */
  public long frames(String environment) {
    return environments.get(environment).stream().mapToLong(s -> s.metadata().length()).sum();
  }
}
