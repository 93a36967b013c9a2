package io.dynadiff.trainer.report;

import java.awt.Color;
import java.util.LinkedHashMap;
import java.util.Map;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * How charts show a method; colours that colour-blind people can tell apart (Okabe and Ito).
 *
 * @param colour of its line and marks
 * @param mark its mark
 */
record MethodStyle(Color colour, Marker mark) {

  /** The methods that charts of a table show, in the order of their legends. */
  static final Map<String, MethodStyle> METHODS = new LinkedHashMap<>();

  static {
    METHODS.put("persistence", new MethodStyle(new Color(0x000000), SeriesMarkers.CROSS));
    METHODS.put("not-adaptive", new MethodStyle(new Color(0x999999), SeriesMarkers.SQUARE));
    METHODS.put("nearest-expert", new MethodStyle(new Color(0xE69F00), SeriesMarkers.TRIANGLE_UP));
    METHODS.put("fine-tune-1x", new MethodStyle(new Color(0x56B4E9), SeriesMarkers.TRIANGLE_DOWN));
    METHODS.put("dynadiff", new MethodStyle(new Color(0xD55E00), SeriesMarkers.CIRCLE));
    METHODS.put("one-per-env", new MethodStyle(new Color(0x0072B2), SeriesMarkers.DIAMOND));
  }

  /** What only experiments compare; no experiment has two of one colour. */
  private static final Map<String, MethodStyle> OTHERS =
      Map.of(
          "interpolated-weights", new MethodStyle(new Color(0x009E73), SeriesMarkers.TRIANGLE_UP),
          "prompt-regression", new MethodStyle(new Color(0x009E73), SeriesMarkers.SQUARE),
          "ridge-weights", new MethodStyle(new Color(0xCC79A7), SeriesMarkers.SQUARE),
          "dynadiff-samples", new MethodStyle(new Color(0xCC79A7), SeriesMarkers.CIRCLE));

  /**
   * How a method is shown.
   *
   * @throws IllegalArgumentException if charts do not know it
   */
  static MethodStyle of(String method) {
    MethodStyle style = METHODS.getOrDefault(method, OTHERS.get(method));
    if (style == null) {
      throw new IllegalArgumentException("charts: expected a style for " + method + ", found none");
    }
    return style;
  }
}
