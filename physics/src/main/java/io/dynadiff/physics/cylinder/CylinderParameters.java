package io.dynadiff.physics.cylinder;

import java.util.Locale;

/**
 * The flow past a cylinder and the lattice it is solved on.
 *
 * @param reynolds Reynolds number by the diameter and the inflow, greater than 0
 * @param radius radius of the cylinder in cells of the lattice, at least 3
 * @param width cells along x, a multiple of outputWidth
 * @param height cells along y, a multiple of outputHeight, at least 5 diameters; the cylinder's
 *     centre lies at a quarter of the width and half the height
 * @param outputWidth columns of a frame
 * @param outputHeight rows of a frame
 * @param inflow velocity at x = 0 in cells per step, above 0, at most 0.1 so that the flow stays
 *     nearly incompressible
 * @param stepsPerTimeUnit steps that make one model time unit, at least 1
 */
public record CylinderParameters(
    double reynolds,
    double radius,
    int width,
    int height,
    int outputWidth,
    int outputHeight,
    double inflow,
    int stepsPerTimeUnit) {

  private static final double LARGEST_SCALE = 4;
  private static final int STANDARD_WIDTH = 512;
  private static final int STANDARD_HEIGHT = 256;
  private static final int STANDARD_STEPS = 1000;
  private static final int STANDARD_ROWS = 64;
  private static final double STANDARD_INFLOW = 0.04;

  /**
   * Largest inflow / viscosity, the Reynolds number of one cell, that is let through: 29.5 was run
   * for 20 000 steps on 256 x 128 cells without trouble; the papers' extreme has 25.
   */
  static final double LARGEST_CELL_REYNOLDS = 30;

  private static final double LARGEST_INFLOW = 0.1;

  public CylinderParameters {
    requirePositive("reynolds", reynolds);
    requirePositive("inflow", inflow);
    if (!(radius >= 3) || Double.isInfinite(radius)) {
      throw new IllegalArgumentException(
          "cylinder-flow radius: expected at least 3 cells of the lattice, found " + radius);
    }
    requireMultiple("width", width, outputWidth);
    requireMultiple("height", height, outputHeight);
    if (10 * radius > height || 12 * radius > width) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "cylinder-flow radius: expected at most a tenth of the height and a twelfth of the"
                  + " width, found %.6g on %d x %d cells",
              radius,
              width,
              height));
    }
    if (inflow > LARGEST_INFLOW) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "cylinder-flow inflow: expected at most %.6g cells per step for a nearly"
                  + " incompressible flow, found %.6g",
              LARGEST_INFLOW,
              inflow));
    }
    if (stepsPerTimeUnit < 1) {
      throw new IllegalArgumentException(
          "cylinder-flow steps per time unit: expected at least 1, found " + stepsPerTimeUnit);
    }
    double stable = inflow / LARGEST_CELL_REYNOLDS;
    double viscosity = inflow * 2 * radius / reynolds;
    if (viscosity < stable) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "cylinder-flow viscosity: expected at least %.6g (relaxation time %.6g) for a stable"
                  + " flow, found %.6g (relaxation time %.6g) from Reynolds number %.6g; choose a"
                  + " larger radius, a smaller Reynolds number or a finer lattice",
              stable,
              relaxationTime(stable),
              viscosity,
              relaxationTime(viscosity),
              reynolds));
    }
  }

  /** The papers' lattice velocity; 512 x 256 cells, frames of 64 rows and 128 columns. */
  public static CylinderParameters standard(double reynolds, double radius) {
    return scaled(reynolds, radius, 1);
  }

  /**
   * The same flow, in the same frames and time units, on a finer or coarser lattice.
   *
   * @param radius radius in cells of the standard lattice
   * @param scale cells along a side for one of the standard lattice: 0.25, 0.5, ..., 4
   */
  public static CylinderParameters scaled(double reynolds, double radius, double scale) {
    return scaled(reynolds, radius, scale, STANDARD_ROWS, STANDARD_INFLOW);
  }

  /**
   * The same flow and time units, on another lattice and in frames of another size.
   *
   * @param radius radius in cells of the standard lattice
   * @param scale cells along a side for one of the standard lattice, up to 4; a point of a frame
   *     must be a whole number of cells wide
   * @param rows rows of a frame, which has twice as many columns
   * @param inflow velocity at x = 0 in cells per step; a faster one takes fewer steps
   */
  public static CylinderParameters scaled(
      double reynolds, double radius, double scale, int rows, double inflow) {
    double step = (double) rows / STANDARD_HEIGHT;
    if (!(scale >= step && scale <= LARGEST_SCALE) || scale % step != 0) {
      throw new IllegalArgumentException(
          "cylinder-flow lattice scale: expected a multiple of "
              + step
              + " up to "
              + LARGEST_SCALE
              + ", found "
              + scale);
    }
    return new CylinderParameters(
        reynolds,
        radius * scale,
        (int) (STANDARD_WIDTH * scale),
        (int) (STANDARD_HEIGHT * scale),
        2 * rows,
        rows,
        inflow,
        (int) Math.round(STANDARD_STEPS * scale * STANDARD_INFLOW / inflow));
  }

  /** Kinematic viscosity in cells squared per step. */
  public double viscosity() {
    return inflow * 2 * radius / reynolds;
  }

  private static double relaxationTime(double viscosity) {
    return 3 * viscosity + 0.5;
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "cylinder-flow " + name + ": expected a finite number greater than 0, found " + value);
    }
  }

  private static void requireMultiple(String name, int cells, int output) {
    if (output < 1 || cells < output || cells > 8192 || cells % output != 0) {
      throw new IllegalArgumentException(
          "cylinder-flow "
              + name
              + ": expected a multiple of the frame's "
              + output
              + " up to 8192, found "
              + cells);
    }
  }
}
