package io.dynadiff.trainer.rival;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.trainer.data.AdaptationCase;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.RolloutCase;
import io.dynadiff.trainer.data.Symmetries;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.data.Trajectory;
import io.dynadiff.trainer.evaluation.Predictor;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DiurnalClimatologyTest {

  private static final FieldShape SHAPE = new FieldShape(1, 1, 2);
  private static final FieldNormalisation KELVIN =
      new FieldNormalisation(new double[] {280}, new double[] {10});
  private static final long HOUR_MILLIS = 3_600_000;
  private static final long DAY_MILLIS = 24 * HOUR_MILLIS;

  /** Hourly frames whose first point holds 280 + day, whose second the hour of the day. */
  private static Trajectory hours(int first, int count) {
    List<float[]> frames = new ArrayList<>();
    for (int h = first; h < first + count; h++) {
      frames.add(new float[] {280 + h / 24, h % 24});
    }
    return Trajectory.of(SHAPE, frames, KELVIN, first * HOUR_MILLIS, HOUR_MILLIS);
  }

  private static EnvironmentData environment(Trajectory training, Trajectory test) {
    AdaptationCase adaptation = new AdaptationCase(test, 0, List.of(new RolloutCase(test, 2)));
    return new EnvironmentData(
        "tile",
        new double[] {50},
        List.of(training),
        List.of(),
        List.of(test),
        List.of(adaptation));
  }

  private static SystemData data(EnvironmentData environment) {
    return new SystemData(
        "era5",
        SHAPE,
        HOUR_MILLIS,
        2,
        KELVIN,
        List.of(),
        List.of(environment),
        List.of(),
        Symmetries.none());
  }

  @Test
  void shouldForecastTheMeanOfTheSameHourWhateverTheFieldIs() {
    EnvironmentData environment = environment(hours(0, 48), hours(100, 6));
    Predictor predictor =
        new DiurnalClimatology(KELVIN, DAY_MILLIS).adapt(environment, environment.cases().get(0));
    float[][] forecast = predictor.rollout(environment.cases().get(0).rollouts(), 2).get(0);
    // Frame 2 of the test is hour 102, which is 6 o'clock; training shows days 0 and 1.
    assertThat(forecast[0]).containsExactly(new float[] {280.5f, 7}, Offset.offset(1e-3f));
    assertThat(forecast[1]).containsExactly(new float[] {280.5f, 8}, Offset.offset(1e-3f));
  }

  @Test
  void shouldSayWhetherTrainingShowsEveryHourThatIsScored() {
    assertThat(DiurnalClimatology.covers(data(environment(hours(0, 24), hours(40, 6))), DAY_MILLIS))
        .isTrue();
    assertThat(DiurnalClimatology.covers(data(environment(hours(0, 20), hours(40, 6))), DAY_MILLIS))
        .as("40 to 45 are 16 to 21 o'clock")
        .isFalse();
  }
}
