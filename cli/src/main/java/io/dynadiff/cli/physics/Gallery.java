package io.dynadiff.cli.physics;

import io.dynadiff.physics.environments.SimulatedSystems;
import io.dynadiff.physics.vorticity.ForcedNavierStokes;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleConsumer;

/** The pictures of all systems that the documentation shows. */
final class Gallery {

  private Gallery() {}

  /** Draws one picture. */
  @FunctionalInterface
  interface Drawing {

    /** Draws, telling how much is done, 0 to 1. */
    BufferedImage draw(Path recording, DoubleConsumer progress);
  }

  /** A picture and how it is made. */
  record Scene(ValidationReport.Picture picture, double expectedSeconds, Drawing drawing) {}

  static List<Scene> scenes() {
    return List.of(
        scene(
            "cylinder-flow",
            "Cylinder flow: vortex street",
            "Radius 16, Reynolds number 300 (by the diameter), after the spin-up, computed on half"
                + " the cells along each side. Vorticity in inflow velocities per diameter (on the"
                + " cylinder's skin it is beyond the colours), velocity along x in inflow"
                + " velocities, axes in cells of the full lattice. The cylinder is dark grey.",
            90,
            (recording, progress) -> CylinderScene.draw(16, 300, progress)),
        scene(
            "lambda-omega",
            "Lambda-Omega: spirals",
            "Beta 1.4, seed 1: u = Re A at three instants after the spin-up.",
            1,
            (recording, progress) ->
                FieldScenes.draw(
                    SimulatedSystems.lambdaOmega(),
                    1,
                    0,
                    List.of(
                        new FieldScenes.Panel("t = 10", 10, 1.4),
                        new FieldScenes.Panel("t = 11.5", 11.5, 1.4),
                        new FieldScenes.Panel("t = 13", 13, 1.4)),
                    progress)),
        scene(
            "kolmogorov-flow",
            "Kolmogorov flow: turbulence",
            "Vorticity at the first frame of a feed, seed 2, at three Reynolds numbers. Three"
                + " periods along y are forced.",
            75,
            (recording, progress) ->
                FieldScenes.draw(
                    SimulatedSystems.kolmogorovFlow(),
                    2,
                    0,
                    List.of(
                        new FieldScenes.Panel("Re 50, t = 20", 20, 50),
                        new FieldScenes.Panel("Re 150, t = 20", 20, 150),
                        new FieldScenes.Panel("Re 250, t = 20", 20, 250)),
                    progress)),
        scene(
            "navier-stokes",
            "Navier-Stokes with a diagonal force",
            "Vorticity at viscosity 0.001, amplitude 0.2, shift 0, seed 1: the random start, and"
                + " what the force makes of it.",
            15,
            (recording, progress) ->
                FieldScenes.draw(
                    SimulatedSystems.navierStokes(ForcedNavierStokes.RICH_VISCOSITY),
                    1,
                    0,
                    List.of(
                        new FieldScenes.Panel("t = 0.1", 0.1, 0.2, 0),
                        new FieldScenes.Panel("t = 10", 10, 0.2, 0),
                        new FieldScenes.Panel("t = 30", 30, 0.2, 0)),
                    progress)),
        scene(
            "lotka-volterra",
            "Lotka-Volterra: orbits",
            "Beta 0.75, delta 0.6: four orbits of 40 time units around the fixed point (gamma /"
                + " delta, alpha / beta).",
            1,
            (recording, progress) -> PhasePortrait.draw(0.75, 0.6, 40)),
        scene(
            "era5-uk",
            "ERA5: 2 m temperature over the British Isles",
            "29 March 2019 before dawn and in the afternoon. Contains modified Copernicus Climate"
                + " Change Service information 2019 (C3S/ECMWF), see"
                + " [data/README.md](../data/README.md).",
            1,
            (recording, progress) ->
                FieldScenes.drawRecorded(
                    recording, "t2m", List.of("2019-03-29T05:00:00Z", "2019-03-29T14:00:00Z"))));
  }

  /** Pictures that lie in a folder, in the order of the documentation. */
  static List<ValidationReport.Picture> picturesIn(Path images) {
    return scenes().stream()
        .map(Scene::picture)
        .filter(picture -> Files.isRegularFile(images.resolve(picture.file() + ".png")))
        .toList();
  }

  private static Scene scene(
      String system, String title, String caption, double expectedSeconds, Drawing drawing) {
    return new Scene(
        new ValidationReport.Picture("gallery-" + system, title, caption),
        expectedSeconds,
        drawing);
  }
}
