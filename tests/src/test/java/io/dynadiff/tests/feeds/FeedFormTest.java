package io.dynadiff.tests.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.models.bundle.Calibration;
import io.dynadiff.models.expert.Coordinates;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.Prediction;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.prompt.Boundary;
import io.dynadiff.models.prompt.FeatureSpec;
import io.dynadiff.models.prompt.PrompterSpec;
import io.dynadiff.physics.environments.SimulatedEnvironments;
import io.dynadiff.physics.environments.SimulatedSystems;
import io.dynadiff.physics.environments.SystemForm;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Snapshot;
import io.dynadiff.physics.simulation.SimulatedSeries;
import io.dynadiff.physics.simulation.SimulatedSystem;
import io.dynadiff.producers.publish.FrameEncoder;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.streams.admit.FrameRules;
import io.dynadiff.streams.admit.Rejection;
import io.dynadiff.streams.admit.RejectionReason;
import io.dynadiff.streams.systems.ServedSystem;
import io.dynadiff.streams.systems.ServedSystems;
import io.dynadiff.trainer.data.DataPlan;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What simulate publishes, what training plans ask for and what is admitted fit each other. */
class FeedFormTest {

  @ParameterizedTest
  @ValueSource(strings = {"lambda-omega", "kolmogorov-flow", "navier-stokes", "cylinder-flow"})
  void shouldAdmitAFeedOfTheFormThatTheBundleLearntFrom(String system) {
    for (String preset : List.of("laptop", "paper")) {
      FrameRules rules = new FrameRules(new ServedSystems(List.of(bundle(system, preset))));
      assertThat(rules.check(system + "/feed", frame(system, preset))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kolmogorov-flow", "navier-stokes", "cylinder-flow"})
  void shouldSayHowToGetTheRightFeedWhenItIsOfAnotherForm(String system) {
    FrameRules rules = new FrameRules(new ServedSystems(List.of(bundle(system, "laptop"))));
    Rejection rejection = rules.check(system + "/feed", frame(system, "standard")).orElseThrow();
    assertThat(rejection.reason()).isEqualTo(RejectionReason.OTHER_FORM);
    assertThat(rejection.detail())
        .contains("(dynadiff simulate " + system + " --form laptop publishes it)")
        .containsPattern(", 64, (64|128)\\] every \\d+ ms$");
  }

  /** A first frame as the command publishes it, but for its values. */
  private static FieldFrame frame(String system, String formName) {
    SystemForm form = SystemForm.of(system, formName);
    try (FieldSeries series = series(SimulatedSystems.shown(form, 1), form.intervalMillis())) {
      float[] zeros = new float[series.shape().size()];
      return new FrameEncoder("run", series).encode(0, new Snapshot(0, zeros));
    }
  }

  private static <S> FieldSeries series(SimulatedSystem<S> system, long intervalMillis) {
    return new SimulatedSeries<>(
        system.name() + "/feed",
        system,
        SimulatedEnvironments.of(system.name()).standardSplit().seen().get(0).schedule(),
        1,
        0,
        intervalMillis,
        1);
  }

  /** A bundle for frames as a preset's training data has them. */
  private static ServedSystem bundle(String system, String preset) {
    DataPlan plan = DataPlan.of(system, preset, 1);
    int columns = system.equals("cylinder-flow") ? 2 * plan.gridPoints() : plan.gridPoints();
    FieldShape shape = new FieldShape(plan.channels().size(), plan.gridPoints(), columns);
    ExpertSpec spec =
        new ExpertSpec(
            "fno",
            shape,
            SimulatedSystems.intervalMillis(system) * plan.intervalMultiple(),
            Prediction.RESIDUAL,
            1,
            Coordinates.NONE,
            0,
            new TreeMap<>(Map.of("hidden", 2, "layers", 1, "modesY", 3, "modesX", 2)));
    double[] ones = new double[shape.channels()];
    Arrays.fill(ones, 1);
    return new ServedSystem(
        system,
        "bundle",
        spec,
        List.of(),
        new FieldNormalisation(new double[shape.channels()], ones),
        new FeatureSpec(shape, PrompterSpec.Features.ALL, Boundary.PERIODIC),
        new float[spec.parameterCount()],
        3,
        2,
        new Calibration(0.1, 0.01, 1),
        List.of(),
        1,
        1);
  }
}
