package io.dynadiff.trainer.expert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.data.SystemDataSource;
import io.dynadiff.trainer.data.Trajectory;
import io.dynadiff.trainer.preset.Preset;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An expert without weights forecasts no change, so its errors are differences of true frames. */
@Tag("slow")
class ExpertErrorsTest {

  private static final double TOLERANCE = 1e-6;

  @TempDir Path work;
  private SystemData data;
  private ExpertSpec spec;
  private List<Trajectory> held;

  @BeforeEach
  void load() throws Exception {
    Preset preset = Preset.of("lambda-omega", "smoke");
    data =
        new SystemDataSource(Path.of("none"))
            .load(
                "lambda-omega",
                preset.data(),
                work,
                new PrintStream(OutputStream.nullOutputStream()));
    spec = preset.expert().spec(data);
    held = data.seen().get(0).validation();
  }

  @Test
  void shouldAverageTheErrorsOfSingleStepsFromEveryFrame() {
    double sum = 0;
    int windows = 0;
    // Windows of 16 frames, each beginning with the last one's end; what is too short for one is
    // left.
    for (Trajectory run : held) {
      for (int last = 15; last < run.length(); last += 15) {
        double window = 0;
        for (int from = last - 15; from < last; from++) {
          window += rmse(run.frames()[from], run.frames()[from + 1]);
        }
        sum += window / 15;
        windows++;
      }
    }
    try (ExpertErrors errors = new ExpertErrors(spec, data)) {
      assertThat(errors.oneStep(List.of(new float[spec.parameterCount()]), held)[0])
          .isCloseTo(sum / windows, within(TOLERANCE));
    }
  }

  @Test
  void shouldAverageTheErrorsOfRolloutsThatFollowOneAnother() {
    int leads = 4;
    double sum = 0;
    int rollouts = 0;
    for (Trajectory run : held) {
      for (int from = 0; from + leads < run.length(); from += leads) {
        double rollout = 0;
        for (int lead = 1; lead <= leads; lead++) {
          rollout += rmse(run.frames()[from], run.frames()[from + lead]);
        }
        sum += rollout / leads;
        rollouts++;
      }
    }
    try (ExpertErrors errors = new ExpertErrors(spec, data)) {
      assertThat(errors.rollouts(List.of(new float[spec.parameterCount()]), held, leads)[0])
          .isCloseTo(sum / rollouts, within(TOLERANCE));
    }
  }

  private static double rmse(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      double difference = one[i] - other[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum / one.length);
  }
}
