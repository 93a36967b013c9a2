package io.dynadiff.trainer.report;

import io.dynadiff.trainer.evaluation.MethodRun;
import io.dynadiff.trainer.evaluation.ResultsTable;
import io.dynadiff.trainer.evaluation.RunSummary;
import io.dynadiff.trainer.evaluation.SplitScores;
import java.awt.Color;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * The error of methods against the first condition over all environments, seen ones as pale marks.
 */
final class ConditionCharts {

  private static final List<String> METHODS =
      List.of("not-adaptive", "nearest-expert", "dynadiff", "one-per-env");

  private ConditionCharts() {}

  static XYChart chart(ResultsTable table, String system) {
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(520)
            .title(system + ": error over all environments")
            .xAxisTitle(conditionName(table, system))
            .yAxisTitle("RMSE over the rollout")
            .build();
    chart
        .getStyler()
        .setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
        .setYAxisMin(0.0)
        .setLegendPosition(LegendPosition.OutsideE)
        .setMarkerSize(9)
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(false);
    chart.getStyler().setXAxisDecimalPattern("0.####").setYAxisDecimalPattern("0.####");
    for (String method : METHODS) {
      for (boolean seen : new boolean[] {true, false}) {
        List<Point> points = points(table, system, method, seen);
        if (points.isEmpty()) {
          continue;
        }
        XYSeries series =
            chart.addSeries(
                method + (seen ? ", seen" : ", unseen"),
                points.stream().mapToDouble(Point::condition).toArray(),
                points.stream().mapToDouble(Point::rmse).toArray());
        Color colour = MethodStyle.METHODS.get(method).colour();
        series.setMarker(MethodStyle.METHODS.get(method).mark());
        series.setMarkerColor(seen ? pale(colour) : colour);
      }
    }
    return chart;
  }

  private static Color pale(Color colour) {
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 90);
  }

  private static String conditionName(ResultsTable table, String system) {
    List<String> names =
        table.runs().stream()
            .filter(r -> r.system().equals(system))
            .findFirst()
            .orElseThrow()
            .conditions();
    return names.get(0);
  }

  private record Point(double condition, double rmse) {}

  private static List<Point> points(
      ResultsTable table, String system, String method, boolean seen) {
    RunSummary summary = table.summaries("", system, seen).get(method);
    if (summary == null) {
      return List.of();
    }
    Map<String, Double> conditions = new HashMap<>();
    for (MethodRun run : table.runs()) {
      if (run.system().equals(system) && run.method().equals(method) && run.variant().isEmpty()) {
        SplitScores scores = seen ? run.seen() : run.unseen();
        for (int i = 0; i < scores.environments().size(); i++) {
          conditions.put(scores.environments().get(i), scores.conditions()[i][0]);
        }
      }
    }
    return summary.means(SplitScores::rmse).entrySet().stream()
        .map(e -> new Point(conditions.get(e.getKey()), e.getValue()))
        .toList();
  }
}
