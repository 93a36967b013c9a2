package io.dynadiff.models.fno;

import io.dynadiff.models.expert.Coordinates;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.physics.field.FieldShape;
import java.util.Set;

/**
 * What a Fourier neural operator is made of, whichever architecture's sizes it comes from.
 *
 * @param shape shape of the field, axes [channel, y, x]
 * @param hidden width of the hidden channels
 * @param layers number of operator blocks
 * @param wavenumbers what the spectral convolutions keep
 * @param coordinates what of a point's place is appended to the input channels
 * @param clock whether the sine and cosine of an external cycle are
 * @param channelMlp whether a block ends with a two-layer map over channels and a gated skip
 * @param spectralName name of a spectral tensor after {@code fno_blocks.convs.<layer>.}
 */
record FnoForm(
    FieldShape shape,
    int hidden,
    int layers,
    Wavenumbers wavenumbers,
    Coordinates coordinates,
    boolean clock,
    boolean channelMlp,
    String spectralName) {

  private static final Set<String> SIZES = Set.of("hidden", "layers", "modesY", "modesX");

  /** Hidden width of the lifting and the projection relative to the blocks' width. */
  private static final int CHANNEL_RATIO = 2;

  /** The form without channel maps; modesY is odd and modesX counts from 0. */
  static FnoForm plain(ExpertSpec spec) {
    return new FnoForm(
        spec.fieldShape(),
        spec.size("hidden"),
        spec.size("layers"),
        Wavenumbers.symmetric(spec.size("modesY"), spec.size("modesX")),
        spec.coordinates(),
        spec.clockPeriodMillis() > 0,
        false,
        "weight");
  }

  /** neuraloperator's form; modesY and modesX are its {@code n_modes}. */
  static FnoForm neuraloperator(ExpertSpec spec) {
    return new FnoForm(
        spec.fieldShape(),
        spec.size("hidden"),
        spec.size("layers"),
        Wavenumbers.ofModes(spec.size("modesY"), spec.size("modesX")),
        Coordinates.LINEAR,
        spec.clockPeriodMillis() > 0,
        true,
        "weight.tensor");
  }

  static void validatePlain(ExpertSpec spec) {
    spec.requireSizes(SIZES);
    FieldShape shape = spec.fieldShape();
    int modesY = spec.size("modesY");
    int modesX = spec.size("modesX");
    if (modesY % 2 == 0 || modesY > shape.height() || 2 * modesX - 1 > shape.width()) {
      throw new IllegalArgumentException(
          "expert: expected an odd modesY of at most "
              + shape.height()
              + " and a modesX of at most "
              + (shape.width() + 1) / 2
              + " for "
              + shape
              + ", found modesY "
              + modesY
              + " and modesX "
              + modesX);
    }
  }

  static void validateNeuraloperator(ExpertSpec spec) {
    spec.requireSizes(SIZES);
    FieldShape shape = spec.fieldShape();
    int modesY = spec.size("modesY");
    int modesX = spec.size("modesX");
    int hidden = spec.size("hidden");
    if (modesY > shape.height() || modesX > shape.width() || hidden < 2) {
      throw new IllegalArgumentException(
          "expert: expected a hidden of at least 2, a modesY of at most "
              + shape.height()
              + " and a modesX of at most "
              + shape.width()
              + " for "
              + shape
              + ", found hidden "
              + hidden
              + ", modesY "
              + modesY
              + " and modesX "
              + modesX);
    }
  }

  /** Input channels: the field's, coordinates, two clock channels. */
  int inputChannels() {
    return shape.channels() + coordinates.channels() + (clock ? 2 : 0);
  }

  /** Hidden width of the lifting and of the projection. */
  int wide() {
    return CHANNEL_RATIO * hidden;
  }

  /** Hidden width of a block's map over channels: half the width, a tie to the even number. */
  int narrow() {
    return (int) Math.rint(0.5 * hidden);
  }
}
