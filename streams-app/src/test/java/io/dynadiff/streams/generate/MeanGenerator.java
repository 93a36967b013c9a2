package io.dynadiff.streams.generate;

import io.dynadiff.models.diffusion.SamplerSettings;
import io.dynadiff.models.generation.GeneratedExpert;
import io.dynadiff.models.generation.GenerationRequest;
import io.dynadiff.models.generation.PhaseTimings;
import io.dynadiff.streams.Samples;
import io.dynadiff.streams.systems.ServedSystem;
import java.util.ArrayList;
import java.util.List;

/** Test generator: the first weight is the seed. */
final class MeanGenerator implements Generator {

  /** What the generators of a test were asked. */
  static final class Log {
    final List<Integer> batches = new ArrayList<>();
    String poisonedEnvironment;
  }

  /** Generators of the test's systems, of which each logs. */
  static LoadedGenerators loaded(Log log) {
    LoadedGenerators generators = new LoadedGenerators();
    for (ServedSystem served : Samples.systems().all()) {
      generators.add(served, new MeanGenerator(log));
    }
    return generators;
  }

  private final Log log;

  MeanGenerator(Log log) {
    this.log = log;
  }

  @Override
  public List<GeneratedExpert> generate(List<GenerationRequest> requests) {
    log.batches.add(requests.size());
    if (requests.stream().anyMatch(r -> r.environmentId().equals(log.poisonedEnvironment))) {
      throw new IllegalStateException("poisoned");
    }
    return requests.stream()
        .map(
            request ->
                new GeneratedExpert(
                    "MEAN",
                    List.of(Samples.weights(request.seed()), Samples.weights(0.5f)),
                    0.1,
                    new double[] {0.1, 0.2},
                    new double[] {1.3},
                    new SamplerSettings("test", 4, 1, 2, request.seed()),
                    new PhaseTimings(1, 2, 3, 4)))
        .toList();
  }

  @Override
  public void close() {
    log.batches.add(-1);
  }
}
