package io.dynadiff.trainer.data;

import io.dynadiff.physics.field.FieldShape;

/**
 * Moves points and mixes channels: out[c][p] = sum over d of mix[c][d] in[d][source[p]]. Immutable.
 *
 * @param shape shape of the fields
 * @param source for every point the point its values come from
 * @param mix axes [channel out, channel in]
 */
record FieldMap(FieldShape shape, int[] source, float[][] mix)
    implements Symmetries.Transformation {

  @Override
  public float[] apply(float[] field) {
    int points = shape.points();
    float[] result = new float[field.length];
    for (int c = 0; c < mix.length; c++) {
      for (int d = 0; d < mix.length; d++) {
        float factor = mix[c][d];
        if (factor == 0) {
          continue;
        }
        for (int p = 0; p < points; p++) {
          result[c * points + p] += factor * field[d * points + source[p]];
        }
      }
    }
    return result;
  }

  /** A matrix that multiplies each channel by a number. */
  static float[][] factors(float... factors) {
    float[][] mix = new float[factors.length][factors.length];
    for (int c = 0; c < factors.length; c++) {
      mix[c][c] = factors[c];
    }
    return mix;
  }
}
