package io.dynadiff.producers.publish;

import io.dynadiff.physics.field.FieldDescription;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Snapshot;
import io.dynadiff.schemas.avro.Channel;
import io.dynadiff.schemas.avro.Condition;
import io.dynadiff.schemas.avro.Coordinates;
import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.FieldGrid;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.time.Instant;
import java.util.List;

/**
 * Turns snapshots of one environment into the records that travel on Kafka.
 *
 * <p>Thread-confined like what it describes.
 */
public final class FrameEncoder {
  private final String runId;
  private final FieldDescription series;
  private final FieldGrid grid;
  private final List<Channel> channels;

  public FrameEncoder(String runId, FieldDescription series) {
    this.runId = runId;
    this.series = series;
    var g = series.grid();
    this.grid =
        new FieldGrid(
            g.height(),
            g.width(),
            g.originY(),
            g.originX(),
            g.spacingY(),
            g.spacingX(),
            g.unit(),
            Coordinates.valueOf(g.coordinates().name()),
            g.periodic());
    this.channels = series.channels().stream().map(c -> new Channel(c.name(), c.unit())).toList();
  }

  /**
   * One frame as a record of its own.
   *
   * @param sequence position in the run, which is the snapshot's index in the series
   */
  public FieldFrame encode(long sequence, Snapshot snapshot) {
    FieldShape shape = series.shape();
    return FieldFrame.newBuilder()
        .setRunId(runId)
        .setSystem(series.system())
        .setEnvironmentId(series.environmentId())
        .setSequence(sequence)
        .setEventTime(Instant.ofEpochMilli(snapshot.eventTimeMillis()))
        .setIntervalMs(series.intervalMillis())
        .setGrid(grid)
        .setChannels(channels)
        .setField(
            TensorCodec.encode(
                snapshot.values(), DType.FLOAT32, shape.channels(), shape.height(), shape.width()))
        .setConditions(
            series.conditions(sequence).stream()
                .map(c -> new Condition(c.name(), c.value(), c.unit()))
                .toList())
        .build();
  }
}
