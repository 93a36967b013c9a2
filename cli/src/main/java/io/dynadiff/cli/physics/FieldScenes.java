package io.dynadiff.cli.physics;

import io.dynadiff.physics.picture.ColourMap;
import io.dynadiff.physics.picture.FieldPicture;
import io.dynadiff.physics.picture.Panels;
import io.dynadiff.physics.picture.ValueRange;
import io.dynadiff.physics.recorded.RecordedField;
import io.dynadiff.physics.recorded.RecordedFields;
import io.dynadiff.physics.simulation.FieldSolver;
import io.dynadiff.physics.simulation.SimulatedSystem;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleConsumer;

/** Draws fields of simulated and recorded systems side by side. */
final class FieldScenes {
  private static final int SIDE = 320;
  private static final int MAP_SIDE = 400;

  private FieldScenes() {}

  /**
   * One field of a simulation.
   *
   * @param title what stands above it
   * @param time model time, greater than 0
   * @param conditions values in the order of the system's conditions
   */
  record Panel(String title, double time, double... conditions) {}

  /** One channel of a simulated system under a common colour scale around 0. */
  static <S> BufferedImage draw(
      SimulatedSystem<S> system,
      long seed,
      int channel,
      List<Panel> panels,
      DoubleConsumer progress) {
    double whole = panels.stream().mapToDouble(Panel::time).sum();
    List<float[]> fields = new ArrayList<>();
    double before = 0;
    for (Panel panel : panels) {
      double done = before;
      float[] frame = frame(system, panel, seed, time -> progress.accept((done + time) / whole));
      int points = system.grid().height() * system.grid().width();
      fields.add(Arrays.copyOfRange(frame, channel * points, (channel + 1) * points));
      before += panel.time();
    }
    FieldPicture picture =
        new FieldPicture(
            system.grid(),
            system.channels().get(channel),
            ColourMap.DIVERGING,
            ValueRange.around0(fields.toArray(new float[0][])),
            SIDE);
    List<BufferedImage> drawn = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      drawn.add(picture.draw(panels.get(i).title(), fields.get(i)));
    }
    return Panels.inRows(drawn, drawn.size());
  }

  /** The frame of a system at a time, [channel, y, x]. */
  static <S> float[] frame(
      SimulatedSystem<S> system, Panel panel, long seed, DoubleConsumer progress) {
    FieldSolver<S> solver = system.solvers().under(panel.conditions());
    S state = solver.initial(seed);
    int parts = (int) Math.max(1, Math.ceil(panel.time()));
    for (int i = 0; i < parts; i++) {
      state = solver.advance(state, panel.time() / parts);
      progress.accept((i + 1) * panel.time() / parts);
    }
    return solver.frame(state);
  }

  /** A recorded variable at several instants. */
  static BufferedImage drawRecorded(Path recording, String variable, List<String> instants) {
    try (RecordedFields fields = RecordedFields.open(recording)) {
      RecordedField field = fields.variable(variable);
      List<float[]> slices = new ArrayList<>();
      for (String instant : instants) {
        int time = field.firstAtOrAfter(Instant.parse(instant).toEpochMilli());
        slices.add(field.slice(time));
      }
      FieldPicture picture =
          new FieldPicture(
              field.grid(),
              field.channel(),
              ColourMap.SEQUENTIAL,
              ValueRange.of(slices.toArray(new float[0][])),
              MAP_SIDE);
      List<BufferedImage> drawn = new ArrayList<>();
      for (int i = 0; i < slices.size(); i++) {
        drawn.add(
            picture.draw(instants.get(i).replace('T', ' ').replace(":00Z", " UTC"), slices.get(i)));
      }
      return Panels.inRows(drawn, drawn.size());
    }
  }
}
