package io.dynadiff.physics.field;

/**
 * Shape of one field, axes [channel, y, x], stored row-major in a flat array of {@link #size()}
 * values.
 *
 * @param channels number of channels, at least 1
 * @param height number of grid points along y, at least 1
 * @param width number of grid points along x, at least 1
 */
public record FieldShape(int channels, int height, int width) {

  public FieldShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "field shape: expected every axis to be at least 1, found [channel, y, x] = ["
              + channels
              + ", "
              + height
              + ", "
              + width
              + "]");
    }
    Math.multiplyExact(Math.multiplyExact(channels, height), width);
  }

  /** Number of values of one field. */
  public int size() {
    return channels * height * width;
  }

  /** Number of grid points of one channel. */
  public int points() {
    return height * width;
  }
}
