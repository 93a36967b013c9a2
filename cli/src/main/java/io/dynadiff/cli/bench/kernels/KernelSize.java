package io.dynadiff.cli.bench.kernels;

import io.dynadiff.kernels.FnoSizes;
import java.util.Arrays;

/** The sizes of experts at which kernels are measured. */
public enum KernelSize {
  /** The laptop presets' experts. */
  LAPTOP("laptop", 2, 32, 16, 2, 11, 6),
  /** The larger expert of the comparison with PyTorch. */
  WIDTH_64("width-64", 1, 64, 64, 4, 17, 9);

  private final String title;
  private final FnoSizes sizes;

  KernelSize(String title, int channels, int side, int hidden, int layers, int modesY, int modesX) {
    this.title = title;
    this.sizes =
        new FnoSizes(
            channels,
            side,
            side,
            new float[0][],
            false,
            hidden,
            2 * hidden,
            0,
            layers,
            -(modesY / 2),
            modesY,
            modesX);
  }

  /** Name in figures. */
  public String title() {
    return title;
  }

  /** What an expert of this size is made of. */
  public FnoSizes sizes() {
    return sizes;
  }

  /**
   * The size of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static KernelSize of(String title) {
    return Arrays.stream(values())
        .filter(size -> size.title.equals(title))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no kernel size " + title));
  }
}
