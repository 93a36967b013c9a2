package io.dynadiff.cli.physics;

import io.dynadiff.physics.cylinder.CylinderState;
import io.dynadiff.physics.environments.SimulatedSystems;
import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.picture.ColourMap;
import io.dynadiff.physics.picture.FieldPicture;
import io.dynadiff.physics.picture.Panels;
import io.dynadiff.physics.picture.ValueRange;
import io.dynadiff.physics.simulation.SimulatedSystem;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleConsumer;

/** Draws the wake of a cylinder. */
final class CylinderScene {
  private static final int SIDE = 768;

  /** The strongest vorticity sits on the cylinder's skin and would hide the wake. */
  private static final double WAKE_SHARE = 0.4;

  private CylinderScene() {}

  static BufferedImage draw(double radius, double reynolds, DoubleConsumer progress) {
    SimulatedSystem<CylinderState> system =
        SimulatedSystems.cylinderFlow(0.5, Runtime.getRuntime().availableProcessors());
    Grid grid = system.grid();
    double time = system.spinUp();
    float[] frame =
        FieldScenes.frame(
            system,
            new FieldScenes.Panel("", time, radius, reynolds),
            1,
            done -> progress.accept(done / time));
    int points = grid.height() * grid.width();
    float[] u = Arrays.copyOfRange(frame, 0, points);
    float[] v = Arrays.copyOfRange(frame, points, 2 * points);
    float[] vorticity = vorticity(grid, u, v, 2 * radius);
    hideCylinder(grid, radius, u);
    hideCylinder(grid, radius, vorticity);
    double strongest = ValueRange.around0(vorticity).highest() * WAKE_SHARE;
    return Panels.inRows(
        List.of(
            new FieldPicture(
                    grid,
                    new Channel("vorticity D / U", "1"),
                    ColourMap.DIVERGING,
                    new ValueRange(-strongest, strongest),
                    SIDE)
                .draw("vorticity", vorticity),
            new FieldPicture(
                    grid, new Channel("u / U", "1"), ColourMap.SEQUENTIAL, ValueRange.of(u), SIDE)
                .draw("velocity along x", u)),
        1);
  }

  /** v_x - u_y by central differences, times the diameter; 0 at the rim. */
  private static float[] vorticity(Grid grid, float[] u, float[] v, double diameter) {
    int width = grid.width();
    float[] vorticity = new float[u.length];
    for (int y = 1; y < grid.height() - 1; y++) {
      for (int x = 1; x < width - 1; x++) {
        int at = y * width + x;
        double acrossX = (v[at + 1] - v[at - 1]) / (2 * grid.spacingX());
        double acrossY = (u[at + width] - u[at - width]) / (2 * grid.spacingY());
        vorticity[at] = (float) ((acrossX - acrossY) * diameter);
      }
    }
    return vorticity;
  }

  private static void hideCylinder(Grid grid, double radius, float[] field) {
    double centreX = grid.width() * grid.spacingX() / 4 - 0.5;
    double centreY = grid.height() * grid.spacingY() / 2 - 0.5;
    for (int y = 0; y < grid.height(); y++) {
      for (int x = 0; x < grid.width(); x++) {
        double fromX = grid.originX() + x * grid.spacingX() - centreX;
        double fromY = grid.originY() + y * grid.spacingY() - centreY;
        if (Math.hypot(fromX, fromY) <= radius) {
          field[y * grid.width() + x] = Float.NaN;
        }
      }
    }
  }
}
