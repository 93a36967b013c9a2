package io.dynadiff.trainer.data;

import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.physics.field.FieldShape;

/**
 * How the constants of a field normalisation follow from training frames.
 *
 * <p>A system's symmetries must still hold after normalisation: a channel that a symmetry negates
 * keeps its zero, and channels that one mixes share a scale. Not thread-safe.
 */
final class ChannelScaling {

  private final FieldShape shape;
  private final boolean[] keepsZero;
  private final int[] group;
  private final double[] sum;
  private final double[] square;
  private long frames;

  /**
   * Starts without a frame.
   *
   * @param keepsZero for each channel whether its offset is 0 instead of the mean
   * @param group for each channel a number; channels with the same share a scale
   */
  ChannelScaling(FieldShape shape, boolean[] keepsZero, int[] group) {
    this.shape = shape;
    this.keepsZero = keepsZero.clone();
    this.group = group.clone();
    this.sum = new double[shape.channels()];
    this.square = new double[shape.channels()];
  }

  /** Every channel for itself. */
  static ChannelScaling perChannel(FieldShape shape) {
    int[] own = java.util.stream.IntStream.range(0, shape.channels()).toArray();
    return new ChannelScaling(shape, new boolean[shape.channels()], own);
  }

  /** Takes one physical frame, axes [channel, y, x], into account. */
  void add(float[] frame) {
    for (int c = 0; c < shape.channels(); c++) {
      for (int p = 0; p < shape.points(); p++) {
        double value = frame[c * shape.points() + p];
        sum[c] += value;
        square[c] += value * value;
      }
    }
    frames++;
  }

  /** Offsets and scales: means, or 0, and root mean square deviations from them. */
  FieldNormalisation normalisation() {
    int channels = shape.channels();
    double count = (double) frames * shape.points();
    double[] offsets = new double[channels];
    double[] variance = new double[channels];
    for (int c = 0; c < channels; c++) {
      offsets[c] = keepsZero[c] ? 0 : sum[c] / count;
      variance[c] = square[c] / count - (keepsZero[c] ? 0 : offsets[c] * offsets[c]);
    }
    double[] scales = new double[channels];
    for (int c = 0; c < channels; c++) {
      double total = 0;
      int members = 0;
      for (int d = 0; d < channels; d++) {
        if (group[d] == group[c]) {
          total += variance[d];
          members++;
        }
      }
      scales[c] = Math.sqrt(total / members);
    }
    return new FieldNormalisation(offsets, scales);
  }
}
