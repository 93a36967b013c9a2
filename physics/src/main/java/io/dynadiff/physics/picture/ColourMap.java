package io.dynadiff.physics.picture;

/**
 * Gives a colour to every number from 0 to 1, so that equal steps look equally large.
 *
 * <p>Immutable, thread-safe.
 */
public enum ColourMap {
  /**
   * Dark violet over green to yellow with steadily rising lightness, for quantities without a
   * centre: Matplotlib's viridis (van der Walt and Smith 2015) at ten places.
   */
  SEQUENTIAL(
      0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b,
      0xfde725),

  /**
   * Blue over light grey to red, lightest in the middle, for quantities around zero: Moreland's
   * cool-to-warm map ("Diverging Color Maps for Scientific Visualization", 2009), evaluated at 17
   * places.
   */
  DIVERGING(
      0x3b4cc0, 0x4e68d7, 0x6282ea, 0x779af7, 0x8db0fe, 0xa3c2ff, 0xb8d0f9, 0xccd9ee, 0xdddddd,
      0xecd3c6, 0xf5c4ad, 0xf7b194, 0xf49a7b, 0xec7f63, 0xde614c, 0xcb3e38, 0xb40426);

  private static final int MISSING = 0x606060;

  private final int[] anchors;

  ColourMap(int... anchors) {
    this.anchors = anchors;
  }

  /**
   * Colour of a number.
   *
   * @param fraction 0 to 1; what lies beyond gets the colour of the end, NaN dark grey
   * @return red, green and blue in bits 16-23, 8-15 and 0-7
   */
  public int rgb(double fraction) {
    if (Double.isNaN(fraction)) {
      return MISSING;
    }
    double place = Math.min(1, Math.max(0, fraction)) * (anchors.length - 1);
    int lower = Math.min((int) place, anchors.length - 2);
    double part = place - lower;
    int colour = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = anchors[lower] >> shift & 0xff;
      int to = anchors[lower + 1] >> shift & 0xff;
      colour |= (int) Math.round(from + part * (to - from)) << shift;
    }
    return colour;
  }
}
