package io.dynadiff.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.physics.environments.SimulatedEnvironments;
import io.dynadiff.physics.environments.SimulatedSystems;
import io.dynadiff.physics.environments.SystemForm;
import io.dynadiff.physics.simulation.FieldSolver;
import io.dynadiff.physics.simulation.SimulatedSystem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Feeds look like what was learnt from, but for the states that they begin with. */
class SharedFormTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lambda-omega",
        "kolmogorov-flow",
        "navier-stokes",
        "cylinder-flow",
        "lotka-volterra"
      })
  void shouldSolveFeedsFrameForFrameLikeTrainingData(String name) {
    DataPlan plan = DataPlan.of(name, "laptop", 1);
    SystemForm form = SystemForm.of(name, SystemForm.LAPTOP);
    assertThat(SimulatedSystems.intervalMillis(name) * plan.intervalMultiple())
        .isEqualTo(form.intervalMillis());
    requireAlike(
        SimulationRecipes.of(name, plan).prepared(plan.channels()),
        SimulatedSystems.shown(form, 2),
        form.intervalMillis() / 1000.0);
  }

  private static <S, T> void requireAlike(
      SimulatedSystem<S> learnt, SimulatedSystem<T> fed, double interval) {
    assertThat(learnt.channels()).isEqualTo(fed.channels());
    assertThat(learnt.grid()).isEqualTo(fed.grid());
    double[] conditions =
        SimulatedEnvironments.of(fed.name()).standardSplit().seen().stream()
            .filter(e -> e.conditions().getOrDefault("radius", 25.0) >= 20)
            .map(e -> fed.conditionNames().stream().mapToDouble(e.conditions()::get).toArray())
            .findFirst()
            .orElseThrow();
    FieldSolver<T> feed = fed.solvers().under(conditions);
    // States of one system at one resolution fit every solver of it.
    @SuppressWarnings("unchecked")
    FieldSolver<T> data = (FieldSolver<T>) learnt.solvers().under(conditions);
    T state = feed.initial(11);
    for (int frame = 0; frame < 2; frame++) {
      assertThat(data.frame(state)).containsExactly(feed.frame(state));
      T next = feed.advance(state, interval);
      assertThat(data.frame(data.advance(state, interval))).containsExactly(feed.frame(next));
      state = next;
    }
  }
}
