package io.dynadiff.physics.store;

import io.dynadiff.physics.field.FieldDescription;
import io.dynadiff.physics.field.Snapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Stores frames of which nobody knows in advance how many there will be, such as those of a live
 * feed: every stretch of an environment without a gap in time becomes a trajectory.
 *
 * <pre>
 *   event time   1 2 3 4 . . 7 8 9
 *                -------     -----
 *                ENVIRONMENT/from-19700101T000001Z and ENVIRONMENT/from-19700101T000007Z
 * </pre>
 *
 * <p>Frames wait in a hidden folder of the store until {@link #finish}, one frame in memory; a
 * process that is killed before leaves that folder behind. Thread-confined; closed by whoever made
 * it, which removes the folder.
 */
public final class TrajectoryRecorder implements AutoCloseable {

  /** A single frame says nothing about dynamics. */
  private static final int SHORTEST = 2;

  private static final DateTimeFormatter START =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path root;
  private final Path waiting;
  private final Provenance provenance;
  private final List<Stretch> stretches = new ArrayList<>();
  private final Map<String, Stretch> open = new LinkedHashMap<>();
  private long leftOut;

  /**
   * Begins a recording.
   *
   * @param root directory of the store, made where missing
   * @param provenance where the frames come from
   * @throws UncheckedIOException if the directory cannot be written
   */
  public TrajectoryRecorder(Path root, Provenance provenance) {
    this.root = root;
    this.provenance = provenance;
    try {
      Files.createDirectories(root);
      this.waiting = Files.createTempDirectory(root, ".recording-");
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /**
   * What became of a recording.
   *
   * @param environments environments with at least one trajectory
   * @param trajectories trajectories written or found
   * @param frames frames in them
   * @param leftOut frames that came late or again
   * @param single frames without a neighbour in time, which are not stored
   */
  public record Summary(
      int environments, int trajectories, long frames, long leftOut, long single) {

    @Override
    public String toString() {
      return environments
          + (environments == 1 ? " environment, " : " environments, ")
          + trajectories
          + " stretches without a gap, "
          + frames
          + " frames; left out: "
          + leftOut
          + " that came late or again, "
          + single
          + " without a neighbour in time";
    }
  }

  /** Name of a recorded trajectory: the environment and the first event time. */
  public static String name(String environmentId, long startMillis) {
    long millis = Math.floorMod(startMillis, 1000L);
    return environmentId
        + "/from-"
        + START.format(Instant.ofEpochMilli(startMillis))
        + (millis == 0 ? "" : String.format(Locale.ROOT, ".%03d", millis))
        + "Z";
  }

  /**
   * Takes a frame; one that is not after the latest of its environment is left out.
   *
   * @param form what the frame is; its conditions at index 0 are those of the frame
   * @return whether it was taken
   * @throws IllegalArgumentException if grid, channels, interval or system are not those of the
   *     environment's frames before it, or a value is not finite
   */
  public boolean add(FieldDescription form, Snapshot frame) {
    Stretch last = open.get(form.environmentId());
    if (last != null && frame.eventTimeMillis() <= last.lastMillis()) {
      leftOut++;
      return false;
    }
    requireFinite(form, frame);
    if (last == null || frame.eventTimeMillis() != last.lastMillis() + last.intervalMillis()) {
      Stretch next =
          new Stretch(form, frame.eventTimeMillis(), waiting.resolve(stretches.size() + ".frames"));
      if (last != null) {
        last.requireAlike(form);
      }
      stretches.add(next);
      open.put(form.environmentId(), next);
      last = next;
    } else {
      last.requireAlike(form);
    }
    last.append(form.conditions(0));
    write(last, frame);
    return true;
  }

  private void write(Stretch stretch, Snapshot frame) {
    ByteBuffer bytes =
        ByteBuffer.allocate(4 * frame.values().length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(frame.values());
    // Opened anew for every frame: there may be thousands of environments.
    try (OutputStream out =
        Files.newOutputStream(
            stretch.file(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      out.write(bytes.array());
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static void requireFinite(FieldDescription form, Snapshot frame) {
    for (int i = 0; i < frame.values().length; i++) {
      if (!Float.isFinite(frame.values()[i])) {
        int point = i % form.shape().points();
        throw new IllegalArgumentException(
            form.environmentId()
                + " at "
                + Instant.ofEpochMilli(frame.eventTimeMillis())
                + ": expected finite values, found "
                + frame.values()[i]
                + " in channel "
                + form.channels().get(i / form.shape().points()).name()
                + ", row "
                + point / form.shape().width()
                + ", column "
                + point % form.shape().width()
                + "; leave the frame out or fill the point before it is recorded");
      }
    }
  }

  /**
   * Writes the trajectories; those that are there already stay as they are.
   *
   * @throws IllegalArgumentException if one is there with another length or form, or the name of an
   *     environment cannot be that of a directory
   * @throws InterruptedException if interrupted; whole chunks are kept
   */
  public Summary finish() throws InterruptedException {
    List<Stretch> kept = stretches.stream().filter(s -> s.length() >= SHORTEST).toList();
    new TrajectoryWriter(root, 1)
        .write(
            kept.stream()
                .map(
                    stretch ->
                        new TrajectorySource(
                            stretch.name(),
                            provenance,
                            stretch.startMillis(),
                            OptionalInt.empty(),
                            stretch::series))
                .toList());
    return new Summary(
        (int) kept.stream().map(Stretch::environmentId).distinct().count(),
        kept.size(),
        kept.stream().mapToLong(Stretch::length).sum(),
        leftOut,
        stretches.size() - kept.size());
  }

  private UncheckedIOException unwritable(IOException e) {
    return new UncheckedIOException(root + ": cannot be written: " + e.getMessage(), e);
  }

  /** Removes the frames that waited. */
  @Override
  public void close() {
    try (Stream<Path> files = Files.list(waiting)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(waiting);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }
}
