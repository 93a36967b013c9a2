package io.dynadiff.physics.environments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.physics.simulation.SimulatedSeries;
import io.dynadiff.physics.simulation.SimulatedSystem;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedEnvironmentsTest {

  @ParameterizedTest
  @CsvSource({
    "lambda-omega, 51, 12, 39",
    "kolmogorov-flow, 51, 12, 39",
    "navier-stokes, 121, 24, 97",
    "lotka-volterra, 121, 24, 97",
    "cylinder-flow, 496, 96, 400"
  })
  void shouldHaveTheCountsOfThePapers(String system, int all, int seen, int unseen) {
    SimulatedEnvironments environments = SimulatedEnvironments.of(system);
    EnvironmentSplit split = environments.standardSplit();
    assertThat(environments.all()).hasSize(all);
    assertThat(new HashSet<>(environments.all())).hasSize(all);
    assertThat(environments.all().stream().map(SimulatedEnvironment::id).distinct()).hasSize(all);
    assertThat(split.seen()).hasSize(seen);
    assertThat(split.unseen()).hasSize(unseen).doesNotContainAnyElementsOf(split.seen());
  }

  @Test
  void shouldNameEnvironmentsByTheirConditions() {
    List<SimulatedEnvironment> flow = SimulatedEnvironments.of("kolmogorov-flow").all();
    assertThat(flow.get(0).id()).isEqualTo("kolmogorov-flow/reynolds-50");
    assertThat(flow.get(50).conditions()).isEqualTo(Map.of("reynolds", 250.0));
    List<SimulatedEnvironment> forced = SimulatedEnvironments.of("navier-stokes").all();
    assertThat(forced.get(12))
        .isEqualTo(
            new SimulatedEnvironment(
                "navier-stokes/amplitude-0.12-shift-0.1", Map.of("amplitude", 0.12, "shift", 0.1)));
    assertThat(forced.get(120).conditions()).isEqualTo(Map.of("amplitude", 0.3, "shift", 1.0));
    List<SimulatedEnvironment> prey = SimulatedEnvironments.of("lotka-volterra").all();
    assertThat(prey.get(120).conditions()).isEqualTo(Map.of("beta", 1.0, "delta", 1.0));
    List<SimulatedEnvironment> cylinder = SimulatedEnvironments.of("cylinder-flow").all();
    assertThat(cylinder.get(32).conditions()).isEqualTo(Map.of("radius", 11.0, "reynolds", 210.0));
    assertThat(SimulatedEnvironments.of("lambda-omega").all().get(10).id())
        .isEqualTo("lambda-omega/beta-1.10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lambda-omega", "kolmogorov-flow", "navier-stokes", "lotka-volterra"})
  void shouldHoldTheSplitThatItsSeedDraws(String system) {
    EnvironmentProperties p = new EnvironmentProperties(system + ".properties");
    int[] seen = p.integers("seen");
    int all = SimulatedEnvironments.of(system).all().size();
    assertThat(SeededSplit.positions(p.integer("split-seed"), all, seen.length))
        .containsExactly(seen);
  }

  @Test
  void shouldHoldThePublishedSplitOfTheCylinder() {
    EnvironmentProperties p = new EnvironmentProperties("cylinder-flow.properties");
    int[] expected = new LegacyPermutation(p.integer("split-seed")).of(496);
    assertThat(p.integers("seen"))
        .containsExactly(Arrays.stream(expected).limit(96).sorted().toArray());
  }

  @Test
  void shouldAgreeWithTheEnvironmentsOfLambdaOmega() {
    EnvironmentSplit split = SimulatedEnvironments.of("lambda-omega").standardSplit();
    assertThat(split.seen())
        .extracting(SimulatedEnvironment::id)
        .containsExactlyElementsOf(
            LambdaOmegaEnvironments.standard().seen().stream()
                .map(LambdaOmegaEnvironment::id)
                .toList());
  }

  @Test
  void shouldDrawNestedSplitsOfAnyNumber() {
    SimulatedEnvironments environments = SimulatedEnvironments.of("navier-stokes");
    EnvironmentSplit few = environments.randomSplit(3, 5);
    EnvironmentSplit many = environments.randomSplit(3, 60);
    assertThat(few.seen()).hasSize(5);
    assertThat(few.unseen()).hasSize(116);
    assertThat(many.seen()).hasSize(60).containsAll(few.seen());
    assertThat(environments.randomSplit(4, 5)).isNotEqualTo(few);
    assertThatThrownBy(() -> environments.randomSplit(3, 122))
        .hasMessageContaining("1 to 121")
        .hasMessageContaining("122");
  }

  @ParameterizedTest
  @CsvSource({
    "cylinder-flow, 128, 120",
    "navier-stokes, 36, 25",
    "lotka-volterra, 36, 25",
    "kolmogorov-flow, 26, 25",
    "lambda-omega, 26, 25"
  })
  void shouldSeeHighConditionsOnlyWhenBiased(String system, int high, int low) {
    SimulatedEnvironments environments = SimulatedEnvironments.of(system);
    assertThat(environments.biasedCount()).isEqualTo(high);
    EnvironmentSplit split = environments.biasedSplit(1, 10);
    assertThat(split.seen()).hasSize(10);
    assertThat(split.unseen()).hasSize(low);
    for (String condition : split.seen().get(0).conditions().keySet()) {
      double lowestSeen =
          split.seen().stream().mapToDouble(e -> e.conditions().get(condition)).min().orElseThrow();
      double highestUnseen =
          split.unseen().stream()
              .mapToDouble(e -> e.conditions().get(condition))
              .max()
              .orElseThrow();
      assertThat(highestUnseen).isLessThan(lowestSeen);
    }
  }

  @Test
  void shouldFitTheSystemsThatCanBeSimulated() {
    Stream.of(
            SimulatedSystems.lambdaOmega(),
            SimulatedSystems.kolmogorovFlow(),
            SimulatedSystems.navierStokes(),
            SimulatedSystems.cylinderFlow(),
            SimulatedSystems.lotkaVolterra())
        .forEach(SimulatedEnvironmentsTest::requireFit);
  }

  private static <S> void requireFit(SimulatedSystem<S> system) {
    for (SimulatedEnvironment environment :
        List.of(
            SimulatedEnvironments.of(system.name()).all().get(0),
            SimulatedEnvironments.of(system.name()).standardSplit().unseen().get(30))) {
      SimulatedSeries<S> series =
          new SimulatedSeries<>(
              environment.id(),
              system,
              environment.schedule(),
              1,
              0,
              SimulatedSystems.intervalMillis(system.name()),
              2);
      assertThat(series.conditions(0).get(0).value())
          .isEqualTo(environment.conditions().get(system.conditionNames().get(0)));
    }
  }
}
