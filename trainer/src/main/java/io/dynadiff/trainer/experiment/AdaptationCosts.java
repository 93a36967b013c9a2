package io.dynadiff.trainer.experiment;

import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.evaluation.Method;
import io.dynadiff.trainer.pipeline.TrainedSystem;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an adaptation takes of time and memory, method by method. */
final class AdaptationCosts {

  /** Those that do something at adaptation. */
  private static final List<String> METHODS =
      List.of(
          "nearest-expert",
          "interpolated-weights",
          "ridge-weights",
          "prompt-regression",
          "dynadiff",
          "dynadiff-polished",
          "fine-tune-1x",
          "fine-tune-10x",
          "dynadiff-fine-tune-1x");

  /** Those of them that differ in what they hold; each takes a process of its own. */
  private static final List<String> REMEMBERED =
      List.of("interpolated-weights", "dynadiff", "fine-tune-1x");

  private static final int ENVIRONMENTS = 6;

  private AdaptationCosts() {}

  /**
   * Adapts to a few unseen environments, once each.
   *
   * @return {@code METHOD.seconds}, the median, and for some {@code METHOD.addedMiB}, see {@link
   *     AdaptationMemory}
   */
  static Map<String, Double> measure(TrainedSystem system) throws IOException {
    Map<String, Double> costs = new TreeMap<>();
    MethodCatalogue catalogue = new MethodCatalogue(system);
    List<EnvironmentData> unseen = system.data().unseen();
    int count = Math.min(ENVIRONMENTS, unseen.size());
    for (String name : METHODS) {
      if (!catalogue.names().contains(name)) {
        continue;
      }
      try (Method method = catalogue.make(name)) {
        double[] seconds =
            unseen.subList(0, count).stream()
                .mapToDouble(e -> method.adapt(e, e.cases().get(0)).adaptationSeconds())
                .sorted()
                .toArray();
        costs.put(name + ".seconds", seconds[count / 2]);
      }
      if (REMEMBERED.contains(name)) {
        AdaptationMemory.inFreshProcess(name, system.progress())
            .ifPresent(added -> costs.put(name + ".addedMiB", added));
      }
    }
    return costs;
  }
}
