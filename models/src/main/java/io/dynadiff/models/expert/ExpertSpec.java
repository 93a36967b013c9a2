package io.dynadiff.models.expert;

import io.dynadiff.models.json.CanonicalJson;
import io.dynadiff.physics.field.FieldShape;

/**
 * Architecture of an expert: a small neural operator that steps one environment forward by one
 * frame interval, {@code x + residualScale * f(x)} on normalised fields.
 *
 * <p>The specification fixes the meaning and the order of every weight (see {@link #layout()}), so
 * a flat array of {@link #parameterCount()} numbers is a complete expert. Immutable.
 *
 * @param architecture name of the operator family, see {@link ExpertArchitecture}
 * @param fieldShape shape of the field, axes [channel, y, x]
 * @param intervalMillis event time of one step, in milliseconds, positive
 * @param hidden width of the hidden channels, at least 1
 * @param layers number of operator blocks, at least 1
 * @param modesY wavenumbers kept along y: odd, from -(modesY-1)/2 to (modesY-1)/2
 * @param modesX wavenumbers kept along x: from 0 to modesX-1
 * @param periodic whether the domain is periodic; if not, two coordinate channels are appended
 * @param clockPeriodMillis period of an external cycle such as the day, in milliseconds; its sine
 *     and cosine at the frame's event time become two input channels; 0 for none
 * @param residualScale standard deviation of one-step differences of normalised fields, positive
 */
public record ExpertSpec(
    String architecture,
    FieldShape fieldShape,
    long intervalMillis,
    int hidden,
    int layers,
    int modesY,
    int modesX,
    boolean periodic,
    long clockPeriodMillis,
    double residualScale) {

  public ExpertSpec {
    ExpertArchitecture.named(architecture);
    if (fieldShape == null) {
      throw new IllegalArgumentException("expert: expected a field shape, found none");
    }
    requireAtLeast("intervalMillis", 1, intervalMillis);
    requireAtLeast("hidden", 1, hidden);
    requireAtLeast("layers", 1, layers);
    requireAtLeast("clockPeriodMillis", 0, clockPeriodMillis);
    requireAtLeast("modesY", 1, modesY);
    requireAtLeast("modesX", 1, modesX);
    if (modesY % 2 == 0 || modesY > fieldShape.height() || 2 * modesX - 1 > fieldShape.width()) {
      throw new IllegalArgumentException(
          "expert: expected an odd modesY of at most "
              + fieldShape.height()
              + " and a modesX of at most "
              + (fieldShape.width() + 1) / 2
              + " for "
              + fieldShape
              + ", found modesY "
              + modesY
              + " and modesX "
              + modesX);
    }
    if (!(residualScale > 0) || !Double.isFinite(residualScale)) {
      throw new IllegalArgumentException(
          "expert: expected a positive residualScale, found " + residualScale);
    }
  }

  private static void requireAtLeast(String name, long least, long found) {
    if (found < least) {
      throw new IllegalArgumentException(
          "expert: expected " + name + " of at least " + least + ", found " + found);
    }
  }

  /** The family of operators. */
  public ExpertArchitecture family() {
    return ExpertArchitecture.named(architecture);
  }

  /** Number of input channels: the field's, two coordinates unless periodic, two clock channels. */
  public int inputChannels() {
    return fieldShape.channels() + (periodic ? 0 : 2) + (clockPeriodMillis > 0 ? 2 : 0);
  }

  /** The weight graph: which weight stands where in the flat array. */
  public WeightLayout layout() {
    return family().layout(this);
  }

  /** Length of the flat weight array. */
  public int parameterCount() {
    return layout().parameterCount();
  }

  /** Canonical JSON: equal specifications give equal text. */
  public String toJson() {
    return CanonicalJson.write(this);
  }

  /**
   * Reads {@link #toJson()}.
   *
   * @throws IllegalArgumentException if the text is not JSON, or has a missing, unknown or
   *     impossible value
   */
  public static ExpertSpec fromJson(String json) {
    return CanonicalJson.read(json, ExpertSpec.class, "expert specification");
  }
}
