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

  /** The methods that charts show, in the order of their legends. */
  static final Map<String, MethodStyle> METHODS = new LinkedHashMap<>();

  static {
    METHODS.put("persistence", new MethodStyle(new Color(0x000000), SeriesMarkers.CROSS));
    METHODS.put("not-adaptive", new MethodStyle(new Color(0x999999), SeriesMarkers.SQUARE));
    METHODS.put("nearest-expert", new MethodStyle(new Color(0xE69F00), SeriesMarkers.TRIANGLE_UP));
    METHODS.put("fine-tune-1x", new MethodStyle(new Color(0x56B4E9), SeriesMarkers.TRIANGLE_DOWN));
    METHODS.put("dynadiff", new MethodStyle(new Color(0xD55E00), SeriesMarkers.CIRCLE));
    METHODS.put("one-per-env", new MethodStyle(new Color(0x0072B2), SeriesMarkers.DIAMOND));
  }
}
