package io.dynadiff.cli.bench;

import io.dynadiff.physics.validation.Curve;
import io.dynadiff.physics.validation.Plot;
import io.dynadiff.streams.shift.DetectorKind;
import io.dynadiff.streams.shift.OneStepError;
import io.dynadiff.streams.shift.ShiftSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Every detector on every error series: figures by name, and the curves to draw. */
final class ShiftDetectionStudy {

  /** What the errors rise to at a synthetic change. */
  static final List<Double> RATIOS = List.of(1.1, 1.25, 1.5, 2.0, 3.0, 5.0);

  /** Change of which the operating curve of synthetic series is drawn. */
  private static final double CURVE_RATIO = 2;

  private static final int STATIONARY_FRAMES = 500;
  private static final int FRAMES_BEFORE = 100;

  private final Map<String, Double> figures = new TreeMap<>();
  private final List<Plot> plots = new ArrayList<>();

  Map<String, Double> figures() {
    return figures;
  }

  /** Operating curve and delay by size for each kind of series, in the order they were added. */
  List<Plot> plots() {
    return plots;
  }

  /** Adds synthetic series of one kind. */
  void addSynthetic(SyntheticErrors errors, int seeds) {
    String name = "synthetic-" + errors.name();
    List<ErrorSeries> stationary =
        LongStream.rangeClosed(1, seeds)
            .mapToObj(seed -> errors.stationary(seed, STATIONARY_FRAMES))
            .toList();
    Map<Double, List<ErrorSeries>> byRatio = new TreeMap<>();
    for (double ratio : RATIOS) {
      byRatio.put(
          ratio,
          LongStream.rangeClosed(1, seeds)
              .mapToObj(seed -> errors.shift(-seed, FRAMES_BEFORE, GenuineErrors.HORIZON, ratio))
              .toList());
    }
    operatingCurve(name, "errors double", stationary, byRatio.get(CURVE_RATIO));
    bySize(name, "ratio", "error after the change over error before", stationary, byRatio);
  }

  /** Adds the series of a simulated system; its changes together make the operating curve. */
  void addSimulated(String name, List<ErrorSeries> series) {
    List<ErrorSeries> stationary = series.stream().filter(s -> !s.shifts()).toList();
    Map<Double, List<ErrorSeries>> bySize = new TreeMap<>();
    for (double change : GenuineErrors.CHANGES) {
      String group = String.format(Locale.ROOT, "change-%.2f", change);
      List<ErrorSeries> ofSize = select(series, s -> s.group().equals(group));
      bySize.put(change, ofSize);
      figures.put(
          name + "." + group + ".errorRatio",
          ofSize.stream().mapToDouble(ShiftDetectionStudy::errorRatio).average().orElseThrow());
    }
    operatingCurve(name, "all changes of beta", stationary, select(series, ErrorSeries::shifts));
    bySize(name, "change", "change of beta (radians per time unit)", stationary, bySize);
    falseAlarms(name + ".after-swap", select(series, s -> s.group().equals("after-swap")));
    falseAlarms(name + ".stationary", select(series, s -> s.group().equals("stationary")));
  }

  /** Adds recorded series in which no change is known. */
  void addRecorded(String name, List<ErrorSeries> series) {
    falseAlarms(name, series);
    statistics(name, series);
  }

  /** Adds how the logarithms of errors vary while nothing changes. */
  void statistics(String name, List<ErrorSeries> series) {
    double deviation = 0;
    double persistence = 0;
    for (ErrorSeries one : series) {
      double[] logs = one.errors().stream().mapToDouble(e -> Math.log(e.atUsualPace())).toArray();
      double mean = Arrays.stream(logs).average().orElseThrow();
      double square = 0;
      double product = 0;
      for (int i = 0; i < logs.length; i++) {
        square += (logs[i] - mean) * (logs[i] - mean);
        product += i == 0 ? 0 : (logs[i] - mean) * (logs[i - 1] - mean);
      }
      deviation += Math.sqrt(square / logs.length) / series.size();
      persistence += product / square / series.size();
    }
    figures.put(name + ".logError.deviation", deviation);
    figures.put(name + ".logError.persistence", persistence);
  }

