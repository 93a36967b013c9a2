package io.dynadiff.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.models.bundle.ConditionSpec;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.trainer.data.AdaptationCase;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.RolloutCase;
import io.dynadiff.trainer.data.Symmetries;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.data.Trajectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoringTest {

  private static final FieldShape SHAPE = new FieldShape(1, 16, 16);
  private static final FieldNormalisation KELVIN =
      new FieldNormalisation(new double[] {280}, new double[] {5});
  private static final int HORIZON = 25;

  private static Trajectory noise(int frames, long seed) {
    Random random = new Random(seed);
    List<float[]> fields = new ArrayList<>();
    for (int t = 0; t < frames; t++) {
      float[] field = new float[SHAPE.size()];
      for (int i = 0; i < field.length; i++) {
        field[i] = 280 + 10 * (random.nextFloat() - 0.5f);
      }
      fields.add(field);
    }
    return Trajectory.of(SHAPE, fields, KELVIN, 0, 1000);
  }

  private static EnvironmentData environment(List<Trajectory> training) {
    Trajectory test = noise(HORIZON + 1, 1);
    return new EnvironmentData(
        "a",
        new double[] {1},
        training,
        List.of(),
        List.of(test),
        List.of(new AdaptationCase(noise(5, 2), 4, List.of(new RolloutCase(test, 0)))));
  }

  private static SystemData data(EnvironmentData environment) {
    return new SystemData(
        "noise",
        SHAPE,
        1000,
        HORIZON,
        KELVIN,
        List.of(new ConditionSpec("beta", "1", 0, 1)),
        List.of(environment),
        List.of(),
        Symmetries.none());
  }

  /** What a forecast makes of the truth at a lead. */
  private interface Distortion {
    float[] apply(float[] truth, int lead);
  }

  private static EnvironmentScore score(Distortion distortion) {
    EnvironmentData environment = environment(List.of(noise(40, 3)));
    Method method =
        new Method() {
          @Override
          public String name() {
            return "distorted-truth";
          }

          @Override
          public Predictor adapt(EnvironmentData e, AdaptationCase a) {
            return new Predictor() {
              @Override
              public List<float[][]> rollout(List<RolloutCase> starts, int leads) {
                List<float[][]> forecasts = new ArrayList<>();
                for (RolloutCase start : starts) {
                  float[][] forecast = new float[leads][];
                  for (int lead = 1; lead <= leads; lead++) {
                    float[] truth =
                        KELVIN.denormalise(
                            SHAPE, start.trajectory().frames()[start.start() + lead]);
                    forecast[lead - 1] = distortion.apply(truth, lead);
                  }
                  forecasts.add(forecast);
                }
                return forecasts;
              }

              @Override
              public double adaptationSeconds() {
                return 0.25;
              }
            };
          }
        };
    return new Scoring(data(environment)).score(method, environment);
  }

  private static float[] shifted(float[] truth, float by) {
    float[] field = truth.clone();
    for (int i = 0; i < field.length; i++) {
      field[i] += by;
    }
    return field;
  }

  @Test
  void shouldStopCountingAtTheHorizonWhenEveryStepIsGood() {
    EnvironmentScore score = score((truth, lead) -> truth);

    assertThat(score.rmse()).isCloseTo(0, within(1e-6));
    assertThat(score.ssim()).isCloseTo(1, within(1e-6));
    assertThat(score.ssimLength()).isEqualTo(HORIZON);
    assertThat(score.diverged()).isZero();
    assertThat(score.adaptationSeconds()).isEqualTo(0.25);
  }

  @Test
  void shouldCountOnlyLeadingStepsWhenAForecastRecovers() {
    EnvironmentScore score = score((truth, lead) -> lead == 4 ? shifted(truth, 30) : truth);

    assertThat(score.ssimLength()).isEqualTo(3);
  }

  /** Ten kelvin of uniform noise: the range over 40 frames is 10 within a thousandth. */
  @Test
  void shouldScaleByTheTrainingRangeWhenFieldsHaveUnits() {
    EnvironmentScore score = score((truth, lead) -> shifted(truth, lead <= 20 ? 1 : 2));

    assertThat(score.rmseFirst()).isCloseTo(0.1, within(1e-3));
    assertThat(score.rmse20()).isCloseTo(0.1, within(1e-3));
    assertThat(score.rmse()).isCloseTo(Math.sqrt((20 + 5 * 4) / 25.0) / 10, within(1e-3));
    assertThat(score.rmsePerLead()).hasSize(HORIZON);
    assertThat(score.rmsePerLead()[20]).isCloseTo(0.2, within(1e-3));
  }

  @Test
  void shouldCountAsTheWholeRangeWhenAForecastDiverges() {
    EnvironmentScore score =
        score((truth, lead) -> shifted(truth, lead == 1 ? 0 : lead == 2 ? Float.NaN : 1e9f));

    assertThat(score.diverged()).isCloseTo(24 / 25.0, within(1e-12));
    assertThat(score.rmse()).isCloseTo(Math.sqrt(24 / 25.0), within(1e-6));
    assertThat(score.ssimLength()).isEqualTo(1);
  }

  @Test
  void shouldSayWhatIsMissingWhenThereIsNoTrainingFrame() {
    EnvironmentData environment = environment(List.of());

    assertThatThrownBy(() -> new Scoring(data(environment)).range(environment))
        .hasMessageContaining("a: expected training frames in which channel 0 changes");
  }
}
