package io.dynadiff.trainer.experiment;

import io.dynadiff.trainer.data.AdaptationCase;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.evaluation.Method;
import io.dynadiff.trainer.pipeline.TrainedSystem;
import io.dynadiff.trainer.rival.WindowFineTuning;
import java.util.List;

/**
 * How long the generator takes for one environment and an update of fine-tuning on a window takes,
 * measured one after the other on the same machine, so that both can be given the same time.
 *
 * @param generatorSeconds wall time of one generation, median
 * @param updateSeconds wall time of one update, least of several runs: what favours fine-tuning
 */
public record GeneratorPace(double generatorSeconds, double updateSeconds) {

  private static final int RUNS = 9;

  /**
   * Measures.
   *
   * @param generator the method that generates
   * @param windowLength frames of the window, at least 2
   */
  static GeneratorPace measure(TrainedSystem system, Method generator, int windowLength) {
    List<EnvironmentData> seen = system.data().seen();
    double[] seconds = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      EnvironmentData environment = seen.get(run % seen.size());
      seconds[run] = generator.adapt(environment, environment.cases().get(0)).adaptationSeconds();
    }
    java.util.Arrays.sort(seconds);
    AdaptationCase window = seen.get(0).cases().get(0);
    try (WindowFineTuning tuning =
        new WindowFineTuning(system.spec(), system.data(), windowLength)) {
      return new GeneratorPace(seconds[RUNS / 2], tuning.secondsPerStep(system.base(), window));
    }
  }

  /** Updates that fit into a multiple of the generator's time; at least one. */
  int updates(double multiple) {
    return Math.max(1, (int) Math.floor(multiple * generatorSeconds / updateSeconds));
  }
}
