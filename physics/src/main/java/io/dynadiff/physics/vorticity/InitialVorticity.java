package io.dynadiff.physics.vorticity;

import io.dynadiff.physics.spectral.DealiasedModes;

/** How a system draws its random initial vorticity. */
@FunctionalInterface
interface InitialVorticity {

  /**
   * Draws modes.
   *
   * @param seed every seed gives one field, whatever the resolution that holds it
   * @return modes, interleaved (re, im)
   */
  double[] draw(long seed, DealiasedModes modes);
}
