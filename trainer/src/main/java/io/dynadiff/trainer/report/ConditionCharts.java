package io.dynadiff.trainer.report;

import io.dynadiff.trainer.evaluation.MethodRun;
import io.dynadiff.trainer.evaluation.ResultsTable;
import io.dynadiff.trainer.evaluation.RunSummary;
import io.dynadiff.trainer.evaluation.SplitScores;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The error of methods against the first condition over all environments, seen ones as pale marks.
 */
final class ConditionCharts {

  private static final List<String> METHODS =
      List.of("not-adaptive", "nearest-expert", "dynadiff", "one-per-env");
  private static final Map<String, Color> COLOURS =
      Map.of(
          "not-adaptive", new Color(0x999999),
          "nearest-expert", new Color(0xE69F00),
          "dynadiff", new Color(0xD55E00),
          "one-per-env", new Color(0x0072B2));
  private static final Map<String, Marker> MARKS =
      Map.of(
          "not-adaptive", SeriesMarkers.SQUARE,
          "nearest-expert", SeriesMarkers.TRIANGLE_UP,
          "dynadiff", SeriesMarkers.CIRCLE,
          "one-per-env", SeriesMarkers.DIAMOND);

  private ConditionCharts() {}

  /**
   * Draws a chart for every system.
   *
   * @return for each system Markdown that shows its chart
   */
  static Map<String, String> draw(ResultsTable table, Path directory) throws IOException {
    Map<String, String> shown = new HashMap<>();
    for (String system :
        table.runs().stream()
            .filter(r -> r.variant().isEmpty())
            .map(MethodRun::system)
            .distinct()
            .toList()) {
      Files.createDirectories(directory);
      String name = "rmse-" + system;
      BitmapEncoder.saveBitmap(
          chart(table, system), directory.resolve(name).toString(), BitmapFormat.PNG);
      StringBuilder text = new StringBuilder();
      show(text, directory, name, "RMSE over all environments; pale marks are seen ones");
      show(text, directory, "rollout-" + system, "A rollout in one unseen environment");
      show(text, directory, "landscape-" + system, "Weights of experts against the conditions");
      shown.put(system, text.toString());
    }
    return shown;
  }

  private static void show(StringBuilder text, Path directory, String name, String caption) {
    if (Files.exists(directory.resolve(name + ".png"))) {
      text.append(caption).append(":\n\n![");
      text.append(caption).append("](pictures/").append(name).append(".png)\n\n");
    }
  }

  private static XYChart chart(ResultsTable table, String system) {
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
        Color colour = COLOURS.get(method);
        series.setMarker(MARKS.get(method));
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
