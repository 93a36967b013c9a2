package io.dynadiff.trainer.pipeline;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.models.bundle.ConditionSpec;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.trainer.data.AdaptationCase;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.RolloutCase;
import io.dynadiff.trainer.data.Symmetries;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.data.Trajectory;
import io.dynadiff.trainer.preset.Preset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrajectoryCheckTest {

  private static final FieldShape SHAPE = new FieldShape(1, 2, 2);
  private static final FieldNormalisation UNIT =
      new FieldNormalisation(new double[1], new double[] {1});

  private static Trajectory trajectory(int frames) {
    return Trajectory.of(SHAPE, Collections.nCopies(frames, new float[SHAPE.size()]), UNIT, 0, 100);
  }

  private static SystemData data(int training, int validation) {
    Trajectory held = trajectory(validation);
    return new SystemData(
        "waves",
        SHAPE,
        100,
        1,
        UNIT,
        List.of(new ConditionSpec("rate", "rad", 0, 1)),
        List.of(
            new EnvironmentData(
                "waves/a",
                new double[] {0},
                List.of(trajectory(training)),
                List.of(held),
                List.of(),
                List.of(
                    new AdaptationCase(held, validation - 1, List.of(new RolloutCase(held, 0)))))),
        List.of(),
        Symmetries.none());
  }

  private final Preset preset =
      Preset.of("lambda-omega", "smoke")
          .with(
              Map.of(
                  "windowLength", "4",
                  "zoo.stopping.patience", "3",
                  "zoo.stopping.furtherLeads", "5",
                  "zoo.training.furtherLeads", "7"));

  @Test
  void shouldAcceptTrajectoriesThatAreJustLongEnough() {
    assertThatCode(() -> TrajectoryCheck.require(data(9, 7), preset)).doesNotThrowAnyException();
  }

  @Test
  void shouldNameEnvironmentAndRolloutsWhenTrainingTrajectoriesAreTooShort() {
    assertThatThrownBy(() -> TrajectoryCheck.require(data(8, 7), preset))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("waves: environment waves/a: expected training trajectories of")
        .hasMessageContaining("at least 9 frames for the preset's rollouts")
        .hasMessageContaining("found 8");
  }

  @Test
  void shouldRefuseWhenExpertsCannotBeJudged() {
    assertThatThrownBy(() -> TrajectoryCheck.require(data(9, 6), preset))
        .hasMessageContaining("expected validation trajectories of at least 7 frames");
  }

  @Test
  void shouldRefuseWhenThereIsNoFullWindow() {
    Preset longer = preset.with("windowLength", "12");
    assertThatThrownBy(() -> TrajectoryCheck.require(data(11, 12), longer))
        .hasMessageContaining("at least 12 frames for the preset's windows");
    assertThatThrownBy(() -> TrajectoryCheck.require(data(12, 11), longer))
        .hasMessageContaining("expected held-out trajectories of at least 12 frames");
  }
}
