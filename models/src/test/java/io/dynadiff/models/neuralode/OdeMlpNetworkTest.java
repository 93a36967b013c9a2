package io.dynadiff.models.neuralode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.expert.ArchitectureContract;
import io.dynadiff.models.expert.Coordinates;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.Prediction;
import io.dynadiff.models.safetensors.NamedTensor;
import io.dynadiff.physics.field.FieldShape;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OdeMlpNetworkTest {

  private static ExpertSpec spec(int hidden, int substeps, double residualScale) {
    return new ExpertSpec(
        "ode-mlp",
        new FieldShape(2, 1, 1),
        100,
        Prediction.RESIDUAL,
        residualScale,
        Coordinates.LINEAR,
        0,
        new TreeMap<>(Map.of("hidden", hidden, "substeps", substeps)));
  }

  /** The flow of {@code residualScale * (W2 tanh(W1 x + b1) + b2)} by Runge-Kutta in float64. */
  private static double[] reference(
      ExpertSpec spec, float[] weights, double[] state, long timeMillis) {
    int substeps = spec.size("substeps");
    double step = 1.0 / substeps;
    double[] x = state.clone();
    for (int i = 0; i < substeps; i++) {
      double[] k1 = slope(spec, weights, x);
      double[] k2 = slope(spec, weights, moved(x, k1, step / 2));
      double[] k3 = slope(spec, weights, moved(x, k2, step / 2));
      double[] k4 = slope(spec, weights, moved(x, k3, step));
      for (int v = 0; v < x.length; v++) {
        x[v] += step / 6 * (k1[v] + 2 * k2[v] + 2 * k3[v] + k4[v]);
      }
    }
    return x;
  }

  private static double[] moved(double[] x, double[] slope, double time) {
    double[] moved = x.clone();
    for (int v = 0; v < x.length; v++) {
      moved[v] += time * slope[v];
    }
    return moved;
  }

  private static double[] slope(ExpertSpec spec, float[] weights, double[] x) {
    int hidden = spec.size("hidden");
    int at = 0;
    double[] inner = new double[hidden];
    for (int h = 0; h < hidden; h++) {
      for (double value : x) {
        inner[h] += weights[at++] * value;
      }
      inner[h] = Math.tanh(inner[h] + weights[at++]);
    }
    double[] slope = new double[x.length];
    for (int v = 0; v < x.length; v++) {
      for (double value : inner) {
        slope[v] += weights[at++] * value;
      }
      slope[v] = spec.residualScale() * (slope[v] + weights[at++]);
    }
    return slope;
  }

  @Test
  void shouldEqualTheFloat64ReferenceWhenManyExpertsRunAsOne() {
    // float32 sums of 128 terms of order 0.1
    ArchitectureContract.assertStackedStepEquals(
        spec(128, 1, 0.3), OdeMlpNetworkTest::reference, 1e-5);
    ArchitectureContract.assertStackedStepEquals(spec(8, 4, 2), OdeMlpNetworkTest::reference, 1e-5);
  }

  @Test
  void shouldMatchFiniteDifferencesWhenGradientsFlowToWeightsAndState() {
    ArchitectureContract.assertGradientsFollow(spec(16, 2, 1), OdeMlpNetworkTest::reference);
  }

  @Test
  void shouldFollowTheExponentialWhenTheFieldIsLinearEnough() {
    // x' = 0.5 x through tanh(h) = h for small h; the second variable rests
    ExpertSpec spec = spec(1, 4, 1);
    float[] weights = {0.01f, 0, 0, 50, 0, 0, 0};
    try (NDManager manager = NDManager.newBaseManager();
        ExpertNetwork network = spec.family().network(spec, manager)) {
      float[] next =
          network
              .step(
                  manager.create(weights, new Shape(1, weights.length)),
                  manager.create(new float[] {0.2f, 0.7f}, new Shape(1, 2, 1, 1)),
                  null)
              .toFloatArray();
      assertThat(next[0]).isCloseTo((float) (0.2 * Math.exp(0.5)), within(1e-5f));
      assertThat(next[1]).isEqualTo(0.7f);
    }
  }

  @Test
  void shouldBeThePapersPerceptronWhenItsWidthIs128() {
    ExpertSpec spec = spec(128, 1, 1);
    assertThat(spec.parameterCount()).isEqualTo(642);
    assertThat(spec.layout().nodeCount()).isEqualTo(130);
    Map<String, NamedTensor> named = ArchitectureContract.named(spec);
    assertThat(named).containsOnlyKeys("net.0.weight", "net.0.bias", "net.2.weight", "net.2.bias");
    assertThat(named.get("net.0.weight").shape()).containsExactly(128, 2);
    assertThat(named.get("net.2.weight").shape()).containsExactly(2, 128);
  }

  @Test
  void shouldRefuseAFieldWithSpaceOrAnotherForm() {
    assertThatThrownBy(
            () ->
                new ExpertSpec(
                    "ode-mlp",
                    new FieldShape(2, 4, 4),
                    100,
                    Prediction.RESIDUAL,
                    1,
                    Coordinates.LINEAR,
                    0,
                    new TreeMap<>(Map.of("hidden", 8, "substeps", 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a field of one point")
        .hasMessageContaining("4");
    assertThatThrownBy(() -> spec(8, 5000, 1))
        .hasMessage("expert: expected at most 1000 substeps, found 5000");
  }
}
