package io.dynadiff.models.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dynadiff.models.bundle.BundleManifest;
import io.dynadiff.models.bundle.GeneratorTensors;
import io.dynadiff.models.candidates.CandidateKind;
import io.dynadiff.models.diffusion.ConditionedDenoiser;
import io.dynadiff.models.diffusion.DiffusionTransformer;
import io.dynadiff.models.diffusion.Sampler;
import io.dynadiff.models.diffusion.SamplerSettings;
import io.dynadiff.models.diffusion.SeededNoise;
import io.dynadiff.models.nn.Parameters;
import java.util.List;

/** Experts that diffusion samples around the regressed latent decode to. */
final class DiffusionSamples implements CandidateSource {

  private final SamplerSettings settings;
  private final LatentDecoder decoder;
  private final RegressedMean mean;
  private final DiffusionTransformer transformer;
  private final Parameters parameters;
  private final NDArray residualDeviation;

  DiffusionSamples(
      BundleManifest manifest,
      GeneratorTensors tensors,
      LatentDecoder decoder,
      RegressedMean mean,
      NDManager manager) {
    this.settings = manifest.sampler();
    this.decoder = decoder;
    this.mean = mean;
    this.transformer =
        new DiffusionTransformer(manifest.diffusion(), decoder.nodes(), decoder.latent());
    this.parameters = new Parameters(transformer.layout(), manager.create(tensors.diffusion()));
    this.residualDeviation = manager.create(tensors.residualDeviation(), decoder.latents(1));
  }

  @Override
  public List<Candidate> propose(PromptedRequest request, List<Candidate> earlier) {
    int count = settings.candidates();
    NDArray condition = request.condition().broadcast(count, request.condition().getShape().get(1));
    NDArray residuals =
        Sampler.named(settings.name())
            .sample(
                request.scope(),
                decoder.latents(count),
                transformer.spec().schedule(),
                settings.steps(),
                new SeededNoise(request.request().seed(), settings.temperature()),
                new ConditionedDenoiser(transformer, parameters, condition, settings.guidance()));
    NDArray latents = residuals.mul(residualDeviation).add(mean.latent(request));
    return decoder.decode(latents).stream()
        .map(weights -> new Candidate(CandidateKind.SAMPLES.name(), weights))
        .toList();
  }
}
