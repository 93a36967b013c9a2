package io.dynadiff.trainer.rival;

import io.dynadiff.trainer.data.AdaptationCase;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.evaluation.EnvironmentScore;
import io.dynadiff.trainer.evaluation.ExpertPredictor;
import io.dynadiff.trainer.evaluation.Method;
import io.dynadiff.trainer.evaluation.Predictor;
import io.dynadiff.trainer.evaluation.Scoring;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Another method's expert, fine-tuned on the window for a given number of steps. */
public final class FineTuned implements Method {

  /** Learning rates that the best is chosen from. */
  public static final List<Double> LEARNING_RATES = List.of(3e-5, 1e-4, 3e-4, 1e-3, 3e-3);

  /** Enough seen environments to choose a learning rate on. */
  private static final int ENVIRONMENTS_TO_CHOOSE_ON = 6;

  private final String name;
  private final Method start;
  private final WindowFineTuning tuning;
  private final int steps;
  private final double learningRate;

  /**
   * @param start the method whose expert is fine-tuned; must predict with one expert of the
   *     fine-tuning's architecture; closed with this method
   * @param tuning closed with this method
   */
  public FineTuned(
      String name, Method start, WindowFineTuning tuning, int steps, double learningRate) {
    this.name = name;
    this.start = start;
    this.tuning = tuning;
    this.steps = steps;
    this.learningRate = learningRate;
  }

  /**
   * The same with the learning rate that is best on the scored rollouts of a few seen environments;
   * a choice in favour of this method's figures on seen environments.
   */
  public FineTuned withBestLearningRate(SystemData data) {
    Scoring scoring = new Scoring(data);
    FineTuned best = this;
    double least = Double.POSITIVE_INFINITY;
    List<EnvironmentData> environments = spread(data.seen());
    for (double rate : LEARNING_RATES) {
      FineTuned candidate = new FineTuned(name, start, tuning, steps, rate);
      double error =
          environments.stream()
              .map(e -> scoring.score(candidate, e))
              .mapToDouble(EnvironmentScore::rmse)
              .average()
              .orElseThrow();
      if (error < least) {
        least = error;
        best = candidate;
      }
    }
    return best;
  }

  private static List<EnvironmentData> spread(List<EnvironmentData> all) {
    int count = Math.min(ENVIRONMENTS_TO_CHOOSE_ON, all.size());
    return java.util.stream.IntStream.range(0, count)
        .mapToObj(i -> withOneCase(all.get(i * all.size() / count)))
        .toList();
  }

  private static EnvironmentData withOneCase(EnvironmentData environment) {
    return new EnvironmentData(
        environment.id(),
        environment.conditions(),
        environment.training(),
        environment.validation(),
        environment.test(),
        environment.cases().subList(0, 1));
  }

  @Override
  public String name() {
    return name;
  }

  /** Number of updates and the learning rate. */
  @Override
  public SortedMap<String, Double> settings() {
    return new TreeMap<>(Map.of("steps", (double) steps, "learning-rate", learningRate));
  }

  @Override
  public Predictor adapt(EnvironmentData environment, AdaptationCase adaptation) {
    if (!(start.adapt(environment, adaptation) instanceof ExpertPredictor expert)) {
      throw new IllegalStateException(
          name + ": expected " + start.name() + " to predict with one expert, found none");
    }
    long begin = System.nanoTime();
    float[] weights = tuning.tune(expert.weights(), adaptation, steps, learningRate);
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new ExpertPredictor(expert.rollouts(), weights, expert.adaptationSeconds() + seconds);
  }

  @Override
  public void close() {
    tuning.close();
    start.close();
  }
}
