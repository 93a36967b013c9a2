package io.dynadiff.physics.validation;

import java.util.function.DoubleConsumer;

/**
 * One part of the validation: something to measure and to compare with what is known.
 *
 * @param title heading of the part
 * @param expectedSeconds about how long it takes on one core, greater than 0
 * @param measurement what measures
 */
public record Validation(String title, double expectedSeconds, Measurement measurement) {

  /** Measures one part. */
  @FunctionalInterface
  public interface Measurement {

    /**
     * Measures; may throw {@link RuntimeException}s that say what went wrong.
     *
     * @param progress told how much is done, 0 to 1
     */
    Findings measure(DoubleConsumer progress);
  }
}
