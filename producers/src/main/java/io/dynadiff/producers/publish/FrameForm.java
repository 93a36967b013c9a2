package io.dynadiff.producers.publish;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Condition;
import io.dynadiff.physics.field.Coordinates;
import io.dynadiff.physics.field.FieldDescription;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.field.Snapshot;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.FieldGrid;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.util.Arrays;
import java.util.List;

/**
 * What a published frame says of itself; the way back from {@link FrameEncoder}.
 *
 * @param conditions the conditions in force at the frame
 */
public record FrameForm(
    String system,
    String environmentId,
    FieldShape shape,
    Grid grid,
    List<Channel> channels,
    long intervalMillis,
    List<Condition> conditions)
    implements FieldDescription {

  /**
   * Reads it off a frame.
   *
   * @throws IllegalArgumentException if the frame contradicts itself
   */
  public static FrameForm of(FieldFrame frame) {
    FieldGrid g = frame.getGrid();
    List<Channel> channels =
        frame.getChannels().stream().map(c -> new Channel(c.getName(), c.getUnit())).toList();
    FieldShape shape = new FieldShape(channels.size(), g.getHeight(), g.getWidth());
    int[] found = TensorCodec.shape(frame.getField());
    if (!Arrays.equals(found, new int[] {shape.channels(), shape.height(), shape.width()})) {
      throw new IllegalArgumentException(
          "expected a field of " + shape + ", found " + Arrays.toString(found));
    }
    return new FrameForm(
        frame.getSystem(),
        frame.getEnvironmentId(),
        shape,
        new Grid(
            g.getHeight(),
            g.getWidth(),
            g.getOriginY(),
            g.getOriginX(),
            g.getSpacingY(),
            g.getSpacingX(),
            g.getUnit(),
            Coordinates.valueOf(g.getCoordinates().name()),
            g.getPeriodic()),
        channels,
        frame.getIntervalMs(),
        frame.getConditions().stream()
            .map(c -> new Condition(c.getName(), c.getValue(), c.getUnit()))
            .toList());
  }

  /** The field itself, in physical units. */
  public static Snapshot snapshot(FieldFrame frame) {
    return new Snapshot(frame.getEventTime().toEpochMilli(), TensorCodec.decode(frame.getField()));
  }

  @Override
  public List<Condition> conditions(long index) {
    return conditions;
  }
}
