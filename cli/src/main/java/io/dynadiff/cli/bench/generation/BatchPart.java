package io.dynadiff.cli.bench.generation;

import io.dynadiff.cli.bench.measure.BenchPart;
import io.dynadiff.cli.bench.measure.BenchRun;
import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.generation.GenerationRequest;
import io.dynadiff.models.generation.WeightGenerator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Generation by phase for several environments that ask together. */
final class BatchPart implements BenchPart {

  private static final List<Integer> ENVIRONMENTS = List.of(1, 8, 64);

  /** A single generation is short, so there are more of them. */
  private static final int GENERATIONS = 96;

  @Override
  public String name() {
    return "batches";
  }

  @Override
  public double expectedSeconds(BenchRun run) {
    return run.sized(5, 40);
  }

  @Override
  public void measure(BenchRun run) throws Exception {
    int generations = run.sized(8, GENERATIONS);
    Bundle bundle = Bundle.open(run.bundle());
    run.configure(
        name(),
        new TreeMap<>(
            Map.of(
                "environments", ENVIRONMENTS,
                "sampler", bundle.manifest().sampler(),
                "candidates", bundle.manifest().candidates(),
                "nodes", bundle.expertSpec().layout().nodeCount(),
                "parameters", bundle.expertSpec().parameterCount())));
    try (WeightGenerator generator = new WeightGenerator(bundle)) {
      generator.warmUp();
      new GenerationTimes().measure(generator, BenchWindows.of(bundle, run.sized(2, 16)));
      for (int i = 0; i < ENVIRONMENTS.size(); i++) {
        int environments = ENVIRONMENTS.get(i);
        List<GenerationRequest> requests = BenchWindows.of(bundle, environments);
        GenerationTimes times = new GenerationTimes();
        int repetitions = run.quick() ? 1 : Math.max(5, generations / environments);
        for (int repetition = 0; repetition < repetitions; repetition++) {
          times.measure(generator, requests);
        }
        times.put("generation.environments-" + environments, run.figures());
        run.within((i + 1.0) / ENVIRONMENTS.size());
      }
    }
  }
}
