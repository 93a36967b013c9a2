package io.dynadiff.cli.physics;

import io.dynadiff.physics.lotkavolterra.LotkaVolterraParameters;
import io.dynadiff.physics.lotkavolterra.LotkaVolterraSolver;
import io.dynadiff.physics.lotkavolterra.LotkaVolterraState;
import java.awt.Color;
import java.awt.image.BufferedImage;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws orbits of predators against prey. */
final class PhasePortrait {
  private static final int SAMPLES = 800;
  private static final int ORBITS = 4;
  private static final Color[] COLOURS = {
    new Color(0x440154), new Color(0x31688e), new Color(0x35b779), new Color(0xd0a010)
  };

  private PhasePortrait() {}

  static BufferedImage draw(double beta, double delta, double duration) {
    LotkaVolterraParameters parameters = LotkaVolterraParameters.standard(beta, delta);
    LotkaVolterraSolver solver = new LotkaVolterraSolver(parameters);
    XYChart chart =
        PlotPicture.empty("Lotka-Volterra orbits", "prey (model units)", "predators (model units)");
    for (int seed = 0; seed < ORBITS; seed++) {
      double[] prey = new double[SAMPLES];
      double[] predators = new double[SAMPLES];
      LotkaVolterraState state = solver.initial(seed);
      for (int i = 0; i < SAMPLES; i++) {
        prey[i] = state.prey();
        predators[i] = state.predators();
        state = solver.advance(state, duration / SAMPLES);
      }
      chart
          .addSeries("seed " + seed, prey, predators)
          .setMarker(SeriesMarkers.NONE)
          .setLineColor(COLOURS[seed])
          .setLineWidth(2);
    }
    chart
        .addSeries(
            "fixed point",
            new double[] {parameters.gamma() / delta},
            new double[] {parameters.alpha() / beta})
        .setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
        .setMarker(SeriesMarkers.CROSS)
        .setMarkerColor(Color.BLACK);
    return BitmapEncoder.getBufferedImage(chart);
  }
}
