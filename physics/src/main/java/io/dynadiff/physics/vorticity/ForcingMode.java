package io.dynadiff.physics.vorticity;

/**
 * One plane wave of a steady force on the vorticity: cosine cos(a) + sine sin(a) with a = 2 pi
 * (periodsX x + periodsY y) / domainLength, in the coordinates of the square.
 *
 * @param periodsX periods per side along x
 * @param periodsY periods per side along y; not both 0, since vorticity has no mean
 * @param cosine amplitude of the cosine, finite
 * @param sine amplitude of the sine, finite
 */
public record ForcingMode(int periodsX, int periodsY, double cosine, double sine) {

  public ForcingMode {
    if (periodsX == 0 && periodsY == 0) {
      throw new IllegalArgumentException(
          "forcing mode: expected a wave along x or y, found a constant force");
    }
    if (!Double.isFinite(cosine) || !Double.isFinite(sine)) {
      throw new IllegalArgumentException(
          "forcing mode: expected finite amplitudes, found " + cosine + " and " + sine);
    }
  }
}
