package io.dynadiff.models.fno;

import ai.djl.ndarray.NDManager;
import io.dynadiff.models.expert.ExpertArchitecture;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.WeightLayout;
import io.dynadiff.models.safetensors.NamedTensor;
import java.util.List;
import java.util.Map;

/** The Fourier neural operator as an expert architecture, named {@value #NAME}. */
public final class FnoArchitecture implements ExpertArchitecture {

  /** Name in specifications. */
  public static final String NAME = "fno";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void validate(ExpertSpec spec) {
    FnoSizes.validate(spec);
  }

  @Override
  public WeightLayout layout(ExpertSpec spec) {
    return FnoLayout.of(spec);
  }

  @Override
  public ExpertNetwork network(ExpertSpec spec, NDManager manager) {
    return new FnoNetwork(spec, manager);
  }

  @Override
  public float[] initialWeights(ExpertSpec spec, long seed) {
    return FnoInitialisation.draw(spec, seed);
  }

  @Override
  public List<NamedTensor> toNamed(ExpertSpec spec, float[] flat) {
    return FnoTensors.toNamed(spec, flat);
  }

  @Override
  public float[] toFlat(ExpertSpec spec, Map<String, NamedTensor> tensors) {
    return FnoTensors.toFlat(spec, tensors);
  }
}
