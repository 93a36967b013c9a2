package io.dynadiff.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.models.json.CanonicalJson;
import io.dynadiff.physics.environments.SimulatedEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemDataSourceTest {

  @TempDir Path work;

  private final SystemDataSource source = new SystemDataSource(Path.of("none"));
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private SystemData load(DataPlan plan) {
    said.reset();
    return source.load("lotka-volterra", plan, work, new PrintStream(said));
  }

  @Test
  void shouldFindTheSameDataAgainWithoutSimulating() {
    DataPlan plan = DataPlan.of("lotka-volterra", "smoke", 1);
    SystemData first = load(plan);
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("20/20 trajectories");
    SystemData again = load(plan);
    assertThat(said.size()).isZero();
    assertThat(first.seen()).hasSize(3);
    assertThat(first.unseen()).hasSize(2);
    for (int e = 0; e < 3; e++) {
      EnvironmentData one = first.seen().get(e);
      EnvironmentData other = again.seen().get(e);
      assertThat(other.id()).isEqualTo(one.id());
      assertThat(other.training()).hasSize(2);
      assertThat(other.training().get(1).frames()).isDeepEqualTo(one.training().get(1).frames());
    }
  }

  @Test
  void shouldKeepWhatIsTrainedOnWhenMoreIsScored() {
    DataPlan plan = DataPlan.of("lotka-volterra", "smoke", 1);
    DataPlan more = plan.with("unseen", 4).with("test", 2);
    SystemData few = load(plan);
    SystemData many = load(more);
    assertThat(source.key("lotka-volterra", more)).isEqualTo(source.key("lotka-volterra", plan));
    assertThat(source.key("lotka-volterra", plan.with("training", 3)))
        .isNotEqualTo(source.key("lotka-volterra", plan));
    assertThat(many.unseen()).hasSize(4);
    assertThat(many.seen().get(1).test()).hasSize(2);
    assertThat(many.seen().get(1).test().get(0).frames())
        .isDeepEqualTo(few.seen().get(1).test().get(0).frames());
    assertThat(many.normalisation()).isEqualTo(few.normalisation());
    assertThat(many.conditions()).isEqualTo(few.conditions());
    for (int e = 0; e < 3; e++) {
      assertThat(many.seen().get(e).id()).isEqualTo(few.seen().get(e).id());
      assertThat(many.seen().get(e).training().get(0).frames())
          .isDeepEqualTo(few.seen().get(e).training().get(0).frames());
    }
  }

  @Test
  void shouldScoreEveryWindowOnTestTrajectoriesFromTheirFirstFrame() {
    DataPlan plan =
        DataPlan.of("lotka-volterra", "smoke", 2)
            .with("training", 1)
            .with("validation", 2)
            .with("test", 3);
    for (EnvironmentData environment : load(plan).unseen()) {
      assertThat(environment.cases()).hasSize(2);
      for (AdaptationCase adaptation : environment.cases()) {
        assertThat(environment.validation()).contains(adaptation.windowSource());
        assertThat(adaptation.rollouts().stream().map(RolloutCase::trajectory).toList())
            .isEqualTo(environment.test());
        assertThat(adaptation.rollouts())
            .allMatch(r -> r.start() == 0 && r.leads() == plan.horizon());
      }
    }
  }

  @Test
  void shouldDrawEveryTrajectoryIndependentlyOfTheOthers() {
    SystemData data = load(DataPlan.of("lotka-volterra", "smoke", 3));
    List<Trajectory> all =
        Stream.concat(data.seen().stream(), data.unseen().stream())
            .flatMap(e -> Stream.of(e.training(), e.validation(), e.test()).flatMap(List::stream))
            .toList();
    Set<Float> starts = all.stream().map(t -> t.frames()[0][0]).collect(Collectors.toSet());
    assertThat(starts).hasSameSizeAs(all);
  }

  @Test
  void shouldTellDataOfOtherPlansApart() {
    DataPlan plan = DataPlan.of("navier-stokes", "laptop", 1);
    assertThat(source.key("navier-stokes", plan))
        .isEqualTo(source.key("navier-stokes", DataPlan.of("navier-stokes", "laptop", 1)))
        .isNotEqualTo(source.key("navier-stokes", plan.with("seen", 12).with("unseen", 20)))
        .isNotEqualTo(source.key("navier-stokes", DataPlan.of("navier-stokes", "laptop", 2)));
  }

  @Test
  void shouldLeaveOutUnseenEnvironmentsThatAreSeenUnderAnotherName() {
    DataPlan plan = DataPlan.of("navier-stokes", "laptop", 1).with("seen", 24).with("unseen", 97);
    PlannedTrajectories planned =
        new PlannedTrajectories(plan, SimulationRecipes.of("navier-stokes", plan));
    List<String> unseen = planned.unseen().stream().map(SimulatedEnvironment::id).toList();
    // Seen is amplitude 0.12 at shift 1, which is the same force as at shift 0.
    assertThat(planned.seen().stream().map(SimulatedEnvironment::id))
        .contains("navier-stokes/amplitude-0.12-shift-1.0");
    assertThat(unseen)
        .doesNotContain("navier-stokes/amplitude-0.12-shift-0.0")
        .contains("navier-stokes/amplitude-0.12-shift-0.1");
  }

  @Test
  void shouldSeparateHighFromLowConditionsInABiasedSplit() {
    DataPlan plan =
        DataPlan.of("kolmogorov-flow", "laptop", 1)
            .with("unseen", 10)
            .with("split", DataPlan.Split.BIASED)
            .with("splitSeed", 4);
    PlannedTrajectories planned =
        new PlannedTrajectories(plan, SimulationRecipes.of("kolmogorov-flow", plan));
    assertThat(planned.seen()).hasSize(12).allMatch(e -> e.conditions().get("reynolds") >= 150);
    assertThat(planned.unseen()).hasSize(10).allMatch(e -> e.conditions().get("reynolds") < 150);
  }

  @Test
  void shouldLeaveOutCylinderFlowsThatTheLatticeDoesNotResolve() {
    DataPlan plan = DataPlan.of("cylinder-flow", "laptop", 1).with("seen", 96).with("unseen", 400);
    PlannedTrajectories planned =
        new PlannedTrajectories(plan, SimulationRecipes.of("cylinder-flow", plan));
    List<SimulatedEnvironment> kept =
        Stream.concat(planned.seen().stream(), planned.unseen().stream()).toList();
    assertThat(kept)
        .allMatch(e -> e.conditions().get("reynolds") <= 27 * e.conditions().get("radius"))
        .extracting(SimulatedEnvironment::id)
        .contains("cylinder-flow/radius-10-reynolds-270")
        .doesNotContain("cylinder-flow/radius-10-reynolds-280");
    assertThat(planned.sources()).hasSizeGreaterThan(kept.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lambda-omega",
        "kolmogorov-flow",
        "navier-stokes",
        "cylinder-flow",
        "lotka-volterra",
        "era5-uk"
      })
  void shouldHaveAPlanForEveryPresetThatSurvivesJson(String system) {
    for (String preset : List.of("laptop", "smoke", "paper")) {
      DataPlan plan = DataPlan.of(system, preset, 5);
      assertThat(CanonicalJson.read(CanonicalJson.write(plan), DataPlan.class, "plan"))
          .isEqualTo(plan);
    }
  }

  @Test
  void shouldSayWhichChannelsThereAre() {
    assertThatThrownBy(
            () ->
                SimulationRecipes.of("lambda-omega", DataPlan.of("lambda-omega", "smoke", 1))
                    .prepared(List.of("w")))
        .hasMessage("lambda-omega channels: expected some of [u, v], found w");
  }
}
