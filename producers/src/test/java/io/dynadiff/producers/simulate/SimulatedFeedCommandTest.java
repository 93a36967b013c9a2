package io.dynadiff.producers.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Condition;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Snapshot;
import io.dynadiff.physics.simulation.ConditionSchedule;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SimulatedFeedCommandTest {

  @Test
  void shouldReadSeveralConditionsOfOneFrame() {
    assertThat(ScheduleText.parse(" 0: a = 1 :b=-2.5, 7 :b=3", List.of("a", "b")))
        .isEqualTo(
            new ConditionSchedule(
                List.of(
                    new ConditionSchedule.Change(0, Map.of("a", 1.0, "b", -2.5)),
                    new ConditionSchedule.Change(7, Map.of("b", 3.0)))));
  }

  @Test
  void shouldPublishPreyAndPredatorsOnASchedule() {
    try (FieldSeries series =
        only(
            new SimulateLotkaVolterraCommand(),
            "--schedule",
            "0:beta=0.5:delta=0.6,2:delta=1",
            "--frames",
            "5")) {
      assertThat(series.system()).isEqualTo("lotka-volterra");
      assertThat(series.environmentId()).isEqualTo("lotka-volterra/feed");
      assertThat(series.length()).isEqualTo(5);
      assertThat(series.intervalMillis()).isEqualTo(100);
      assertThat(series.conditions(2))
          .containsExactly(new Condition("beta", 0.5, "1"), new Condition("delta", 1, "1"));
      Iterator<Snapshot> snapshots = series.snapshots(0);
      float[] first = snapshots.next().values();
      assertThat(first).hasSize(2);
      assertThat(snapshots.next().values()).isNotEqualTo(first);
    }
  }

  @Test
  void shouldPublishAForcedFlowAtTheViscosityAsked() {
    String[] paper = {"--form", "paper"};
    try (FieldSeries thick = only(new SimulateNavierStokesCommand(), paper);
        FieldSeries thin =
            only(new SimulateNavierStokesCommand(), "--form", "paper", "--viscosity", "0.001")) {
      assertThat(thick.shape().size()).isEqualTo(3 * 64 * 64);
      assertThat(thick.snapshots(0).next().values())
          .containsExactly(thin.snapshots(0).next().values());
      assertThat(thick.snapshots(1).next().values())
          .isNotEqualTo(thin.snapshots(1).next().values());
    }
  }

  @Test
  void shouldDescribeEverySystemWithoutAnyOption() {
    try (FieldSeries flow = only(new SimulateKolmogorovFlowCommand());
        FieldSeries spirals = only(new SimulateLambdaOmegaCommand(), "--environment", "here")) {
      assertThat(flow.environmentId()).isEqualTo("kolmogorov-flow/feed");
      assertThat(flow.conditions(0)).containsExactly(new Condition("reynolds", 100, "1"));
      assertThat(flow.shape()).isEqualTo(new FieldShape(1, 32, 32));
      assertThat(flow.length()).isEqualTo(Long.MAX_VALUE);
      assertThat(spirals.environmentId()).isEqualTo("here");
      assertThat(spirals.conditions(0)).containsExactly(new Condition("beta", 1.1, "1"));
      assertThat(spirals.intervalMillis()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "laptop, w, 32, 300",
    "paper, w u v, 64, 25",
    "standard, w u v, 64, 25",
  })
  void shouldPublishFramesOfTheFormAsked(String form, String channels, int points, long interval) {
    try (FieldSeries series = only(new SimulateNavierStokesCommand(), "--form", form)) {
      assertThat(series.channels().stream().map(Channel::name))
          .containsExactly(channels.split(" "));
      assertThat(series.shape().height()).isEqualTo(points);
      assertThat(series.intervalMillis()).isEqualTo(interval);
    }
  }

  @Test
  void shouldTakeTheCylindersConditionsFromOptionsAndSchedule() {
    try (FieldSeries plain = only(new SimulateCylinderFlowCommand());
        FieldSeries options =
            only(new SimulateCylinderFlowCommand(), "--radius", "20", "--reynolds", "250.5");
        FieldSeries both =
            only(
                new SimulateCylinderFlowCommand(),
                "--radius",
                "20",
                "--schedule",
                "0:reynolds=200,9:reynolds=400",
                "--lattice-scale",
                "0.75")) {
      assertThat(plain.system()).isEqualTo("cylinder-flow");
      assertThat(plain.environmentId()).isEqualTo("cylinder-flow/feed");
      assertThat(plain.shape()).isEqualTo(new FieldShape(2, 32, 64));
      assertThat(plain.intervalMillis()).isEqualTo(400);
      assertThat(plain.conditions(0)).isEqualTo(radiusAndReynolds(16, 300));
      assertThat(options.conditions(0)).isEqualTo(radiusAndReynolds(20, 250.5));
      assertThat(both.conditions(8)).isEqualTo(radiusAndReynolds(20, 200));
      assertThat(both.conditions(9)).isEqualTo(radiusAndReynolds(20, 400));
      assertThat(both.grid()).isEqualTo(plain.grid());
    }
  }

  @Test
  void shouldGiveUpTheSpinUpWhenStopped() {
    SimulateCylinderFlowCommand command = new SimulateCylinderFlowCommand();
    new CommandLine(command)
        .parseArgs("--lattice-scale", "0.25", "--reynolds", "100", "--threads", "1");
    try (FieldSeries series = command.open().fields().get(0)) {
      command.stop();
      assertThatThrownBy(() -> series.snapshots(0).next())
          .isInstanceOf(CancellationException.class)
          .hasMessageContaining("before the first frame");
    }
  }

  private static List<Condition> radiusAndReynolds(double radius, double reynolds) {
    return List.of(new Condition("radius", radius, "1"), new Condition("reynolds", reynolds, "1"));
  }

  private static FieldSeries only(SimulatedFeedCommand command, String... options) {
    new CommandLine(command).parseArgs(options);
    return command.open().fields().get(0);
  }
}
