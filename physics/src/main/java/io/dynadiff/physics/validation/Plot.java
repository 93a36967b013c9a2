package io.dynadiff.physics.validation;

import java.util.List;

/**
 * What a plot of curves shows; drawing it is for others.
 *
 * @param file name of the picture without folder and extension
 * @param title one line
 * @param xLabel what was varied, with its unit
 * @param yLabel what was measured, with its unit
 * @param scale how both axes run
 * @param curves at least one; those named as references are drawn without marks
 * @param references names of the curves that were not measured
 */
public record Plot(
    String file,
    String title,
    String xLabel,
    String yLabel,
    Scale scale,
    List<Curve> curves,
    List<String> references) {

  /** How the axes of a plot run. */
  public enum Scale {
    /** Both linear. */
    LINEAR,
    /** x linear, y logarithmic. */
    LOGARITHMIC_Y,
    /** Both logarithmic. */
    LOGARITHMIC
  }

  public Plot {
    curves = List.copyOf(curves);
    references = List.copyOf(references);
    if (curves.isEmpty()) {
      throw new IllegalArgumentException("plot " + file + ": expected a curve, found none");
    }
  }
}
