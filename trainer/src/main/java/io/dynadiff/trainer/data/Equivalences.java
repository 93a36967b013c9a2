package io.dynadiff.trainer.data;

import java.util.Random;

/**
 * The equivalence transformations of a system: what its equations say about environments that were
 * never simulated.
 */
@FunctionalInterface
public interface Equivalences {

  /** Draws a transformation. */
  Equivalence draw(Random random);

  /** None but the identity. */
  static Equivalences none() {
    return random -> Equivalence.IDENTITY;
  }
}
