package io.dynadiff.cli.bench;

import io.dynadiff.streams.shift.AdwinSettings;
import io.dynadiff.streams.shift.CusumSettings;
import io.dynadiff.streams.shift.DetectorKind;
import io.dynadiff.streams.shift.PageHinkleySettings;
import io.dynadiff.streams.shift.ShiftSettings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A detector with the one setting that trades delay for false alarms at several values. */
final class Sweep {

  private static final double[] SUMS = {0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 8};
  private static final double[] CONFIDENCES = {0.9, 0.7, 0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.005};

  private Sweep() {}

  /** Settings by the value of that setting, from quick to careful; all else is the default. */
  static Map<Double, ShiftSettings> of(DetectorKind kind) {
    ShiftSettings d = ShiftSettings.DEFAULT.with(kind);
    Map<Double, ShiftSettings> settings = new LinkedHashMap<>();
    Arrays.stream(kind == DetectorKind.ADWIN ? CONFIDENCES : SUMS)
        .forEach(value -> settings.put(value, with(d, value)));
    return settings;
  }

  /** Name of that setting. */
  static String varied(DetectorKind kind) {
    return kind == DetectorKind.ADWIN ? "confidence" : "threshold";
  }

  private static ShiftSettings with(ShiftSettings d, double value) {
    CusumSettings cusum = d.cusum();
    PageHinkleySettings pageHinkley = d.pageHinkley();
    AdwinSettings adwin = d.adwin();
    return switch (d.detector()) {
      case CUSUM ->
          new ShiftSettings(
              d.detector(),
              d.monitor(),
              new CusumSettings(cusum.allowance(), value),
              pageHinkley,
              adwin);
      case PAGE_HINKLEY ->
          new ShiftSettings(
              d.detector(),
              d.monitor(),
              cusum,
              new PageHinkleySettings(pageHinkley.allowance(), value, pageHinkley.forgetting()),
              adwin);
      case ADWIN ->
          new ShiftSettings(
              d.detector(),
              d.monitor(),
              cusum,
              pageHinkley,
              new AdwinSettings(value, adwin.smallestPart(), adwin.longestWindow()));
    };
  }
}
