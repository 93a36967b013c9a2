package io.dynadiff.models.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.bundle.ConditionEncoding;
import io.dynadiff.models.candidates.ConditionSearch;
import io.dynadiff.models.forecast.RolloutStart;
import io.dynadiff.models.forecast.StackedForecaster;
import io.dynadiff.models.metrics.FieldMetrics;
import io.dynadiff.models.prompt.WindowFeatures;
import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.physics.environments.Era5Environments;
import io.dynadiff.physics.environments.LambdaOmegaEnvironments;
import io.dynadiff.physics.environments.SimulatedEnvironments;
import io.dynadiff.physics.environments.SimulatedSystems;
import io.dynadiff.physics.environments.SystemForm;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSolver;
import io.dynadiff.physics.lambdaomega.LambdaOmegaState;
import io.dynadiff.physics.recorded.RecordedFields;
import io.dynadiff.physics.simulation.ConditionSchedule;
import io.dynadiff.physics.simulation.SimulatedSeries;
import io.dynadiff.physics.simulation.SimulatedSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Holds the shipped bundles to what they are shipped for: features, weight order and networks of
 * the code must still be those that they were trained with.
 */
class ShippedBundlesTest {

  private static final Path BUNDLES = Path.of("..", "bundles");

  @Test
  void shouldWriteAnExpertForAnUnseenBetaThatForecastsFarBetterThanTheBase() throws Exception {
    Bundle bundle = Bundle.open(BUNDLES.resolve("lambda-omega"));
    LambdaOmegaEnvironments environments = LambdaOmegaEnvironments.standard();
    double beta = 1.4;
    assertThat(environments.seen()).noneMatch(e -> e.beta() == beta);
    LambdaOmegaSolver solver = new LambdaOmegaSolver(environments.parameters().withBeta(beta));
    LambdaOmegaState state = solver.advance(solver.initial(20260101), 12);
    List<float[]> frames = new ArrayList<>();
    for (int t = 0; t < 31; t++) {
      frames.add(solver.frame(state));
      state = solver.advance(state, environments.intervalTime());
    }
    ObservationWindow window = window(bundle, frames.subList(0, 10), 0);
    ObservationWindow after = window(bundle, frames.subList(10, 31), 2000);
    try (WeightGenerator generator = new WeightGenerator(bundle);
        StackedForecaster forecaster =
            new StackedForecaster(bundle.expertSpec(), bundle.normalisation())) {
      GeneratedExpert expert = generator.generate(List.of(request(bundle, window))).get(0);
      assertThat(expert.inferredConditions()[0]).isCloseTo(beta, within(0.05));
      double[] scores =
          forecaster.windowScores(List.of(bundle.baseWeights(), expert.weights()), after);
      assertThat(scores[1]).isLessThan(0.7 * scores[0]);
    }
  }

  @Test
  void shouldFindTheBetaThatTheWindowCameFromWhenThePrompterIsWrong() throws Exception {
    Bundle bundle = Bundle.open(BUNDLES.resolve("lambda-omega"));
    double beta = 1.4;
    LambdaOmegaEnvironments environments = LambdaOmegaEnvironments.standard();
    LambdaOmegaSolver solver = new LambdaOmegaSolver(environments.parameters().withBeta(beta));
    LambdaOmegaState state = solver.advance(solver.initial(20260102), 12);
    List<float[]> frames = new ArrayList<>();
    for (int t = 0; t < 10; t++) {
      frames.add(solver.frame(state));
      state = solver.advance(state, environments.intervalTime());
    }
    ConditionEncoding encoding = new ConditionEncoding(bundle.conditions());
    try (NDManager manager = NDManager.newBaseManager();
        StackedForecaster forecaster =
            new StackedForecaster(bundle.expertSpec(), bundle.normalisation())) {
      LatentDecoder decoder = new LatentDecoder(bundle.manifest(), bundle.generator(), manager);
      ConditionRefinement refinement =
          new ConditionRefinement(
              new ConditionSearch(4, 8, 0.5),
              4,
              new RegressedMean(bundle.manifest(), bundle.generator(), decoder, manager),
              decoder,
              forecaster);
      float[] wrong = encoding.encode(new double[] {beta - 0.1});
      float[] refined = refinement.refine(wrong, window(bundle, frames, 0), 1, manager);
      assertThat(encoding.decode(refined)[0]).isCloseTo(beta, within(0.02));
      assertThat(refinement.refine(wrong, window(bundle, frames, 0), 1, manager))
          .isEqualTo(refined);
    }
  }

