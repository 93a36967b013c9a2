package io.dynadiff.trainer.report;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Expert weights along the first principal component of trained experts, against the conditions.
 */
public final class WeightLandscape {

  /**
   * Experts of one kind.
   *
   * @param label what they are
   * @param colour of the marks
   * @param marker of the marks
   * @param conditions one condition of each
   * @param weights flat weights of each
   */
  public record Experts(
      String label, Color colour, Marker marker, double[] conditions, List<float[]> weights) {}

  private WeightLandscape() {}

  /**
   * Draws.
   *
   * @param reference experts whose first principal component is the axis, at least two
   * @param condition name of the condition
   * @param kinds experts to show
   */
  public static XYChart draw(
      String title, List<float[]> reference, String condition, List<Experts> kinds) {
    FirstComponent component = FirstComponent.of(reference);
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(520)
            .title(title)
            .xAxisTitle(condition + " (inferred for generated experts, true for trained ones)")
            .yAxisTitle(
                String.format(
                    java.util.Locale.ROOT,
                    "first principal component, %.0f %% of the variance",
                    100 * component.share))
            .build();
    chart
        .getStyler()
        .setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
        .setLegendPosition(LegendPosition.OutsideS)
        .setMarkerSize(8)
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(false);
    chart.getStyler().setXAxisDecimalPattern("0.####").setYAxisDecimalPattern("0.####");
    for (Experts kind : kinds) {
      XYSeries series =
          chart.addSeries(
              kind.label,
              kind.conditions,
              kind.weights.stream().mapToDouble(component::of).toArray());
      series.setMarker(kind.marker == null ? SeriesMarkers.CIRCLE : kind.marker);
      series.setMarkerColor(kind.colour);
    }
    return chart;
  }

  /**
   * The direction in which experts differ most.
   *
   * @param mean mean weights
   * @param direction unit vector
   * @param share of the variance along it
   */
  record FirstComponent(double[] mean, double[] direction, double share) {

    /** Finds it through the experts' inner products, which are few. */
    static FirstComponent of(List<float[]> experts) {
      int count = experts.size();
      double[] mean = new double[experts.get(0).length];
      for (float[] expert : experts) {
        for (int k = 0; k < mean.length; k++) {
          mean[k] += expert[k] / (double) count;
        }
      }
      RealMatrix products = MatrixUtils.createRealMatrix(count, count);
      for (int i = 0; i < count; i++) {
        for (int j = 0; j <= i; j++) {
          double sum = 0;
          for (int k = 0; k < mean.length; k++) {
            sum += (experts.get(i)[k] - mean[k]) * (experts.get(j)[k] - mean[k]);
          }
          products.setEntry(i, j, sum);
          products.setEntry(j, i, sum);
        }
      }
      EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(products);
      int largest = 0;
      for (int i = 1; i < count; i++) {
        largest = eigen.getEigenvalue(i) > eigen.getEigenvalue(largest) ? i : largest;
      }
      double[] direction = new double[mean.length];
      double value = eigen.getEigenvalue(largest);
      for (int i = 0; i < count; i++) {
        double part = eigen.getEigenvector(largest).getEntry(i) / Math.sqrt(value);
        for (int k = 0; k < mean.length; k++) {
          direction[k] += part * (experts.get(i)[k] - mean[k]);
        }
      }
      return new FirstComponent(
          mean, direction, value / Arrays.stream(eigen.getEigenvalues()).sum());
    }

    /** Position of weights along it. */
    double of(float[] weights) {
      double sum = 0;
      for (int k = 0; k < mean.length; k++) {
        sum += (weights[k] - mean[k]) * direction[k];
      }
      return sum;
    }
  }
}
