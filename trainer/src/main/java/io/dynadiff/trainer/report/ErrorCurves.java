package io.dynadiff.trainer.report;

import io.dynadiff.trainer.evaluation.ResultsTable;
import io.dynadiff.trainer.evaluation.RunSummary;
import java.awt.Color;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The error of methods on unseen environments against the lead. */
final class ErrorCurves {

  /** With fewer leads than these, a line's points are marked. */
  private static final int MARKED_LEADS = 13;

  private ErrorCurves() {}

  static XYChart chart(ResultsTable table, String system) {
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(520)
            .title(system + ": error on unseen environments")
            .xAxisTitle("lead in steps")
            .yAxisTitle("RMSE at the lead")
            .build();
    chart
        .getStyler()
        .setYAxisMin(0.0)
        .setLegendPosition(LegendPosition.OutsideE)
        .setMarkerSize(9)
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(false);
    chart.getStyler().setXAxisDecimalPattern("0.####").setYAxisDecimalPattern("0.####");
    Map<String, RunSummary> summaries = table.summaries("", system, false);
    MethodStyle.METHODS.forEach(
        (method, style) -> {
          RunSummary summary = summaries.get(method);
          if (summary != null) {
            double[] errors = summary.perLead();
            XYSeries series =
                chart.addSeries(
                    method,
                    IntStream.rangeClosed(1, errors.length).asDoubleStream().toArray(),
                    errors);
            series.setLineColor(style.colour());
            series.setMarkerColor(style.colour());
            series.setMarker(errors.length < MARKED_LEADS ? style.mark() : SeriesMarkers.NONE);
          }
        });
    return chart;
  }
}
