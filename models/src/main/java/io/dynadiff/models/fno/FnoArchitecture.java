package io.dynadiff.models.fno;

import ai.djl.ndarray.NDManager;
import io.dynadiff.models.expert.ExpertArchitecture;
import io.dynadiff.models.expert.ExpertKernel;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.WeightLayout;
import java.util.Optional;

/**
 * A small Fourier neural operator without maps over channels inside the blocks, named {@value
 * #NAME}.
 *
 * <p>Its sizes are {@code hidden}, {@code layers}, {@code modesY} (odd: wavenumbers from
 * -(modesY-1)/2 to (modesY-1)/2) and {@code modesX} (from 0 to modesX-1). Coordinates are input
 * channels where the specification asks for them.
 */
public final class FnoArchitecture implements ExpertArchitecture {

  /** Name in specifications. */
  public static final String NAME = "fno";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void validate(ExpertSpec spec) {
    FnoForm.validatePlain(spec);
  }

  @Override
  public WeightLayout layout(ExpertSpec spec) {
    return FnoLayout.of(FnoForm.plain(spec));
  }

  @Override
  public ExpertNetwork network(ExpertSpec spec, NDManager manager) {
    return new FnoNetwork(spec, FnoForm.plain(spec), manager);
  }

  @Override
  public Optional<ExpertKernel> kernel(ExpertSpec spec, int tapes) {
    return FnoKernel.of(FnoForm.plain(spec), tapes);
  }

  @Override
  public float[] initialWeights(ExpertSpec spec, long seed) {
    return FnoInitialisation.draw(FnoForm.plain(spec), layout(spec), seed);
  }
}
