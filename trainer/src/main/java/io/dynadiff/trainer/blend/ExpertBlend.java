package io.dynadiff.trainer.blend;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Weighs known experts for an environment from its conditions. Immutable and safe to share between
 * threads.
 */
@FunctionalInterface
public interface ExpertBlend {

  /**
   * The share of each known expert.
   *
   * @param encoded encoded conditions, see {@link io.dynadiff.models.bundle.ConditionEncoding}
   * @return one number for each known expert, in order; they may be negative
   */
  double[] shares(float[] encoded);

  /** Settings that were chosen from the known experts, by name. */
  default SortedMap<String, Double> settings() {
    return new TreeMap<>();
  }
}
