package io.dynadiff.producers.simulate;

import io.dynadiff.physics.cylinder.CylinderSolver;
import io.dynadiff.physics.environments.SystemForm;
import io.dynadiff.physics.simulation.ConditionSchedule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Publishes one flow past a cylinder whose Reynolds number follows a schedule. */
@Command(
    name = "cylinder-flow",
    mixinStandardHelpOptions = true,
    description =
        "Publish the flow past a cylinder (velocity, 32 x 64 every 400 ms of event time, in other"
            + " forms 64 x 128 every 200 ms)."
            + " Before frame 0 the flow is computed until it sheds vortices regularly; progress is"
            + " shown.",
    footer = {
      "",
      "Example:",
      "  dynadiff simulate cylinder-flow --radius 16 --reynolds 200 --frames 600",
      "  dynadiff simulate cylinder-flow --form paper --lattice-scale 0.5 \\",
      "    --radius 16 --schedule 0:reynolds=200,150:reynolds=400",
      "",
      "The Reynolds number counts the diameter and may change on the way; the radius may not.",
      "Without a schedule: 0:radius=16:reynolds=300"
    })
public final class SimulateCylinderFlowCommand extends SimulatedFeedCommand {

  private static final int MOST_THREADS = 256;

  @Option(
      names = "--radius",
      paramLabel = "CELLS",
      description =
          "Radius of the cylinder in cells of the 512 x 256 lattice, 3 to 25.6 (default: 16).")
  private Double radius;

  @Option(
      names = "--reynolds",
      paramLabel = "RE",
      description = "Reynolds number at frame 0, by the diameter, above 0 (default: 300).")
  private Double reynolds;

  @Option(
      names = "--lattice-scale",
      paramLabel = "SCALE",
      description =
          "Cells along a side for one of 512 x 256, such that a point of a frame is a whole number of"
              + " cells (default: the form's, 0.5 of laptop, 1 of the others); half as many compute a"
              + " frame in an eighth of the time.")
  private Double latticeScale;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads to compute on, at least 1 (default: one for each core); the frames do not depend"
              + " on it.")
  private Integer threads;

  @Override
  String systemName() {
    return CylinderSolver.SYSTEM;
  }

  @Override
  SystemForm withOptions(SystemForm given) {
    return latticeScale == null ? given : given.withLatticeScale(latticeScale);
  }

  @Override
  int threads() {
    if (threads != null && (threads < 1 || threads > MOST_THREADS)) {
      throw new IllegalArgumentException(
          "--threads: expected 1 to " + MOST_THREADS + ", found " + threads);
    }
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }

  @Override
  String standardSchedule() {
    return "0:radius=16:reynolds=300";
  }

  @Override
  ConditionSchedule withOptions(ConditionSchedule schedule, boolean given) {
    ConditionSchedule.Change first = schedule.changes().get(0);
    Map<String, Double> values = new HashMap<>(first.values());
    Map<String, Double> options = new TreeMap<>();
    if (radius != null) {
      options.put("radius", radius);
    }
    if (reynolds != null) {
      options.put("reynolds", reynolds);
    }
    options.forEach(
        (name, value) -> {
          if (values.put(name, value) != null && given) {
            throw new IllegalArgumentException(
                "--" + name + ": expected here or at frame 0 of the schedule, found both");
          }
        });
    List<ConditionSchedule.Change> changes = new ArrayList<>(schedule.changes());
    changes.set(0, new ConditionSchedule.Change(0, values));
    return new ConditionSchedule(changes);
  }
}
