package io.dynadiff.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.physics.cylinder.CylinderParameters;
import io.dynadiff.physics.cylinder.CylinderSolver;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.vorticity.ForcedNavierStokes;
import io.dynadiff.physics.vorticity.KolmogorovFlow;
import io.dynadiff.physics.vorticity.VorticitySolver;
import io.dynadiff.physics.vorticity.VorticityState;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlowSymmetriesTest {

  private static final int POINTS = 24;
  private static final FieldShape FLOW = new FieldShape(3, POINTS, POINTS);
  private static final FieldShape VORTICITY = new FieldShape(1, POINTS, POINTS);

  /** Transforming and then moving on is moving on and then transforming, for [w, u, v]. */
  private static void requireCommuting(
      VorticitySolver solver, Symmetries symmetries, double time, Random random) {
    VorticityState state = solver.advance(solver.initial(7), 1);
    float[] later = solver.frame(solver.advance(state, time));
    for (int trial = 0; trial < 16; trial++) {
      Symmetries.Transformation transformation = symmetries.draw(random);
      float[] moved = transformation.apply(solver.frame(state));
      float[] there = solver.frame(solver.advance(solver.fromVorticity(vorticity(moved)), time));
      float[] here = transformation.apply(later);
      float largest = 0;
      for (float value : here) {
        largest = Math.max(largest, Math.abs(value));
      }
      // Frames are float32; the flows amplify that by less than a factor 10 in this time.
      assertThat(there).containsExactly(here, within(2e-5f * largest));
    }
  }

  private static double[] vorticity(float[] frame) {
    double[] values = new double[POINTS * POINTS];
    double mean = 0;
    for (int p = 0; p < values.length; p++) {
      values[p] = frame[p];
      mean += values[p] / values.length;
    }
    for (int p = 0; p < values.length; p++) {
      values[p] -= mean;
    }
    return values;
  }

  @Test
  void shouldCommuteWithKolmogorovFlow() {
    VorticitySolver solver = KolmogorovFlow.solver(50, POINTS, POINTS, 0.02);
    requireCommuting(solver, FlowSymmetries.kolmogorov(FLOW), 0.6, new Random(1));
  }

  @Test
  void shouldCommuteWithDiagonallyForcedNavierStokes() {
    VorticitySolver solver = ForcedNavierStokes.solver(0.3, 0.3, 0.001, POINTS, POINTS, 0.025);
    requireCommuting(solver, FlowSymmetries.diagonalForce(FLOW), 3, new Random(2));
  }

  @Test
  void shouldLeadToTheFlowUnderAShiftedForceWhenMoved() {
    double[] conditions = {0.3, 0.85};
    VorticitySolver own =
        ForcedNavierStokes.solver(conditions[0], conditions[1], 0.001, POINTS, POINTS, 0.025);
    VorticityState state = own.advance(own.initial(7), 1);
    float[] later = own.frame(own.advance(state, 3));
    Random random = new Random(3);
    for (int trial = 0; trial < 8; trial++) {
      Equivalence equivalence = FlowSymmetries.forcePhase(FLOW).draw(random);
      double[] reached = equivalence.conditions(conditions);
      assertThat(reached[0]).isEqualTo(conditions[0]);
      assertThat(reached[1]).isBetween(0.0, 1.0);
      VorticitySolver other =
          ForcedNavierStokes.solver(reached[0], reached[1], 0.001, POINTS, POINTS, 0.025);
      float[] there =
          other.frame(
              other.advance(
                  other.fromVorticity(vorticity(equivalence.apply(own.frame(state)))), 3));
      float[] here = equivalence.apply(later);
      float largest = 0;
      for (float value : here) {
        largest = Math.max(largest, Math.abs(value));
      }
      assertThat(there).containsExactly(here, within(2e-5f * largest));
    }
  }

  @Test
  void shouldCommuteWithTheFlowPastACylinder() {
    CylinderSolver solver =
        new CylinderSolver(new CylinderParameters(100, 3, 64, 32, 32, 16, 0.04, 100));
    int width = 64;
    int height = 32;
    double[] u = new double[width * height];
    double[] v = new double[width * height];
    double[] mirroredU = new double[u.length];
    double[] mirroredV = new double[v.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = y * width + x;
        int mirror = (height - 1 - y) * width + x;
        u[at] = 0.04 + 0.005 * Math.sin(0.2 * x + 0.3 * y);
        v[at] = 0.01 * Math.sin(0.3 * x - 0.2 * y + 1);
        mirroredU[mirror] = u[at];
        mirroredV[mirror] = -v[at];
      }
    }
    float[] there = solver.frame(solver.advance(solver.fromVelocity(mirroredU, mirroredV), 3));
    float[] later = solver.frame(solver.advance(solver.fromVelocity(u, v), 3));
    FieldShape shape = solver.frameShape();
    boolean reflected = false;
    for (int seed = 0; seed < 8; seed++) {
      float[] here = FlowSymmetries.cylinder(shape).draw(new Random(seed)).apply(later);
      if (!java.util.Arrays.equals(here, later)) {
        reflected = true;
        assertThat(there).containsExactly(here, within(1e-5f));
      }
    }
    assertThat(reflected).isTrue();
  }

  @Test
  void shouldTransformVorticityAloneAsInTheWholeFlow() {
    float[] flow =
        KolmogorovFlow.solver(50, POINTS, POINTS, 0.01)
            .frame(KolmogorovFlow.solver(50, POINTS, POINTS, 0.01).initial(3));
    float[] alone = java.util.Arrays.copyOf(flow, VORTICITY.size());
    for (int seed = 0; seed < 8; seed++) {
      float[] all = FlowSymmetries.kolmogorov(FLOW).draw(new Random(seed)).apply(flow);
      float[] part = FlowSymmetries.kolmogorov(VORTICITY).draw(new Random(seed)).apply(alone);
      assertThat(part).containsExactly(java.util.Arrays.copyOf(all, part.length));
    }
  }

  @Test
  void shouldRefuseAGridThatHalfASideDoesNotFit() {
    assertThatThrownBy(() -> FlowSymmetries.diagonalForce(new FieldShape(1, 15, 15)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("even number of points");
  }
}
