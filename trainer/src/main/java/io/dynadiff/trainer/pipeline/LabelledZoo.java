package io.dynadiff.trainer.pipeline;

import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.trainer.blend.LabelledExperts;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.expert.ZooExpert;
import io.dynadiff.trainer.labels.FunctionalDistances;
import io.dynadiff.trainer.labels.SurrogateLabels;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A zoo of environments whose conditions nobody knows, under labels made from what its experts do.
 *
 * @param data the data, labels in place of conditions
 * @param zoo the experts, with the labels of their environments
 */
record LabelledZoo(SystemData data, List<ZooExpert> zoo) {

  private static final int FRAMES_PER_ENVIRONMENT = 8;
  private static final int MOST_LABELS = 3;

  /** Share of the variance of the distances that the labels have to explain, if they can. */
  private static final double EXPLAINED = 0.9;

  /**
   * Labels the seen environments. One without an expert of its own acts like the base.
   *
   * @param experts experts of single environments
   * @throws IllegalArgumentException if all experts act alike
   */
  static LabelledZoo of(
      ExpertSpec spec,
      SystemData data,
      List<ZooExpert> experts,
      float[] base,
      PrintStream progress) {
    List<float[]> weights =
        data.seen().stream().map(environment -> expert(environment, experts, base)).toList();
    List<String> ids = data.seen().stream().map(EnvironmentData::id).toList();
    double[][] distances =
        new FunctionalDistances(spec, FRAMES_PER_ENVIRONMENT).between(weights, data.seen());
    int most = Math.min(MOST_LABELS, ids.size() - 1);
    double[] shares = SurrogateLabels.of(ids, distances, most).shares();
    int labels = 1;
    while (labels < most && Arrays.stream(shares).limit(labels).sum() < EXPLAINED) {
      labels++;
    }
    SurrogateLabels chosen = SurrogateLabels.of(ids, distances, labels);
    progress.printf(
        Locale.ROOT,
        "labels: conditions are unknown; %d labels explain %.0f %% of how differently the experts of"
            + " %d environments act%n",
        labels,
        100 * Arrays.stream(chosen.shares()).sum(),
        ids.size());
    SystemData labelled = chosen.relabel(data);
    Map<String, EnvironmentData> byId =
        labelled.seen().stream()
            .collect(Collectors.toMap(EnvironmentData::id, Function.identity()));
    return new LabelledZoo(
        labelled,
        experts.stream()
            .map(
                expert -> {
                  EnvironmentData environment = byId.get(expert.environments().get(0).id());
                  return new ZooExpert(
                      expert.weights(),
                      List.of(environment),
                      labelled.encoding().encode(environment.conditions()));
                })
            .toList());
  }

  private static float[] expert(
      EnvironmentData environment, List<ZooExpert> experts, float[] base) {
    List<ZooExpert> own =
        experts.stream().filter(e -> e.environments().get(0) == environment).toList();
    return own.isEmpty() ? base : LabelledExperts.of(own, e -> new float[0]).weights().get(0);
  }
}
