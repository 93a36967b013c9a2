package io.dynadiff.trainer.data;

import io.dynadiff.physics.field.FieldShape;
import java.util.Arrays;

/**
 * A weighted sum over a frame that the dynamics leave as it is.
 *
 * @param name what is conserved
 * @param weights weight of each physical value, axes [channel, y, x] flattened
 */
public record LinearInvariant(String name, float[] weights) {

  /** The mean of one channel. */
  public static LinearInvariant mean(String name, FieldShape shape, int channel) {
    float[] weights = new float[shape.size()];
    int from = channel * shape.points();
    Arrays.fill(weights, from, from + shape.points(), 1f / shape.points());
    return new LinearInvariant(name, weights);
  }
}
