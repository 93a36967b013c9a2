package io.dynadiff.trainer.evaluation;

import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.bundle.Calibration;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.forecast.RolloutStart;
import io.dynadiff.models.forecast.StackedForecaster;
import io.dynadiff.models.generation.GeneratedExpert;
import io.dynadiff.models.generation.GenerationRequest;
import io.dynadiff.models.generation.WeightGenerator;
import io.dynadiff.models.metrics.FieldMetrics;
import io.dynadiff.models.prompt.WindowFeatures;
import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.trainer.data.AdaptationCase;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.RolloutCase;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.data.Trajectory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Scores a bundle's generated experts against the base expert and persistence on held-out frames.
 *
 * <p>Windows and rollouts are the environments' own cases. RMSE is on fields scaled by each
 * environment's own minimum and maximum over its test frames, over all leads of a rollout.
 */
public final class Evaluation {

  private final SystemData data;
  private final Bundle bundle;
  private final long seed;

  public Evaluation(SystemData data, Bundle bundle, long seed) {
    this.data = data;
    this.bundle = bundle;
    this.seed = seed;
  }

  /**
   * What was found.
   *
   * @param figures numbers by name
   * @param calibration one-step errors of experts generated for seen environments
   */
  public record Result(Map<String, Double> figures, Calibration calibration) {}

  /** Evaluates seen and unseen environments. */
  public Result run() {
    Map<String, Double> figures = new LinkedHashMap<>();
    List<Double> oneStep = new ArrayList<>();
    try (WeightGenerator generator = new WeightGenerator(bundle);
        StackedForecaster forecaster =
            new StackedForecaster(bundle.expertSpec(), bundle.normalisation())) {
      group("seen", data.seen(), generator, forecaster, figures, oneStep);
      group("unseen", data.unseen(), generator, forecaster, figures, new ArrayList<>());
    }
    double mean = oneStep.stream().mapToDouble(v -> v).average().orElseThrow();
    double variance =
        oneStep.stream().mapToDouble(v -> (v - mean) * (v - mean)).average().orElseThrow();
    return new Result(figures, new Calibration(mean, Math.sqrt(variance), data.changeScale()));
  }

  private void group(
      String name,
      List<EnvironmentData> environments,
      WeightGenerator generator,
      StackedForecaster forecaster,
      Map<String, Double> figures,
      List<Double> oneStep) {
    Map<String, Double> sums = new LinkedHashMap<>();
    int cases = 0;
    for (EnvironmentData environment : environments) {
      for (AdaptationCase adaptation : environment.cases()) {
        score(environment, adaptation, cases++, generator, forecaster, sums, oneStep);
      }
    }
    int count = cases;
    sums.forEach(
        (key, sum) -> {
          double mean = sum / count;
          boolean squared = key.startsWith("conditions.");
          figures.put(data.system() + "." + name + "." + key, squared ? Math.sqrt(mean) : mean);
        });
  }

  private void score(
      EnvironmentData environment,
      AdaptationCase adaptation,
      int index,
      WeightGenerator generator,
      StackedForecaster forecaster,
      Map<String, Double> sums,
      List<Double> oneStep) {
    ObservationWindow window =
        adaptation
            .windowSource()
            .window(adaptation.windowLast(), bundle.windowLength(), bundle.normalisation());
    boolean known = Arrays.stream(environment.conditions()).noneMatch(Double::isNaN);
    GeneratedExpert generated =
        generator
            .generate(
                List.of(
                    new GenerationRequest(
                        environment.id(),
                        window,
                        WindowFeatures.of(window, bundle.normalisation(), bundle.features()),
                        seed + index,
                        Optional.empty(),
                        known ? Optional.of(environment.conditions()) : Optional.empty())))
            .get(0);
    for (int i = 0; known && i < bundle.conditions().size(); i++) {
      double error =
          data.encoding()
              .distance(i, generated.inferredConditions()[i], environment.conditions()[i]);
      sums.merge("conditions." + bundle.conditions().get(i).name(), error * error, Double::sum);
    }
    List<RolloutCase> starts = adaptation.rollouts();
    FieldNormalisation range = range(environment);
    accumulate("base", bundle.baseWeights(), starts, forecaster, range, sums, null);
    accumulate("dynadiff", generated.weights(), starts, forecaster, range, sums, oneStep);
    accumulate("persistence", null, starts, forecaster, range, sums, null);
  }

  /** Adds the mean error of one method over starts and leads; null weights are persistence. */
  private void accumulate(
      String method,
      float[] weights,
      List<RolloutCase> starts,
      StackedForecaster forecaster,
      FieldNormalisation range,
      Map<String, Double> sums,
      List<Double> oneStep) {
    FieldShape shape = data.shape();
    int leads = Math.min(bundle.leadCount(), data.horizon());
    List<float[][]> rollouts = null;
    if (weights != null) {
      rollouts =
          forecaster.rollout(
              starts.stream()
                  .map(
                      s ->
                          new RolloutStart(
                              weights,
                              physical(s.trajectory(), s.start()),
                              s.trajectory().timeMillis(s.start())))
                  .toList(),
              leads);
    }
    double[] perLead = new double[leads];
    double ssim = 0;
    for (int i = 0; i < starts.size(); i++) {
      RolloutCase start = starts.get(i);
      double square = 0;
      for (int lead = 1; lead <= leads; lead++) {
        float[] truth = physical(start.trajectory(), start.start() + lead);
        float[] forecast =
            rollouts == null
                ? physical(start.trajectory(), start.start())
                : rollouts.get(i)[lead - 1];
        double error = FieldMetrics.normalisedRmse(shape, range, forecast, truth);
        perLead[lead - 1] += error / starts.size();
        square += error * error / leads;
        ssim +=
            FieldMetrics.ssim(shape, bundle.normalisation(), forecast, truth)
                / (leads * starts.size());
        if (oneStep != null && lead == 1) {
          oneStep.add(FieldMetrics.normalisedRmse(shape, bundle.normalisation(), forecast, truth));
        }
      }
      sums.merge("rmse." + name(method), Math.sqrt(square) / starts.size(), Double::sum);
    }
    sums.merge("ssim." + name(method), ssim, Double::sum);
    sums.merge("rmse.lead1." + name(method), perLead[0], Double::sum);
    sums.merge("rmse.lead" + leads + "." + name(method), perLead[leads - 1], Double::sum);
  }

  private static String name(String method) {
    return method.equals("base") ? "not-adaptive" : method;
  }

  private float[] physical(Trajectory trajectory, int frame) {
    return bundle.normalisation().denormalise(data.shape(), trajectory.frames()[frame]);
  }

  /** The environment's minimum and range of each channel over its test frames. */
  private FieldNormalisation range(EnvironmentData environment) {
    FieldShape shape = data.shape();
    double[] low = new double[shape.channels()];
    double[] high = new double[shape.channels()];
    Arrays.fill(low, Double.POSITIVE_INFINITY);
    Arrays.fill(high, Double.NEGATIVE_INFINITY);
    for (Trajectory trajectory : environment.test()) {
      for (int t = 0; t < trajectory.length(); t++) {
        float[] field = physical(trajectory, t);
        for (int i = 0; i < field.length; i++) {
          int c = i / shape.points();
          low[c] = Math.min(low[c], field[i]);
          high[c] = Math.max(high[c], field[i]);
        }
      }
    }
    double[] scale = new double[shape.channels()];
    for (int c = 0; c < scale.length; c++) {
      scale[c] = high[c] - low[c];
    }
    return new FieldNormalisation(low, scale);
  }
}
