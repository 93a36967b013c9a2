package io.dynadiff.cli.physics;

import io.dynadiff.physics.validation.Curve;
import io.dynadiff.physics.validation.Plot;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws curves. */
public final class PlotPicture {
  private static final int WIDTH = 820;
  private static final int HEIGHT = 520;

  /** Logarithms need something above 0; no error is known to fewer digits. */
  private static final double SMALLEST = 1e-17;

  /** Okabe and Ito's colours, which colour-blind readers can tell apart. */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072b2),
          new Color(0xd55e00),
          new Color(0x009e73),
          new Color(0xcc79a7),
          new Color(0xe69f00),
          new Color(0x56b4e9));

  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.SQUARE,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.TRIANGLE_DOWN);

  private static final Color REFERENCE = new Color(0x555555);

  private PlotPicture() {}

  public static BufferedImage draw(Plot plot) {
    XYChart chart = empty(plot.title(), plot.xLabel(), plot.yLabel());
    boolean logarithmicX = plot.scale() == Plot.Scale.LOGARITHMIC;
    boolean logarithmicY = plot.scale() != Plot.Scale.LINEAR;
    chart.getStyler().setXAxisLogarithmic(logarithmicX).setYAxisLogarithmic(logarithmicY);
    if (logarithmicX) {
      showPowersOfTen(chart, plot);
    }
    int measured = 0;
    for (Curve curve : plot.curves()) {
      XYSeries series =
          chart.addSeries(
              curve.name(),
              logarithmicX ? positive(curve.x()) : curve.x(),
              logarithmicY ? positive(curve.y()) : curve.y());
      if (plot.references().contains(curve.name())) {
        series.setMarker(SeriesMarkers.NONE).setLineColor(REFERENCE);
        series.setLineStyle(
            new BasicStroke(
                1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {7, 5}, 0));
      } else {
        Color colour = COLOURS.get(measured % COLOURS.size());
        series.setMarkerColor(colour);
        series.setLineColor(colour).setLineWidth(2.2f);
        series.setMarker(MARKERS.get(measured % MARKERS.size()));
        measured++;
      }
    }
    return BitmapEncoder.getBufferedImage(chart);
  }

  /** Only powers of ten have labels: an axis that spans less than one is made longer. */
  private static void showPowersOfTen(XYChart chart, Plot plot) {
    DoubleSummaryStatistics x =
        plot.curves().stream()
            .flatMapToDouble(curve -> Arrays.stream(positive(curve.x())))
            .summaryStatistics();
    double below = Math.floor(Math.log10(x.getMin()));
    double above = Math.ceil(Math.log10(x.getMax()));
    if (above - below < 2) {
      chart.getStyler().setXAxisMin(Math.pow(10, below)).setXAxisMax(Math.pow(10, above));
    }
  }

  /** A chart with readable letters and a legend below. */
  static XYChart empty(String title, String xLabel, String yLabel) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(xLabel)
            .yAxisTitle(yLabel)
            .build();
    Font text = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    chart
        .getStyler()
        .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 17))
        .setLegendFont(text)
        .setLegendPosition(LegendPosition.OutsideS)
        .setLegendLayout(LegendLayout.Horizontal)
        .setLegendBorderColor(Color.WHITE)
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBackgroundColor(Color.WHITE)
        .setChartPadding(14)
        .setMarkerSize(8);
    chart
        .getStyler()
        .setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15))
        .setAxisTickLabelsFont(text)
        .setPlotGridLinesColor(new Color(0xdddddd))
        .setAntiAlias(true);
    return chart;
  }

  private static double[] positive(double[] values) {
    return Arrays.stream(values).map(value -> Math.max(value, SMALLEST)).toArray();
  }
}
