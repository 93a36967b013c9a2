package io.dynadiff.models.fno;

import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.physics.field.FieldShape;
import java.util.Set;

/**
 * Sizes of a Fourier neural operator, by their names in specifications.
 *
 * @param hidden width of the hidden channels
 * @param layers number of operator blocks
 * @param modesY wavenumbers kept along y: odd, from -(modesY-1)/2 to (modesY-1)/2
 * @param modesX wavenumbers kept along x: from 0 to modesX-1
 */
record FnoSizes(int hidden, int layers, int modesY, int modesX) {

  private static final Set<String> NAMES = Set.of("hidden", "layers", "modesY", "modesX");

  static FnoSizes of(ExpertSpec spec) {
    return new FnoSizes(
        spec.size("hidden"), spec.size("layers"), spec.size("modesY"), spec.size("modesX"));
  }

  static void validate(ExpertSpec spec) {
    spec.requireSizes(NAMES);
    FnoSizes sizes = of(spec);
    FieldShape shape = spec.fieldShape();
    if (sizes.modesY % 2 == 0
        || sizes.modesY > shape.height()
        || 2 * sizes.modesX - 1 > shape.width()) {
      throw new IllegalArgumentException(
          "expert: expected an odd modesY of at most "
              + shape.height()
              + " and a modesX of at most "
              + (shape.width() + 1) / 2
              + " for "
              + shape
              + ", found modesY "
              + sizes.modesY
              + " and modesX "
              + sizes.modesX);
    }
  }

  /** Number of kept wavenumber pairs. */
  int modes() {
    return modesY * modesX;
  }

  /** Input channels: the field's, two coordinates unless periodic, two clock channels. */
  static int inputChannels(ExpertSpec spec) {
    return spec.fieldShape().channels()
        + (spec.periodic() ? 0 : 2)
        + (spec.clockPeriodMillis() > 0 ? 2 : 0);
  }
}
