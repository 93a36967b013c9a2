package io.dynadiff.models.regression;

/**
 * Size of an interpolation of the zoo's latents.
 *
 * @param centres environments that are interpolated between; 0 for no interpolation
 * @param width width of the radial functions, in standardised conditions; positive where there are
 *     centres
 */
public record InterpolationSpec(int centres, double width) {

  /** No interpolation. */
  public static final InterpolationSpec NONE = new InterpolationSpec(0, 0);

  public InterpolationSpec {
    if (centres < 0 || (centres > 0) != (width > 0) || !Double.isFinite(width)) {
      throw new IllegalArgumentException(
          "interpolation: expected centres and width both positive or both 0, found "
              + centres
              + " and "
              + width);
    }
  }

  /** Whether there is an interpolation. */
  public boolean present() {
    return centres > 0;
  }
}
