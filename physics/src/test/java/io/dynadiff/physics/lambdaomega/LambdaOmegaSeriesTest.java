package io.dynadiff.physics.lambdaomega;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.physics.field.Snapshot;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class LambdaOmegaSeriesTest {
  private static final BetaSchedule SHIFT =
      new BetaSchedule(List.of(new BetaSchedule.Change(0, 1.1), new BetaSchedule.Change(3, 1.4)));

  @Test
  void shouldContinueIdenticallyWhenStartedInTheMiddle() {
    Iterator<Snapshot> whole = series(SHIFT, 10).snapshots(0);
    for (int i = 0; i < 6; i++) {
      whole.next();
    }
    Snapshot expected = whole.next();
    Snapshot resumed = series(SHIFT, 10).snapshots(6).next();
    assertThat(resumed.eventTimeMillis()).isEqualTo(expected.eventTimeMillis()).isEqualTo(2200);
    assertThat(resumed.values()).containsExactly(expected.values());
  }

  @Test
  void shouldChangeTheStepAfterTheScheduledFrame() {
    Iterator<Snapshot> shifting = series(SHIFT, 10).snapshots(0);
    Iterator<Snapshot> constant = series(BetaSchedule.constant(1.1), 10).snapshots(0);
    for (int i = 0; i <= 3; i++) {
      assertThat(shifting.next().values())
          .as("frame %d", i)
          .containsExactly(constant.next().values());
    }
    assertThat(shifting.next().values()).isNotEqualTo(constant.next().values());
    assertThat(series(SHIFT, 10).conditions(2).get(0).value()).isEqualTo(1.1);
    assertThat(series(SHIFT, 10).conditions(3).get(0).value()).isEqualTo(1.4);
  }

  @Test
  void shouldEndAfterItsLength() {
    Iterator<Snapshot> snapshots = series(SHIFT, 2).snapshots(1);
    snapshots.next();
    assertThat(snapshots.hasNext()).isFalse();
    assertThat(series(SHIFT, 2).snapshots(2).hasNext()).isFalse();
    assertThatThrownBy(() -> series(SHIFT, 2).snapshots(3)).hasMessageContaining("0 to 2");
  }

  @Test
  void shouldDescribeThePeriodicSquare() {
    var grid = series(SHIFT, 2).grid();
    assertThat(grid.periodic()).isTrue();
    assertThat(grid.originX()).isEqualTo(-10);
    assertThat(grid.originX() + 32 * grid.spacingX()).isEqualTo(10);
  }

  @Test
  void shouldRefuseBadSchedules() {
    assertThatThrownBy(() -> new BetaSchedule(List.of())).hasMessageContaining("no change");
    assertThatThrownBy(() -> new BetaSchedule(List.of(new BetaSchedule.Change(5, 1))))
        .hasMessageContaining("frame 5");
    assertThatThrownBy(
            () ->
                new BetaSchedule(
                    List.of(new BetaSchedule.Change(0, 1), new BetaSchedule.Change(0, 2))))
        .hasMessageContaining("rising frames");
    assertThatThrownBy(() -> series(BetaSchedule.constant(40), 5))
        .hasMessageContaining("time step");
    assertThatThrownBy(() -> series(SHIFT, -1)).hasMessageContaining("-1 frames");
  }

  private static LambdaOmegaSeries series(BetaSchedule schedule, long length) {
    return new LambdaOmegaSeries(
        "lambda-omega/feed", LambdaOmegaParameters.standard(1), schedule, 1, 1000, 200, length);
  }
}
