package io.dynadiff.physics.store;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Condition;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Grid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything about a stored trajectory but its values.
 *
 * @param system system of dynamics, not blank
 * @param environmentId environment, not blank
 * @param provenance where the numbers come from
 * @param shape shape [channel, y, x] of every frame
 * @param grid grid of every frame; same height and width as the shape
 * @param channels quantities with their units, in the order of the channel axis
 * @param startMillis event time of frame 0, milliseconds since 1970-01-01T00:00Z
 * @param intervalMillis event time between frames, at least 1
 * @param length number of frames, at least 1
 * @param framesPerChunk frames in every chunk but the last, at least 1
 * @param conditions conditions over time; the first span begins at frame 0
 */
public record TrajectoryMetadata(
    String system,
    String environmentId,
    Provenance provenance,
    FieldShape shape,
    Grid grid,
    List<Channel> channels,
    long startMillis,
    long intervalMillis,
    long length,
    int framesPerChunk,
    List<ConditionSpan> conditions) {

  /** Most bytes of values in a chunk: what one memory map holds, with a wide margin. */
  static final long MOST_CHUNK_BYTES = 1L << 30;

  private static final long STANDARD_CHUNK_BYTES = 4L << 20;
  private static final long MOST_CHUNKS = 1_000_000;

  public TrajectoryMetadata {
    if (system == null || system.isBlank() || environmentId == null || environmentId.isBlank()) {
      throw new IllegalArgumentException(
          "trajectory: expected a system and an environment, found '"
              + system
              + "' and '"
              + environmentId
              + "'");
    }
    if (provenance == null
        || shape == null
        || grid == null
        || channels == null
        || conditions == null) {
      throw new IllegalArgumentException(
          "trajectory "
              + environmentId
              + ": expected provenance, shape, grid, channels and conditions, found null in one");
    }
    channels = List.copyOf(channels);
    conditions = List.copyOf(conditions);
    if (shape.channels() != channels.size()
        || shape.height() != grid.height()
        || shape.width() != grid.width()) {
      throw new IllegalArgumentException(
          "trajectory "
              + environmentId
              + ": expected the shape of "
              + channels.size()
              + " channels on a grid of "
              + grid.height()
              + " x "
              + grid.width()
              + ", found "
              + shape);
    }
    requireFrames(environmentId, shape, startMillis, intervalMillis, length, framesPerChunk);
    requireSpans(environmentId, conditions, length);
  }

  /** Describes a series as it is going to be stored; the series is not read. */
  static TrajectoryMetadata of(TrajectorySource source, FieldSeries series) {
    long length = series.length();
    long frames = STANDARD_CHUNK_BYTES / (4L * series.shape().size());
    return new TrajectoryMetadata(
        series.system(),
        series.environmentId(),
        source.provenance(),
        series.shape(),
        series.grid(),
        series.channels(),
        source.startMillis(),
        series.intervalMillis(),
        length,
        source.framesPerChunk().orElse((int) Math.max(1, Math.min(length, frames))),
        ConditionSpan.of(series, length));
  }

  /** Bytes of one frame. */
  public int frameBytes() {
    return 4 * shape.size();
  }

  /** Number of chunks. */
  public int chunkCount() {
    return (int) ((length - 1) / framesPerChunk + 1);
  }

  /** First frame of a chunk. */
  long firstFrame(int chunk) {
    return (long) chunk * framesPerChunk;
  }

  /** Number of frames in a chunk. */
  int framesIn(int chunk) {
    return (int) Math.min(framesPerChunk, length - firstFrame(chunk));
  }

  /** Conditions in force at a frame. */
  public List<Condition> conditionsAt(long frame) {
    List<Condition> found = List.of();
    for (ConditionSpan span : conditions) {
      if (span.fromFrame() <= frame) {
        found = span.conditions();
      }
    }
    return found;
  }

  /** Every property by name, for telling two descriptions apart. */
  Map<String, Object> properties() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("system", system);
    properties.put("environment", environmentId);
    properties.put("provenance", provenance);
    properties.put("shape", shape);
    properties.put("grid", grid);
    properties.put("channels", channels);
    properties.put("start in ms", startMillis);
    properties.put("interval in ms", intervalMillis);
    properties.put("length in frames", length);
    properties.put("frames per chunk", framesPerChunk);
    properties.put("conditions", conditions);
    return properties;
  }

  private static void requireFrames(
      String environmentId, FieldShape shape, long start, long interval, long length, int frames) {
    if (interval < 1 || length < 1 || frames < 1) {
      throw new IllegalArgumentException(
          "trajectory "
              + environmentId
              + ": expected interval, length and frames per chunk from 1 on, found "
              + interval
              + " ms, "
              + length
              + " and "
              + frames);
    }
    long chunks = (length - 1) / frames + 1;
    if (shape.size() > MOST_CHUNK_BYTES / 4 / frames || chunks > MOST_CHUNKS) {
      throw new IllegalArgumentException(
          "trajectory "
              + environmentId
              + ": expected at most "
              + MOST_CHUNK_BYTES
              + " bytes a chunk and "
              + MOST_CHUNKS
              + " chunks, found "
              + frames
              + " frames of "
              + shape.size()
              + " values and "
              + chunks
              + " chunks; choose other frames per chunk");
    }
    try {
      Math.addExact(start, Math.multiplyExact(interval, length));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "trajectory "
              + environmentId
              + ": expected event times within 64 bits, found "
              + length
              + " frames every "
              + interval
              + " ms from "
              + start,
          e);
    }
  }

  private static void requireSpans(
      String environmentId, List<ConditionSpan> conditions, long length) {
    long next = 0;
    for (int i = 0; i < conditions.size(); i++) {
      long from = conditions.get(i).fromFrame();
      if (i == 0 ? from != 0 : from < next || from >= length) {
        throw new IllegalArgumentException(
            "trajectory "
                + environmentId
                + ": expected conditions from frame 0 on, in order and below "
                + length
                + ", found a span from frame "
                + from
                + " at position "
                + i);
      }
      next = from + 1;
    }
    if (conditions.isEmpty()) {
      throw new IllegalArgumentException(
          "trajectory " + environmentId + ": expected conditions from frame 0 on, found no span");
    }
  }
}
