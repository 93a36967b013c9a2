package io.dynadiff.physics.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.physics.cylinder.CylinderSolver;
import io.dynadiff.physics.field.Condition;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Snapshot;
import io.dynadiff.physics.lotkavolterra.LotkaVolterraSolver;
import io.dynadiff.physics.vorticity.ForcedNavierStokes;
import io.dynadiff.physics.vorticity.KolmogorovFlow;
import io.dynadiff.physics.vorticity.VorticityState;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SimulatedSeriesTest {
  private static final ConditionSchedule SHIFT =
      new ConditionSchedule(
          List.of(
              new ConditionSchedule.Change(0, Map.of("amplitude", 0.1, "shift", 0.25)),
              new ConditionSchedule.Change(3, Map.of("shift", 0.75))));

  @Test
  void shouldKeepWhatAChangeDoesNotName() {
    SimulatedSeries<?> series = navierStokes(SHIFT);
    assertThat(series.conditions(2))
        .containsExactly(new Condition("amplitude", 0.1, "1"), new Condition("shift", 0.25, "1"));
    assertThat(series.conditions(3))
        .containsExactly(new Condition("amplitude", 0.1, "1"), new Condition("shift", 0.75, "1"));
  }

  @Test
  void shouldTakeStandardValuesWhereNobodyNamesOne() {
    assertThat(navierStokes(ConditionSchedule.constant(Map.of("shift", 0.5))).conditions(0))
        .containsExactly(new Condition("amplitude", 0.2, "1"), new Condition("shift", 0.5, "1"));
  }

  @Test
  void shouldContinueIdenticallyWhenStartedInTheMiddle() {
    Iterator<Snapshot> whole = navierStokes(SHIFT).snapshots(0);
    for (int i = 0; i < 5; i++) {
      whole.next();
    }
    Snapshot expected = whole.next();
    Snapshot resumed = navierStokes(SHIFT).snapshots(5).next();
    assertThat(resumed.eventTimeMillis()).isEqualTo(expected.eventTimeMillis()).isEqualTo(1125);
    assertThat(resumed.values()).containsExactly(expected.values());
  }

  @Test
  void shouldChangeTheStepAfterTheScheduledFrame() {
    Iterator<Snapshot> shifting = navierStokes(SHIFT).snapshots(0);
    Iterator<Snapshot> constant =
        navierStokes(ConditionSchedule.constant(Map.of("amplitude", 0.1, "shift", 0.25)))
            .snapshots(0);
    for (int i = 0; i <= 3; i++) {
      assertThat(shifting.next().values()).containsExactly(constant.next().values());
    }
    assertThat(shifting.next().values()).isNotEqualTo(constant.next().values());
  }

  @Test
  void shouldGoOnFromTheLastSnapshotWhenAskedForALaterOne() {
    AtomicInteger steps = new AtomicInteger();
    SimulatedSeries<?> series = counting(SHIFT, steps, (done, whole) -> {});
    float[] fourth = series.snapshots(4).next().values();
    assertThat(steps).hasValue(4);
    assertThat(series.snapshots(4).next().values()).containsExactly(fourth);
    float[] fifth = series.snapshots(5).next().values();
    assertThat(steps).hasValue(5);
    assertThat(fifth).containsExactly(navierStokes(SHIFT).snapshots(5).next().values());
    float[] second = series.snapshots(2).next().values();
    assertThat(second).containsExactly(navierStokes(SHIFT).snapshots(2).next().values());
  }

  @Test
  void shouldTellHowFarItIsOnTheWayAndStopWhenTheListenerThrows() {
    List<Double> parts = new ArrayList<>();
    counting(SHIFT, new AtomicInteger(), (done, whole) -> parts.add(done / whole))
        .snapshots(4)
        .next();
    assertThat(parts).hasSize(4).isSorted().endsWith(1.0);
    SimulatedSeries<?> stopped =
        counting(
            SHIFT,
            new AtomicInteger(),
            (done, whole) -> {
              throw new CancellationException("enough");
            });
    assertThatThrownBy(() -> stopped.snapshots(4).next())
        .isInstanceOf(CancellationException.class)
        .hasMessage("enough");
  }

  @Test
  void shouldRefuseToChangeAConditionThatIsFixed() {
    SimulatedSystem<?> cylinder = CylinderSolver.system(0.5, 1);
    ConditionSchedule wider =
        new ConditionSchedule(
            List.of(
                new ConditionSchedule.Change(0, Map.of("radius", 16.0)),
                new ConditionSchedule.Change(9, Map.of("radius", 20.0))));
    assertThatThrownBy(() -> series(cylinder, wider))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("radius cannot change while a feed runs")
        .hasMessageContaining("expected 16.0 as at frame 0, found 20.0 at frame 9");
    ConditionSchedule faster =
        new ConditionSchedule(
            List.of(
                new ConditionSchedule.Change(0, Map.of("reynolds", 200.0)),
                new ConditionSchedule.Change(9, Map.of("radius", 16.0, "reynolds", 300.0))));
    assertThat(series(cylinder, faster).conditions(9))
        .containsExactly(new Condition("radius", 16, "1"), new Condition("reynolds", 300, "1"));
  }

  @Test
  void shouldDescribeItsFields() {
    SimulatedSeries<?> flow =
        series(
            KolmogorovFlow.system(32, 16, 0.01),
            ConditionSchedule.constant(Map.of("reynolds", 60.0)));
    assertThat(flow.shape().channels()).isEqualTo(3);
    assertThat(flow.channels()).extracting("name").containsExactly("w", "u", "v");
    assertThat(flow.grid().originX()).isEqualTo(-Math.PI);
    assertThat(flow.grid().originY() + 16 * flow.grid().spacingY()).isEqualTo(Math.PI);
    SimulatedSeries<?> populations =
        series(LotkaVolterraSolver.system(1e-10), ConditionSchedule.constant(Map.of("beta", 1.0)));
    assertThat(populations.snapshots(0).next().values()).hasSize(2);
    assertThat(populations.shape().size()).isEqualTo(2);
  }

  @Test
  void shouldRefuseBadSchedulesAndConditions() {
    assertThatThrownBy(() -> navierStokes(ConditionSchedule.constant(Map.of("beta", 1.0))))
        .hasMessageContaining("[amplitude, shift]")
        .hasMessageContaining("found beta");
    assertThatThrownBy(() -> ConditionSchedule.constant(Map.of("beta", Double.NaN)))
        .hasMessageContaining("finite beta");
    assertThatThrownBy(() -> ConditionSchedule.constant(Map.of())).hasMessageContaining("with 0");
    assertThatThrownBy(
            () ->
                series(
                    KolmogorovFlow.system(32, 16, 0.01),
                    ConditionSchedule.constant(Map.of("reynolds", -3.0))))
        .hasMessageContaining("found -3.0");
  }

  private static SimulatedSeries<?> navierStokes(ConditionSchedule schedule) {
    return series(ForcedNavierStokes.system(0.001, 16, 16, 0.0125), schedule);
  }

  private static <S> SimulatedSeries<S> series(
      SimulatedSystem<S> system, ConditionSchedule schedule) {
    return new SimulatedSeries<>("a/feed", system, schedule, 1, 1000, 25, 10);
  }

  /** Navier-Stokes whose solvers count the steps from frame to frame. */
  private static SimulatedSeries<?> counting(
      ConditionSchedule schedule, AtomicInteger steps, WayListener listener) {
    SimulatedSystem<VorticityState> system = ForcedNavierStokes.system(0.001, 16, 16, 0.0125);
    SimulatedSystem<VorticityState> counting =
        new SimulatedSystem<>(
            system.name(),
            system.conditions(),
            system.channels(),
            system.grid(),
            system.spinUp(),
            values -> new CountingSolver(system.solvers().under(values), steps));
    return new SimulatedSeries<>("a/feed", counting, schedule, 1, 1000, 25, 10, listener);
  }

  private record CountingSolver(FieldSolver<VorticityState> solver, AtomicInteger steps)
      implements FieldSolver<VorticityState> {

    @Override
    public VorticityState initial(long seed) {
      return solver.initial(seed);
    }

    @Override
    public VorticityState advance(VorticityState state, double duration) {
      steps.incrementAndGet();
      return solver.advance(state, duration);
    }

    @Override
    public float[] frame(VorticityState state) {
      return solver.frame(state);
    }

    @Override
    public FieldShape frameShape() {
      return solver.frameShape();
    }
  }
}
