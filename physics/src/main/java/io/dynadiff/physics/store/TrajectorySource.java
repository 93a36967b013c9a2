package io.dynadiff.physics.store;

import io.dynadiff.physics.field.FieldSeries;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * A trajectory to be stored.
 *
 * @param name directory of the trajectory inside the store: parts of letters, digits, dots, hyphens
 *     and underscores between slashes, for example lambda-omega/beta-1.10/seed-7
 * @param provenance where the numbers come from
 * @param startMillis event time of frame 0, milliseconds since 1970-01-01T00:00Z
 * @param framesPerChunk frames in a chunk, at least 1; empty for about 4 MB
 * @param series opens the series; called, read and closed by one worker thread. The same source
 *     must give the same frames, for a killed writer is followed by one that begins in the middle
 */
public record TrajectorySource(
    String name,
    Provenance provenance,
    long startMillis,
    OptionalInt framesPerChunk,
    Supplier<? extends FieldSeries> series) {

  public TrajectorySource {
    TrajectoryDirectory.requireName(name);
    if (provenance == null || framesPerChunk == null || series == null) {
      throw new IllegalArgumentException(
          name + ": expected provenance, frames per chunk (possibly empty) and a series, not null");
    }
    framesPerChunk.ifPresent(
        frames -> {
          if (frames < 1) {
            throw new IllegalArgumentException(
                name + ": expected at least 1 frame per chunk, found " + frames);
          }
        });
  }
}
