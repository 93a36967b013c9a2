package io.dynadiff.trainer.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The loss of each step of a training, as a table and as a picture. */
final class LossCurve {

  private LossCurve() {}

  /** Writes {@code curve.csv} and {@code curve.png}. */
  static void write(Path directory, String name, float[] curve) {
    StringBuilder table = new StringBuilder("step,loss\n");
    for (int i = 0; i < curve.length; i++) {
      table.append(String.format(Locale.ROOT, "%d,%.6g%n", i, curve[i]));
    }
    XYChart chart =
        new XYChartBuilder()
            .width(720)
            .height(420)
            .title(name)
            .xAxisTitle("step")
            .yAxisTitle("loss")
            .build();
    chart.getStyler().setYAxisLogarithmic(true).setLegendVisible(false);
    chart
        .addSeries(
            "loss",
            IntStream.range(0, curve.length).mapToDouble(i -> i).toArray(),
            IntStream.range(0, curve.length).mapToDouble(i -> Math.max(curve[i], 1e-12)).toArray())
        .setMarker(SeriesMarkers.NONE);
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("curve.csv"), table);
      BitmapEncoder.saveBitmap(chart, directory.resolve("curve.png").toString(), BitmapFormat.PNG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
