package io.dynadiff.models.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dynadiff.models.bundle.BundleManifest;
import io.dynadiff.models.bundle.GeneratorTensors;
import io.dynadiff.models.candidates.CandidateKind;
import io.dynadiff.models.nn.Parameters;
import io.dynadiff.models.regression.LatentRegressor;
import java.util.List;

/** The expert that the regressed latent decodes to. */
final class RegressedMean implements CandidateSource {

  private final LatentDecoder decoder;
  private final LatentRegressor regressor;
  private final Parameters parameters;

  RegressedMean(
      BundleManifest manifest, GeneratorTensors tensors, LatentDecoder decoder, NDManager manager) {
    this.decoder = decoder;
    this.regressor =
        new LatentRegressor(
            manifest.regressor(),
            manifest.prompter().conditionLength(),
            decoder.nodes(),
            decoder.latent());
    this.parameters =
        manifest.regressor().present()
            ? new Parameters(regressor.layout(), manager.create(tensors.regressor()))
            : null;
  }

  /** The expected standardised latent, axes [1, node, latent]. */
  NDArray latent(PromptedRequest request) {
    return latents(request.condition());
  }

  /**
   * The expected standardised latents.
   *
   * @param conditions axes [batch, condition]
   * @return axes [batch, node, latent]
   */
  NDArray latents(NDArray conditions) {
    return regressor.predict(parameters, conditions);
  }

  @Override
  public List<Candidate> propose(PromptedRequest request, List<Candidate> earlier) {
    return List.of(
        new Candidate(CandidateKind.REGRESSED_MEAN.name(), decoder.decode(latent(request)).get(0)));
  }
}