  /**
   * The share is of the base's error over the rollouts that candidates are scored by; each bundle's
   * evaluation has better than it.
   */
  @ParameterizedTest
  @CsvSource({
    "navier-stokes, amplitude=0.16 shift=0.3, 0.8",
    "kolmogorov-flow, reynolds=102, 0.9",
  })
  void shouldWriteAnExpertOfAnUnseenFlowThatForecastsBetterThanTheBase(
      String system, String conditions, double share) throws Exception {
    SystemForm form = SystemForm.of(system, SystemForm.LAPTOP);
    Map<String, Double> values = new TreeMap<>();
    for (String condition : conditions.split(" ")) {
      values.put(condition.split("=")[0], Double.valueOf(condition.split("=")[1]));
    }
    assertThat(SimulatedEnvironments.of(system).standardSplit().seen())
        .noneMatch(e -> e.conditions().equals(values));

    double[] scores = scores(form, SimulatedSystems.shown(form, 1), values);

    assertThat(scores[1]).isLessThan(share * scores[0]);
  }

  /** Errors of the base and of the expert for a feed's first ten frames, on the next. */
  private static <S> double[] scores(
      SystemForm form, SimulatedSystem<S> system, Map<String, Double> conditions) throws Exception {
    Bundle bundle = Bundle.open(BUNDLES.resolve(system.name()));
    List<float[]> frames = new ArrayList<>();
    new SimulatedSeries<>(
            "unseen",
            system,
            ConditionSchedule.constant(conditions),
            20260103,
            0,
            form.intervalMillis(),
            31)
        .snapshots(0)
        .forEachRemaining(s -> frames.add(s.values()));
    ObservationWindow after = window(bundle, frames.subList(10, 31), 10 * form.intervalMillis());
    try (WeightGenerator generator = new WeightGenerator(bundle);
        StackedForecaster forecaster =
            new StackedForecaster(bundle.expertSpec(), bundle.normalisation())) {
      GeneratedExpert expert =
          generator
              .generate(List.of(request(bundle, window(bundle, frames.subList(0, 10), 0))))
              .get(0);
      return forecaster.windowScores(
          List.of(bundle.baseWeights(), expert.weights()),
          after,
          bundle.manifest().candidates().scoreSteps());
    }
  }

  @Test
  void shouldForecastUnseenTilesAndDaysBetterThanPersistence() throws Exception {
    Bundle bundle = Bundle.open(BUNDLES.resolve("era5-uk"));
    Era5Environments environments = Era5Environments.standard();
    List<float[]> frames = new ArrayList<>();
    long[] start = new long[1];
    try (RecordedFields recording =
        RecordedFields.open(Path.of("..", "data", "era5-2mt-2019-03-uk-cds.nc"))) {
      var series =
          environments.heldOut(
              recording.variable(environments.variable()), environments.unseen().get(0));
      start[0] = series.snapshots(0).next().eventTimeMillis();
      series.snapshots(0).forEachRemaining(s -> frames.add(s.values()));
    }
    ObservationWindow window = window(bundle, frames.subList(0, 10), start[0]);
    int leads = bundle.leadCount();
    double forecastError = 0;
    double persistenceError = 0;
    try (WeightGenerator generator = new WeightGenerator(bundle);
        StackedForecaster forecaster =
            new StackedForecaster(bundle.expertSpec(), bundle.normalisation())) {
      float[] weights = generator.generate(List.of(request(bundle, window))).get(0).weights();
      List<RolloutStart> starts = new ArrayList<>();
      for (int t = 10; t + leads < frames.size(); t += 5) {
        starts.add(
            new RolloutStart(weights, frames.get(t), start[0] + t * bundle.intervalMillis()));
      }
      List<float[][]> rollouts = forecaster.rollout(starts, leads);
      for (int i = 0; i < starts.size(); i++) {
        float[] truth = frames.get(10 + 5 * i + leads);
        forecastError += error(bundle, rollouts.get(i)[leads - 1], truth);
        persistenceError += error(bundle, starts.get(i).frame(), truth);
      }
    }
    assertThat(forecastError).isLessThan(0.9 * persistenceError);
  }

  private static double error(Bundle bundle, float[] forecast, float[] truth) {
    return FieldMetrics.normalisedRmse(
        bundle.expertSpec().fieldShape(), bundle.normalisation(), forecast, truth);
  }

  private static GenerationRequest request(Bundle bundle, ObservationWindow window) {
    return new GenerationRequest(
        "unseen", window, WindowFeatures.of(window, bundle.normalisation(), bundle.features()), 1);
  }

  private static ObservationWindow window(Bundle bundle, List<float[]> frames, long start) {
    long[] times = new long[frames.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = start + i * bundle.intervalMillis();
    }
    return new ObservationWindow(bundle.expertSpec().fieldShape(), frames, times);
  }
}
