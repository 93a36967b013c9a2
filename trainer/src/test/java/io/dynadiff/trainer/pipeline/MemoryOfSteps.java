package io.dynadiff.trainer.pipeline;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.expert.Coordinates;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.Prediction;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.expert.ExpertErrors;
import io.dynadiff.trainer.expert.FrameRuns;
import io.dynadiff.trainer.expert.RolloutLoss;
import io.dynadiff.trainer.stage.EarlyStopping;
import io.dynadiff.trainer.stage.StageStore;
import io.dynadiff.trainer.stage.TrainingLoop;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Trains a small expert, looking at its errors now and then, and prints what memory it holds. */
final class MemoryOfSteps {

  /** Steps between looks. */
  static final int CHECK_STEPS = 500;

  private MemoryOfSteps() {}

  /** Prints the resident set in KiB after each so many steps, one line each. */
  static void print(SystemData data, Path work, int steps) {
    ExpertSpec spec =
        new ExpertSpec(
            "fno",
            data.shape(),
            data.intervalMillis(),
            Prediction.RESIDUAL,
            data.changeScale(),
            Coordinates.NONE,
            0,
            new TreeMap<>(Map.of("hidden", 4, "layers", 1, "modesY", 3, "modesX", 2)));
    EnvironmentData environment = data.seen().get(0);
    try (NDManager manager = NDManager.newBaseManager();
        ExpertNetwork network = spec.family().network(spec, manager);
        ExpertErrors errors = new ExpertErrors(spec, data)) {
      RolloutLoss loss = new RolloutLoss(spec, 1, network);
      new TrainingLoop(new PrintStream(OutputStream.nullOutputStream()))
          .run(
              new StageStore(work, "memory", 1),
              new TrainingLoop.Plan("memory", steps, 1e-3, 0, 0, 1),
              spec.family().initialWeights(spec, 1),
              new Shape(1, spec.parameterCount()),
              (scope, leaf, random) ->
                  loss.of(
                      scope,
                      leaf,
                      FrameRuns.draw(spec, data, List.of(List.of(environment)), 2, 1, random),
                      1),
              new EarlyStopping(
                  1,
                  CHECK_STEPS,
                  Integer.MAX_VALUE,
                  (row, weights) -> {
                    System.out.println(residentKibibytes());
                    return errors.oneStep(List.of(weights), environment.validation())[0];
                  }));
    }
  }

  private static long residentKibibytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
