package io.dynadiff.physics.cylinder;

import java.util.Locale;

/**
 * The flow past a cylinder and the lattice it is solved on.
 *
 * @param reynolds Reynolds number by the diameter and the inflow, greater than 0
 * @param radius radius of the cylinder in cells, at least 3
 * @param width cells along x, a multiple of outputWidth
 * @param height cells along y, a multiple of outputHeight, at least 5 diameters; the cylinder's
 *     centre lies at a quarter of the width and half the height
 * @param outputWidth columns of a frame
 * @param outputHeight rows of a frame
 * @param inflow velocity at x = 0 in cells per step, above 0, at most 0.1 so that the flow stays
 *     nearly incompressible
 */
public record CylinderParameters(
    double reynolds,
    double radius,
    int width,
    int height,
    int outputWidth,
    int outputHeight,
    double inflow) {

  /** Steps that make one model time unit. */
  public static final int STEPS_PER_TIME_UNIT = 1000;

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
          "cylinder-flow radius: expected at least 3 cells, found " + radius);
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
    double stable = inflow / LARGEST_CELL_REYNOLDS;
    double viscosity = inflow * 2 * radius / reynolds;
    if (viscosity < stable) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "cylinder-flow viscosity: expected at least %.6g for a stable flow, found %.6g from"
                  + " Reynolds number %.6g; choose a larger radius or a smaller Reynolds number",
              stable,
              viscosity,
              reynolds));
    }
  }

  /** The papers' lattice velocity; 512 x 256 cells, frames of 64 rows and 128 columns. */
  public static CylinderParameters standard(double reynolds, double radius) {
    return new CylinderParameters(reynolds, radius, 512, 256, 128, 64, 0.04);
  }

  /** Kinematic viscosity in cells squared per step. */
  public double viscosity() {
    return inflow * 2 * radius / reynolds;
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
