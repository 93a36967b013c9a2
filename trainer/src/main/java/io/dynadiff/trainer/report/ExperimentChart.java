package io.dynadiff.trainer.report;

import io.dynadiff.trainer.evaluation.MethodRun;
import io.dynadiff.trainer.evaluation.ResultsTable;
import io.dynadiff.trainer.evaluation.RunSummary;
import io.dynadiff.trainer.evaluation.SplitScores;
import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.internal.series.MarkerSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * The error of methods on unseen environments under each change of an experiment: over an axis of
 * numbers where the changes are numbers, else side by side.
 */
final class ExperimentChart {

  /**
   * From this ratio of the largest to the least error on, the errors' axis is logarithmic, from
   * decade to decade and without deviations, which the chart library does not put on such an axis.
   */
  private static final double LOGARITHMIC_FROM = 10.0;

  /**
   * An error of so many times the median is named below a chart of named changes and not drawn: a
   * part that nothing works without would leave no room for the others.
   */
  private static final double BEYOND = 4.0;

  /** Most names that fit beside each other. */
  private static final int FEW = 6;

  private static final Pattern NUMBERED = Pattern.compile("([a-z-]+?)-(\\d+)");

  /**
   * A method's errors.
   *
   * @param labels changes that it was scored under, in order
   * @param errors RMSE over the rollout, mean over unseen environments and seeds
   * @param deviations standard deviation over seeds, 0 where there is one
   */
  private record Line(
      String method, List<String> labels, List<Double> errors, List<Double> deviations) {

    /** What of it lies on an axis with that end. */
    Line upTo(double end) {
      Line line = new Line(method, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      for (int i = 0; i < labels.size(); i++) {
        if (errors.get(i) <= end) {
          line.labels.add(labels.get(i));
          line.errors.add(errors.get(i));
          line.deviations.add(deviations.get(i));
        }
      }
      return line;
    }
  }

  private ExperimentChart() {}

  /**
   * Draws the errors of all methods that a system was scored with.
   *
   * @param changes that it was scored under, in order
   */
  static Chart<?, ?> chart(
      String title, ResultsTable table, String system, List<ScoredChange> changes) {
    List<Line> lines = lines(table, system, changes);
    String heading = title + ", " + system + ": error on unseen environments";
    List<String> labels = changes.stream().map(ScoredChange::label).toList();
    return labels.stream().allMatch(l -> NUMBERED.matcher(l).matches())
        ? numbers(heading, lines)
        : names(heading, labels, lines);
  }

  private static List<Line> lines(ResultsTable table, String system, List<ScoredChange> changes) {
    List<String> methods =
        table.runs().stream()
            .filter(r -> r.system().equals(system))
            .map(MethodRun::method)
            .distinct()
            .toList();
    List<Line> lines = new ArrayList<>();
    for (String method : methods) {
      Line line = new Line(method, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      for (ScoredChange change : changes) {
        RunSummary summary = table.summaries(change.variant(), system, false).get(method);
        if (summary != null) {
          double deviation = summary.deviationOverSeeds(SplitScores::rmse);
          line.labels.add(change.label());
          line.errors.add(summary.overEnvironments(SplitScores::rmse).mean());
          line.deviations.add(Double.isFinite(deviation) ? deviation : 0.0);
        }
      }
      if (!line.errors.isEmpty()) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static XYChart numbers(String heading, List<Line> lines) {
    Matcher first = NUMBERED.matcher(lines.get(0).labels.get(0));
    String unit = first.matches() ? first.group(1) : "";
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(520)
            .title(heading)
            .xAxisTitle(unit)
            .yAxisTitle("RMSE over the rollout")
            .build();
    style(chart.getStyler(), lines);
    chart.getStyler().setXAxisDecimalPattern("0.####");
    for (Line line : lines) {
      List<Double> numbers = line.labels.stream().map(ExperimentChart::number).toList();
      List<Double> deviations = logarithmic(lines) ? null : line.deviations;
      show(chart.addSeries(line.method, numbers, line.errors, deviations), line.method);
    }
    return chart;
  }

  private static double number(String label) {
    Matcher found = NUMBERED.matcher(label);
    if (!found.matches()) {
      throw new IllegalArgumentException(
          "chart of an experiment: expected a change with a number at its end, found " + label);
    }
    return Double.parseDouble(found.group(2));
  }

  private static CategoryChart names(String heading, List<String> labels, List<Line> all) {
    double end = BEYOND * median(errors(all).sorted().toArray());
    List<Line> lines = all.stream().map(line -> line.upTo(end)).toList();
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(900)
            .height(600)
            .title(heading)
            .xAxisTitle(beyond(all, end))
            .yAxisTitle("RMSE over the rollout")
            .build();
    style(chart.getStyler(), lines);
    chart
        .getStyler()
        .setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Scatter)
        .setXAxisLabelRotation(labels.size() > FEW ? 60 : 0);
    for (Line line : lines) {
      List<Double> errors = new ArrayList<>();
      List<Double> deviations = new ArrayList<>();
      for (String label : labels) {
        int at = line.labels.indexOf(label);
        errors.add(at < 0 ? Double.NaN : line.errors.get(at));
        deviations.add(at < 0 ? 0.0 : line.deviations.get(at));
      }
      show(
          chart.addSeries(line.method, labels, errors, logarithmic(lines) ? null : deviations),
          line.method);
    }
    return chart;
  }

  /** Names what the axis leaves out, with the error of the method that comes first. */
  private static String beyond(List<Line> lines, double end) {
    Map<String, Double> left = new LinkedHashMap<>();
    for (Line line : lines) {
      for (int i = 0; i < line.labels.size(); i++) {
        if (line.errors.get(i) > end) {
          left.putIfAbsent(line.labels.get(i), line.errors.get(i));
        }
      }
    }
    return left.isEmpty()
        ? ""
        : "beyond the axis: "
            + left.entrySet().stream()
                .map(e -> String.format(Locale.ROOT, "%s %.2f", e.getKey(), e.getValue()))
                .collect(Collectors.joining(", "));
  }

  private static double median(double[] sorted) {
    return sorted[sorted.length / 2];
  }

  private static void style(AxesChartStyler styler, List<Line> lines) {
    if (logarithmic(lines)) {
      styler
          .setYAxisLogarithmic(true)
          .setYAxisMin(Math.pow(10, Math.floor(Math.log10(errors(lines).min().orElseThrow()))))
          .setYAxisMax(Math.pow(10, Math.ceil(Math.log10(errors(lines).max().orElseThrow()))));
    } else {
      styler.setYAxisMin(0.0);
    }
    styler
        .setYAxisDecimalPattern("0.####")
        .setMarkerSize(9)
        .setPlotBorderVisible(false)
        .setLegendPosition(LegendPosition.OutsideE)
        .setChartBackgroundColor(Color.WHITE);
  }

  private static boolean logarithmic(List<Line> lines) {
    double least = errors(lines).min().orElseThrow();
    return least > 0 && errors(lines).max().orElseThrow() > LOGARITHMIC_FROM * least;
  }

  private static DoubleStream errors(List<Line> lines) {
    return lines.stream().flatMap(l -> l.errors.stream()).mapToDouble(v -> v);
  }

  private static void show(MarkerSeries series, String method) {
    MethodStyle style = MethodStyle.of(method);
    series.setMarker(style.mark());
    series.setMarkerColor(style.colour());
    series.setLineColor(style.colour());
  }
}
