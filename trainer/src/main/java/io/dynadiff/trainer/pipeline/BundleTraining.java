package io.dynadiff.trainer.pipeline;

import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.trainer.evaluation.Evaluation;
import java.nio.file.Path;
import java.util.Map;

/**
 * The offline path from data to bundle: base model, zoo, weight autoencoder, prompter, regressed
 * latent, latent diffusion, calibration, evaluation. Must run on one thread.
 */
public final class BundleTraining {

  private BundleTraining() {}

  /** What a training leaves. */
  public record Result(Bundle bundle, Map<String, Double> figures) {}

  /** Trains whatever is not there yet and writes the bundle. */
  public static Result run(TrainedSystem system, Path output, String command) {
    // The first writing has no figures yet; they come from the bundle as users will run it.
    Evaluation.Result evaluation =
        new Evaluation(system.data(), system.bundle(), system.seed()).run();
    Bundle bundle = system.write(output, evaluation.calibration(), evaluation.figures(), command);
    return new Result(bundle, evaluation.figures());
  }
}
