package io.dynadiff.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The processor's widest vectors of floats. */
public final class Lanes {

  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Floats in a vector, a power of two. */
  public static final int COUNT = SPECIES.length();

  private Lanes() {}

  /** The next multiple of {@link #COUNT}. */
  public static int padded(int length) {
    return (length + COUNT - 1) / COUNT * COUNT;
  }
}
