package io.dynadiff.physics.cylinder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CylinderSolverTest {

  @Test
  void shouldGiveSameFramesForSameSeed() {
    CylinderSolver one = new CylinderSolver(small(100));
    CylinderSolver other = new CylinderSolver(small(100));
    float[] first = one.frame(one.advance(one.initial(1), 0.1));
    assertThat(other.frame(other.advance(other.initial(1), 0.1))).containsExactly(first);
    assertThat(other.frame(other.advance(other.initial(2), 0.1))).isNotEqualTo(first);
    assertThat(first).hasSize(2 * 30 * 45);
  }

  @Test
  void shouldContinueAStateAsIfNeverStopped() {
    CylinderSolver solver = new CylinderSolver(small(100));
    CylinderState start = solver.initial(1);
    CylinderState whole = solver.advance(start, 0.2);
    CylinderState halves = solver.advance(solver.advance(start, 0.1), 0.1);
    assertThat(solver.frame(halves)).containsExactly(solver.frame(whole));
    assertThat(halves.time()).isEqualTo(0.2);
  }

  @Test
  void shouldStandStillInTheCylinderAndStreamAroundIt() {
    CylinderSolver solver = new CylinderSolver(small(40));
    float[] frame = solver.frame(solver.advance(solver.initial(1), 1.5));
    // Boxes of 4 x 4 cells; the cylinder's centre lies at cell (59.5, 44.5).
    assertThat(frame[15 * 45 + 11]).isCloseTo(0, within(0.05f));
    assertThat(frame[5 * 45 + 11]).isBetween(1f, 1.5f);
    assertThat(frame[15 * 45 + 1]).isBetween(0.8f, 1.05f);
  }

  @Test
  void shouldRefuseAnUnstableLatticeNamingBothNumbers() {
    assertThatThrownBy(() -> CylinderParameters.standard(5000, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected at least 0.00133333 (relaxation time 0.504000)")
        .hasMessageContaining("found 0.000160000 (relaxation time 0.500480)");
    assertThatThrownBy(() -> new CylinderParameters(100, 10, 512, 256, 128, 64, 0.3, 1000))
        .hasMessageContaining("at most 0.1")
        .hasMessageContaining("found 0.3");
  }

  @Test
  void shouldRefuseBadArguments() {
    assertThatThrownBy(() -> CylinderParameters.standard(-100, 10))
        .hasMessageContaining("reynolds")
        .hasMessageContaining("-100.0");
    assertThatThrownBy(() -> CylinderParameters.standard(100, 60))
        .hasMessageContaining("tenth of the height");
    assertThatThrownBy(() -> new CylinderParameters(100, 10, 500, 256, 128, 64, 0.04, 1000))
        .hasMessageContaining("width")
        .hasMessageContaining("500");
    assertThatThrownBy(() -> CylinderParameters.scaled(100, 16, 0.3))
        .hasMessageContaining("multiple of 0.25")
        .hasMessageContaining("0.3");
    assertThatThrownBy(() -> CylinderParameters.scaled(100, 8, 0.25))
        .hasMessageContaining("at least 3 cells of the lattice, found 2.0");
    assertThatThrownBy(() -> new CylinderSolver(small(100), 0)).hasMessageContaining("found 0");
    CylinderSolver solver = new CylinderSolver(small(100));
    assertThatThrownBy(() -> solver.advance(solver.initial(1), 0)).hasMessageContaining("0.0");
    CylinderSolver wider =
        new CylinderSolver(new CylinderParameters(100, 9, 180, 120, 45, 30, 0.08, 1000));
    assertThatThrownBy(() -> wider.frame(solver.initial(1)))
        .hasMessageContaining("radius 9.0")
        .hasMessageContaining("radius 8.0");
    CylinderSolver faster = new CylinderSolver(small(200));
    assertThat(faster.advance(solver.initial(1), 0.01).time()).isEqualTo(0.01);
  }

  @Test
  void shouldGiveTheSameFramesForEveryNumberOfThreads() {
    CylinderSolver one = new CylinderSolver(small(150));
    CylinderSolver three = new CylinderSolver(small(150), 3);
    List<Double> done = new ArrayList<>();
    float[] expected = one.frame(one.advance(one.initial(4), 0.25));
    assertThat(three.frame(three.advance(three.initial(4), 0.25, done::add)))
        .containsExactly(expected);
    assertThat(done).containsExactly(0.1, 0.2, 0.25);
  }

  @Test
  void shouldShowTheSameFlowOnACoarserLattice() {
    CylinderParameters fine = CylinderParameters.scaled(200, 20, 0.5);
    CylinderParameters coarse = CylinderParameters.scaled(200, 20, 0.25);
    assertThat(coarse.width() * 2).isEqualTo(fine.width());
    assertThat(coarse.radius() * 2).isEqualTo(fine.radius());
    assertThat(coarse.viscosity() * 2).isCloseTo(fine.viscosity(), within(1e-15));
    CylinderSolver one = new CylinderSolver(fine);
    CylinderSolver other = new CylinderSolver(coarse);
    assertThat(other.frameShape()).isEqualTo(one.frameShape());
    // The start of the flow, before small differences have grown into another phase of shedding.
    float[] a = one.frame(one.advance(one.initial(1), 1));
    float[] b = other.frame(other.advance(other.initial(1), 1));
    double error = 0;
    double change = 0;
    float[] start = one.frame(one.initial(1));
    for (int i = 0; i < a.length; i++) {
      error += (a[i] - b[i]) * (a[i] - b[i]);
      change += (a[i] - start[i]) * (a[i] - start[i]);
    }
    assertThat(Math.sqrt(error / change)).isLessThan(0.25);
  }

  private static CylinderParameters small(double reynolds) {
    return new CylinderParameters(reynolds, 8, 180, 120, 45, 30, 0.08, 1000);
  }
}
