package io.dynadiff.models.field;

import io.dynadiff.physics.field.FieldShape;
import java.util.Arrays;

/**
 * Affine map between physical and normalised values, one entry per channel: {@code normalised =
 * (physical - offset) / scale}.
 *
 * <p>The constants belong to a bundle, not to an environment: online, an unseen environment's own
 * range is not known. Instances are immutable as long as callers leave the arrays alone; safe to
 * share between threads.
 *
 * @param offsets offset of each channel, in the channel's unit
 * @param scales scale of each channel, in the channel's unit, positive
 */
public record FieldNormalisation(double[] offsets, double[] scales) {

  public FieldNormalisation {
    if (offsets.length == 0 || offsets.length != scales.length) {
      throw new IllegalArgumentException(
          "normalisation: expected as many offsets as scales and at least one, found "
              + offsets.length
              + " offsets and "
              + scales.length
              + " scales");
    }
    for (int c = 0; c < scales.length; c++) {
      if (!Double.isFinite(offsets[c]) || !(scales[c] > 0) || !Double.isFinite(scales[c])) {
        throw new IllegalArgumentException(
            "normalisation of channel "
                + c
                + ": expected a finite offset and a positive scale, found offset "
                + offsets[c]
                + " and scale "
                + scales[c]);
      }
    }
  }

  /** Returns the normalised copy of a physical field, axes [channel, y, x]. */
  public float[] normalise(FieldShape shape, float[] physical) {
    requireMatch(shape, physical);
    float[] normalised = new float[physical.length];
    for (int c = 0, i = 0; c < shape.channels(); c++) {
      for (int p = 0; p < shape.points(); p++, i++) {
        normalised[i] = (float) ((physical[i] - offsets[c]) / scales[c]);
      }
    }
    return normalised;
  }

  /** Returns the physical copy of a normalised field, axes [channel, y, x]. */
  public float[] denormalise(FieldShape shape, float[] normalised) {
    requireMatch(shape, normalised);
    float[] physical = new float[normalised.length];
    for (int c = 0, i = 0; c < shape.channels(); c++) {
      for (int p = 0; p < shape.points(); p++, i++) {
        physical[i] = (float) (normalised[i] * scales[c] + offsets[c]);
      }
    }
    return physical;
  }

  private void requireMatch(FieldShape shape, float[] values) {
    if (shape.channels() != offsets.length || values.length != shape.size()) {
      throw new IllegalArgumentException(
          "normalisation: expected "
              + offsets.length
              + " channels and "
              + shape.size()
              + " values for "
              + shape
              + ", found "
              + shape.channels()
              + " channels and "
              + values.length
              + " values");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FieldNormalisation n
        && Arrays.equals(offsets, n.offsets)
        && Arrays.equals(scales, n.scales);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(offsets) + Arrays.hashCode(scales);
  }

  @Override
  public String toString() {
    return "offsets " + Arrays.toString(offsets) + ", scales " + Arrays.toString(scales);
  }
}
