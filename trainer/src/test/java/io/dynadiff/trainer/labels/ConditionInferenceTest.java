package io.dynadiff.trainer.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.models.bundle.ConditionSpec;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.prompt.Boundary;
import io.dynadiff.models.prompt.FeatureScaling;
import io.dynadiff.models.prompt.FeatureSpec;
import io.dynadiff.models.prompt.Prompter;
import io.dynadiff.models.prompt.PrompterSpec;
import io.dynadiff.models.prompt.PrompterSpec.Conditioning;
import io.dynadiff.models.prompt.PrompterSpec.Features;
import io.dynadiff.models.prompt.WindowFeatures;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.Symmetries;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.data.Trajectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Waves u + iv that turn at the rate that is to be inferred, around a mean that says nothing. */
@Tag("slow")
class ConditionInferenceTest {

  private static final FieldShape SHAPE = new FieldShape(2, 4, 8);
  private static final FieldNormalisation UNIT =
      new FieldNormalisation(new double[2], new double[] {1, 1});

  private static Trajectory trajectory(double rate, long seed) {
    Random random = new Random(seed);
    double start = 2 * Math.PI * random.nextDouble();
    double amplitude = 0.5 + random.nextDouble();
    List<float[]> frames = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      float[] frame = new float[SHAPE.size()];
      for (int p = 0; p < SHAPE.points(); p++) {
        double angle = 2 * Math.PI * (p % 8) / 8 + start + rate * t;
        frame[p] = (float) (amplitude * Math.cos(angle));
        frame[SHAPE.points() + p] = (float) (amplitude * Math.sin(angle));
      }
      frames.add(frame);
    }
    return Trajectory.of(SHAPE, frames, UNIT, 0, 100);
  }

  private static EnvironmentData environment(double rate, boolean seen) {
    List<Trajectory> trajectories = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      trajectories.add(trajectory(rate, Math.round(1000 * rate) + i));
    }
    return new EnvironmentData(
        "rate-" + rate,
        new double[] {rate},
        seen ? trajectories : List.of(),
        seen ? List.of() : trajectories,
        List.of(),
        List.of());
  }

  @Test
  void shouldTellWhatWindowsSayAndWhatAnUntrainedPrompterDoesNot() {
    List<EnvironmentData> seen = new ArrayList<>();
    List<EnvironmentData> unseen = new ArrayList<>();
    for (int i = 0; i <= 16; i++) {
      (i % 2 == 0 ? seen : unseen).add(environment(0.2 + 0.05 * i, i % 2 == 0));
    }
    SystemData data =
        new SystemData(
            "waves",
            SHAPE,
            100,
            1,
            UNIT,
            List.of(new ConditionSpec("rate", "rad", 0.6, 0.26)),
            seen,
            unseen,
            Symmetries.none());
    FeatureSpec features = new FeatureSpec(SHAPE, Features.INVARIANT, Boundary.PERIODIC);
    PrompterSpec spec = new PrompterSpec(features, 4, 1, Conditioning.PROMPT);
    List<WindowFeatures> windows = new ArrayList<>();
    for (EnvironmentData environment : seen) {
      for (Trajectory trajectory : environment.training()) {
        windows.add(trajectory.windowFeatures(7, 4, features));
      }
    }
    FeatureScaling scaling = FeatureScaling.fit(windows);
    float[] untrained = new Prompter(spec).layout().initialValues(1);
    Map<String, Double> errors =
        new ConditionInference(data, spec, 4, 100, 20).errors(scaling, untrained, 1);
    // the mean 0.6 against rates 0.25, 0.35 .. 0.95
    assertThat(errors.get("waves.unseen.conditions.rate.guess")).isCloseTo(0.229, within(0.001));
    assertThat(errors.get("waves.unseen.conditions.rate.forest-features")).isLessThan(0.07);
    assertThat(errors.get("waves.unseen.conditions.rate.forest-prompt")).isLessThan(0.12);
    assertThat(errors.get("waves.unseen.conditions.rate.prompter")).isGreaterThan(0.1);
  }
}
