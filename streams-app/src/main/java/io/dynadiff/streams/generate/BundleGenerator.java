package io.dynadiff.streams.generate;

import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.candidates.CandidateSettings;
import io.dynadiff.models.device.ComputeDevice;
import io.dynadiff.models.generation.GeneratedExpert;
import io.dynadiff.models.generation.GenerationRequest;
import io.dynadiff.models.generation.WeightGenerator;
import java.util.List;

/** Generation by a bundle's diffusion model in native code. */
public final class BundleGenerator implements Generator {

  private final WeightGenerator generator;

  /**
   * Loads the bundle's networks and runs them once, so that the first request is as quick.
   *
   * @param ensemble how many of the best candidates are kept; 0 is what the bundle says
   * @param device where they run; must be there
   */
  public BundleGenerator(Bundle bundle, int ensemble, ComputeDevice device) {
    CandidateSettings own = bundle.manifest().candidates();
    this.generator =
        new WeightGenerator(
            bundle, ensemble == 0 ? own : own.withEnsemble(ensemble), device.device());
    generator.warmUp();
  }

  @Override
  public List<GeneratedExpert> generate(List<GenerationRequest> requests) {
    return generator.generate(requests);
  }

  @Override
  public void close() {
    generator.close();
  }
}
