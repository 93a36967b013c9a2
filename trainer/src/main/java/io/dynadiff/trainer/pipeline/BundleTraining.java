package io.dynadiff.trainer.pipeline;

import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.evaluation.Evaluation;
import io.dynadiff.trainer.labels.ConditionInference;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The offline path from data to bundle: base model, zoo, weight autoencoder, prompter, regressed
 * latent, latent diffusion, calibration, evaluation. Must run on one thread.
 */
public final class BundleTraining {

  /** With these, forests are fitted in about a minute on the largest of the presets. */
  private static final int WINDOWS_PER_ENVIRONMENT = 50;

  private static final int TREES = 100;

  private BundleTraining() {}

  /**
   * What a training leaves.
   *
   * @param bundle the bundle as it was written
   * @param figures its figures, and where conditions are known also how well they are read off
   *     windows, by {@link ConditionInference}
   */
  public record Result(Bundle bundle, Map<String, Double> figures) {}

  /** Trains whatever is not there yet and writes the bundle. */
  public static Result run(TrainedSystem system, Path output, String command) {
    // The first writing has no figures yet; they come from the bundle as users will run it.
    Evaluation.Result evaluation =
        new Evaluation(system.data(), system.bundle(), system.seed()).run();
    Bundle bundle = system.write(output, evaluation.calibration(), evaluation.figures(), command);
    Map<String, Double> figures = new TreeMap<>(evaluation.figures());
    if (conditionsKnown(system.data())) {
      figures.putAll(conditionErrors(system));
    }
    return new Result(bundle, figures);
  }

  private static boolean conditionsKnown(SystemData data) {
    return !data.conditions().isEmpty()
        && !data.unseen().isEmpty()
        && Stream.concat(data.seen().stream(), data.unseen().stream())
            .flatMapToDouble(environment -> Arrays.stream(environment.conditions()))
            .noneMatch(Double::isNaN);
  }

  private static Map<String, Double> conditionErrors(TrainedSystem system) {
    TrainedGenerator generator = system.generator();
    system
        .progress()
        .printf("conditions: reading them off windows by the prompter and by random forests%n");
    return new ConditionInference(
            system.data(),
            generator.prompterSpec(),
            system.preset().windowLength(),
            WINDOWS_PER_ENVIRONMENT,
            TREES)
        .errors(generator.tensors().features(), generator.tensors().prompter(), system.seed());
  }
}
