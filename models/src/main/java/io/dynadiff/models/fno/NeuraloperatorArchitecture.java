package io.dynadiff.models.fno;

import ai.djl.ndarray.NDManager;
import io.dynadiff.models.expert.ExpertArchitecture;
import io.dynadiff.models.expert.ExpertKernel;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.WeightLayout;
import java.util.Optional;

/**
 * The Fourier neural operator of paper appendix I, which is neuraloperator's {@code FNO} with its
 * defaults; named {@value #NAME}.
 *
 * <p>Its sizes are {@code hidden}, {@code layers} and, as neuraloperator's {@code n_modes}, {@code
 * modesY} (wavenumbers from -n/2 to n/2-1, or to (n-1)/2 where n is odd) and {@code modesX} (from 0
 * to n/2). Coordinates are always input channels. Named tensors have the names and shapes of that
 * class's state, complex kernels as pairs of real numbers.
 */
public final class NeuraloperatorArchitecture implements ExpertArchitecture {

  /** Name in specifications. */
  public static final String NAME = "neuraloperator-fno";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void validate(ExpertSpec spec) {
    FnoForm.validateNeuraloperator(spec);
  }

  @Override
  public WeightLayout layout(ExpertSpec spec) {
    return FnoLayout.of(FnoForm.neuraloperator(spec));
  }

  @Override
  public ExpertNetwork network(ExpertSpec spec, NDManager manager) {
    return new FnoNetwork(spec, FnoForm.neuraloperator(spec), manager);
  }

  @Override
  public Optional<ExpertKernel> kernel(ExpertSpec spec, int tapes) {
    return FnoKernel.of(FnoForm.neuraloperator(spec), tapes);
  }

  @Override
  public float[] initialWeights(ExpertSpec spec, long seed) {
    return FnoInitialisation.draw(FnoForm.neuraloperator(spec), layout(spec), seed);
  }
}
