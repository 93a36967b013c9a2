package io.dynadiff.kernels;

/**
 * What a Fourier neural operator is made of, and where in flat weights each part begins.
 *
 * <p>A layer's weights lie node by node (a node is what leads to one output channel), a node's one
 * after the other: of a 1x1 map its row of the matrix and its bias; of a convolution the spectral
 * factors with axes [in, ky, kx, re/im], the row of the skip and the bias; in the last layer of a
 * map over channels also the gate. Layers: two of the lifting, then of each block the convolution
 * and, if there is one, the two layers of the map over channels, then two of the projection.
 *
 * @param channels of the field
 * @param height points along y
 * @param width points along x
 * @param constants what is appended to the field's channels everywhere and always, axes [constant,
 *     point]
 * @param clock whether a sine and a cosine of the time are appended, too
 * @param hidden channels between the blocks
 * @param wide hidden channels of the lifting and the projection
 * @param narrow hidden channels of a block's map over channels; 0 for none
 * @param layers blocks
 * @param firstY lowest wavenumber kept along y, not positive
 * @param rows wavenumbers kept along y
 * @param columns wavenumbers kept along x, from 0
 */
public record FnoSizes(
    int channels,
    int height,
    int width,
    float[][] constants,
    boolean clock,
    int hidden,
    int wide,
    int narrow,
    int layers,
    int firstY,
    int rows,
    int columns) {

  /**
   * Checks what the arithmetic relies on.
   *
   * @throws IllegalArgumentException if a number is impossible
   */
  public FnoSizes {
    require(channels >= 1 && height >= 1 && width >= 1, "a field of at least one value", channels);
    require(hidden >= 1 && wide >= 1 && narrow >= 0 && layers >= 1, "positive sizes", hidden);
    require(rows >= 1 && rows <= height, "rows of 1 to the height", rows);
    require(firstY <= 0 && firstY + rows >= 1, "wavenumbers along y that include 0", firstY);
    require(
        columns >= 1 && columns <= width / 2 + 1, "columns of 1 to half the width + 1", columns);
    for (float[] constant : constants) {
      require(constant.length == height * width, "a constant for every point", constant.length);
    }
  }

  private static void require(boolean holds, String expected, int found) {
    if (!holds) {
      throw new IllegalArgumentException("FNO: expected " + expected + ", found " + found);
    }
  }

  int inputs() {
    return channels + constants.length + (clock ? 2 : 0);
  }

  int modes() {
    return rows * columns;
  }

  /** Weights of one node of a convolution. */
  int convolutionFeatures() {
    return hidden * modes() * 2 + hidden + 1;
  }

  int lifting1() {
    return wide * (inputs() + 1);
  }

  private int blocks() {
    return lifting1() + hidden * (wide + 1);
  }

  private int blockSize() {
    int map = narrow == 0 ? 0 : narrow * (hidden + 1) + hidden * (narrow + 2);
    return hidden * convolutionFeatures() + map;
  }

  int convolution(int layer) {
    return blocks() + layer * blockSize();
  }

  int map0(int layer) {
    return convolution(layer) + hidden * convolutionFeatures();
  }

  int map1(int layer) {
    return map0(layer) + narrow * (hidden + 1);
  }

  int projection0() {
    return convolution(layers);
  }

  int projection1() {
    return projection0() + wide * (hidden + 1);
  }

  /** Number of weights. */
  public int parameterCount() {
    return projection1() + channels * (wide + 1);
  }
}
