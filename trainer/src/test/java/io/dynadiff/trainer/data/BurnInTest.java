package io.dynadiff.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Coordinates;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.simulation.ConditionKind;
import io.dynadiff.physics.simulation.FieldSolver;
import io.dynadiff.physics.simulation.SimulatedSystem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BurnInTest {

  /** A state remembers under which condition it developed, and for how long. */
  private record Developed(double condition, double time) {}

  private record Solver(double condition) implements FieldSolver<Developed> {
    @Override
    public Developed initial(long seed) {
      return new Developed(Double.NaN, 0);
    }

    @Override
    public Developed advance(Developed state, double duration) {
      return new Developed(condition, state.time() + duration);
    }

    @Override
    public float[] frame(Developed state) {
      return new float[] {(float) state.condition()};
    }

    @Override
    public FieldShape frameShape() {
      return new FieldShape(1, 1, 1);
    }
  }

  private static final SimulatedSystem<Developed> SYSTEM =
      new SimulatedSystem<>(
          "developing",
          List.of(new ConditionKind("a", "1", 0)),
          List.of(new Channel("x", "1")),
          new Grid(1, 1, 0, 0, 1, 1, "1", Coordinates.PLANE, false),
          0,
          values -> new Solver(values[0]));

  private static final List<double[]> ENVIRONMENTS =
      List.of(new double[] {1}, new double[] {2}, new double[] {3}, new double[] {4});

  @Test
  void shouldDevelopStatesUnderEveryOtherAllowedEnvironmentAndNeverUnderTheirOwn() {
    BurnIn<Developed> burnIn =
        new BurnIn<>(SYSTEM, ENVIRONMENTS, (other, own) -> other[0] != 4, 5, 8, frame -> true);
    Set<Double> met = new HashSet<>();
    for (long seed = 0; seed < 100; seed++) {
      Developed state = burnIn.state(seed, new double[] {2});
      met.add(state.condition());
      assertThat(state.time()).isBetween(5.0, 8.0);
      assertThat(burnIn.state(seed, new double[] {2})).isEqualTo(state);
    }
    assertThat(met).containsExactlyInAnyOrder(1.0, 3.0);
  }

  @Test
  void shouldDrawAgainUntilAStateIsAlive() {
    BurnIn<Developed> burnIn =
        new BurnIn<>(SYSTEM, ENVIRONMENTS, (other, own) -> true, 5, 8, frame -> frame[0] > 2.5);
    for (long seed = 0; seed < 20; seed++) {
      assertThat(burnIn.state(seed, new double[] {4}).condition()).isEqualTo(3);
    }
  }

  @Test
  void shouldNameTheSeedWhenNothingLives() {
    BurnIn<Developed> burnIn =
        new BurnIn<>(SYSTEM, ENVIRONMENTS, (other, own) -> true, 5, 8, frame -> false);
    assertThatThrownBy(() -> burnIn.state(12, new double[] {1}))
        .hasMessage("developing: no living state in 100 draws with seed 12");
  }
}
