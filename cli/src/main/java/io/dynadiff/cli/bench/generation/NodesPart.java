package io.dynadiff.cli.bench.generation;

import io.dynadiff.cli.bench.measure.BenchPart;
import io.dynadiff.cli.bench.measure.BenchRun;
import io.dynadiff.cli.bench.measure.PowerLaw;
import io.dynadiff.cli.bench.measure.Quantiles;
import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.bundle.UntrainedBundle;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.generation.GenerationRequest;
import io.dynadiff.models.generation.WeightGenerator;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Generation against the nodes of the weight graph: the shipped bundle's networks with random
 * weights, writing wider and wider experts.
 */
final class NodesPart implements BenchPart {

  private static final List<Integer> WIDTHS = List.of(8, 16, 32, 64);
  private static final int REPETITIONS = 7;

  @Override
  public String name() {
    return "nodes";
  }

  @Override
  public double expectedSeconds(BenchRun run) {
    return run.sized(10, 60);
  }

  @Override
  public void measure(BenchRun run) throws Exception {
    List<Integer> widths = run.quick() ? WIDTHS.subList(0, 2) : WIDTHS;
    run.configure(
        name(), new TreeMap<>(Map.of("widths", widths, "repetitions", run.sized(2, REPETITIONS))));
    Bundle shipped = Bundle.open(run.bundle());
    List<Double> nodes = new ArrayList<>();
    List<Double> millis = new ArrayList<>();
    for (int width : widths) {
      SortedMap<String, Integer> sizes = new TreeMap<>(shipped.expertSpec().sizes());
      sizes.put("hidden", width);
      ExpertSpec expert = sized(shipped.expertSpec(), sizes);
      Bundle bundle =
          UntrainedBundle.like(
              Files.createTempDirectory(run.work(), "bundle-"), shipped.manifest(), expert, 1);
      GenerationTimes times = new GenerationTimes();
      try (WeightGenerator generator = new WeightGenerator(bundle)) {
        List<GenerationRequest> requests = BenchWindows.of(bundle, 1);
        generator.warmUp();
        new GenerationTimes().measure(generator, requests);
        for (int repetition = 0; repetition < run.sized(2, REPETITIONS); repetition++) {
          times.measure(generator, requests);
        }
      }
      int nodeCount = expert.layout().nodeCount();
      times.put("generation.nodes-" + nodeCount, run.figures());
      nodes.add((double) nodeCount);
      millis.add(Quantiles.of(times.total()).median());
      run.within((double) nodes.size() / widths.size());
    }
    run.figures().putLaw("generation.against-nodes", PowerLaw.fit(array(nodes), array(millis)));
  }

  private static ExpertSpec sized(ExpertSpec spec, SortedMap<String, Integer> sizes) {
    return new ExpertSpec(
        spec.architecture(),
        spec.fieldShape(),
        spec.intervalMillis(),
        spec.prediction(),
        spec.residualScale(),
        spec.coordinates(),
        spec.clockPeriodMillis(),
        sizes);
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