  private void operatingCurve(
      String name, String which, List<ErrorSeries> stationary, List<ErrorSeries> changes) {
    List<Curve> curves = new ArrayList<>();
    List<ErrorSeries> all = Stream.concat(stationary.stream(), changes.stream()).toList();
    for (DetectorKind kind : DetectorKind.values()) {
      List<double[]> points = new ArrayList<>();
      Sweep.of(kind)
          .forEach(
              (value, settings) -> {
                Tally tally = Tally.of(settings, all, GenuineErrors.HORIZON);
                String at = name + ".curve." + kind.text() + "." + Sweep.varied(kind) + "-" + value;
                figures.put(
                    at + ".falseAlarmsPerThousandFrames", tally.falseAlarmsPerThousandFrames());
                figures.put(at + ".delayFrames", tally.meanDelay());
                figures.put(at + ".missed", tally.missed());
                points.add(new double[] {tally.falseAlarmsPerThousandFrames(), tally.meanDelay()});
              });
      curves.add(curve(kind.text(), points));
    }
    plots.add(
        new Plot(
            name + "-operating",
            name + ": delay against false alarms, " + which,
            "false alarms per 1000 frames",
            "mean delay (frames)",
            Plot.Scale.LINEAR,
            curves,
            List.of()));
  }

  private void bySize(
      String name,
      String prefix,
      String xLabel,
      List<ErrorSeries> stationary,
      Map<Double, List<ErrorSeries>> bySize) {
    List<Curve> curves = new ArrayList<>();
    for (DetectorKind kind : DetectorKind.values()) {
      ShiftSettings settings = ShiftSettings.DEFAULT.with(kind);
      String detector = name + "." + kind.text();
      List<double[]> points = new ArrayList<>();
      bySize.forEach(
          (size, series) -> {
            Tally tally = Tally.of(settings, series, GenuineErrors.HORIZON);
            String at = detector + "." + prefix + "-" + size;
            figures.put(at + ".delayFrames", tally.meanDelay());
            figures.put(at + ".missed", tally.missed());
            if (tally.missed() < 1) {
              figures.put(at + ".datingErrorFrames", tally.meanDatingError());
            }
            points.add(new double[] {size, tally.meanDelay()});
          });
      Tally tally = Tally.of(settings, stationary, GenuineErrors.HORIZON);
      figures.put(detector + ".falseAlarmsPerThousandFrames", tally.falseAlarmsPerThousandFrames());
      figures.put(detector + ".watchedFrames", tally.watchedFrames());
      curves.add(curve(kind.text(), points));
    }
    plots.add(
        new Plot(
            name + "-size",
            name + ": delay by size of the change, default settings",
            xLabel,
            "mean delay (frames)",
            Plot.Scale.LINEAR,
            curves,
            List.of()));
  }

  private void falseAlarms(String name, List<ErrorSeries> series) {
    for (DetectorKind kind : DetectorKind.values()) {
      Tally tally = Tally.of(ShiftSettings.DEFAULT.with(kind), series, GenuineErrors.HORIZON);
      figures.put(name + "." + kind.text() + ".falseAlarms", tally.falseAlarms());
      figures.put(
          name + "." + kind.text() + ".falseAlarmsPerThousandFrames",
          tally.falseAlarmsPerThousandFrames());
      figures.put(name + ".watchedFrames", tally.watchedFrames());
    }
  }

  /** Ratio of the geometric mean errors after and before the change. */
  private static double errorRatio(ErrorSeries series) {
    return Math.exp(
        meanLog(series, e -> e.sequence() >= series.shiftSequence())
            - meanLog(series, e -> e.sequence() < series.shiftSequence()));
  }

  private static double meanLog(ErrorSeries series, Predicate<OneStepError> which) {
    return series.errors().stream()
        .filter(which)
        .mapToDouble(e -> Math.log(e.atUsualPace()))
        .average()
        .orElseThrow();
  }

  private static List<ErrorSeries> select(List<ErrorSeries> series, Predicate<ErrorSeries> which) {
    return series.stream().filter(which).toList();
  }

  private static Curve curve(String name, List<double[]> points) {
    return new Curve(
        name,
        points.stream().mapToDouble(p -> p[0]).toArray(),
        points.stream().mapToDouble(p -> p[1]).toArray());
  }
}
