package io.dynadiff.models.fno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.dynadiff.models.expert.Clock;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.Prediction;
import io.dynadiff.physics.field.FieldShape;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FnoNetworkTest {

  private static final ExpertSpec PERIODIC =
      new ExpertSpec(
          "fno",
          new FieldShape(2, 8, 10),
          200,
          Prediction.RESIDUAL,
          0.25,
          true,
          0,
          new TreeMap<>(Map.of("hidden", 3, "layers", 2, "modesY", 5, "modesX", 3)));
  private static final ExpertSpec BOUNDED =
      new ExpertSpec(
          "fno",
          new FieldShape(1, 7, 6),
          3_600_000,
          Prediction.RESIDUAL,
          0.1,
          false,
          86_400_000,
          new TreeMap<>(Map.of("hidden", 4, "layers", 2, "modesY", 3, "modesX", 2)));

  @Test
  void shouldEqualTheFloat64ReferenceWhenManyExpertsRunAsOne() {
    for (ExpertSpec spec : new ExpertSpec[] {PERIODIC, BOUNDED}) {
      int experts = 3;
      int batch = 2;
      FieldShape shape = spec.fieldShape();
      Random random = new Random(5);
      float[][] weights = new float[experts][];
      float[] flat = new float[experts * spec.parameterCount()];
      float[] state = new float[experts * shape.channels() * batch * shape.points()];
      long[][] times = new long[experts][batch];
      for (int e = 0; e < experts; e++) {
        weights[e] = spec.family().initialWeights(spec, 40 + e);
        System.arraycopy(weights[e], 0, flat, e * spec.parameterCount(), spec.parameterCount());
        for (int b = 0; b < batch; b++) {
          times[e][b] = 3_600_000L * (5 * e + 7 * b);
        }
      }
      for (int i = 0; i < state.length; i++) {
        state[i] = (float) random.nextGaussian();
      }
      try (NDManager manager = NDManager.newBaseManager();
          ExpertNetwork network = spec.family().network(spec, manager)) {
        float[] clock = Clock.channels(spec, times);
        float[] next =
            network
                .step(
                    manager.create(flat, new Shape(experts, spec.parameterCount())),
                    manager.create(
                        state, new Shape(experts, shape.channels(), batch, shape.points())),
                    clock == null ? null : manager.create(clock, new Shape(experts, 2, batch, 1)))
                .toFloatArray();
        for (int e = 0; e < experts; e++) {
          for (int b = 0; b < batch; b++) {
            double[] reference =
                FnoReference.step(spec, weights[e], field(state, shape, batch, e, b), times[e][b]);
            double[] actual = field(next, shape, batch, e, b);
            for (int i = 0; i < reference.length; i++) {
              // float32 products of a few hundred terms of order one
              assertThat(actual[i]).isCloseTo(reference[i], within(2e-5));
            }
          }
        }
      }
    }
  }

  private static double[] field(float[] stacked, FieldShape shape, int batch, int e, int b) {
    double[] field = new double[shape.size()];
    for (int c = 0; c < shape.channels(); c++) {
      for (int p = 0; p < shape.points(); p++) {
        field[c * shape.points() + p] =
            stacked[((e * shape.channels() + c) * batch + b) * shape.points() + p];
      }
    }
    return field;
  }

  @Test
  void shouldMatchFiniteDifferencesWhenGradientsFlowToTheWeights() {
    ExpertSpec spec = BOUNDED;
    FieldShape shape = spec.fieldShape();
    float[] weights = spec.family().initialWeights(spec, 3);
    double[] state = new Random(4).doubles(shape.size(), -1, 1).toArray();
    float[] state32 = new float[state.length];
    for (int i = 0; i < state.length; i++) {
      state32[i] = (float) state[i];
      state[i] = state32[i];
    }
    long time = 18_000_000;
    float[] gradient;
    try (NDManager manager = NDManager.newBaseManager();
        ExpertNetwork network = spec.family().network(spec, manager)) {
      NDArray leaf = manager.create(weights, new Shape(1, weights.length));
      leaf.setRequiresGradient(true);
      NDArray x = manager.create(state32, new Shape(1, 1, 1, shape.points()));
      NDArray clock =
          manager.create(Clock.channels(spec, new long[][] {{time}}), new Shape(1, 2, 1, 1));
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(network.step(leaf, x, clock).square().sum());
      }
      gradient = leaf.getGradient().toFloatArray();
    }
    double h = 1e-3;
    int checked = 0;
    for (int i = 0; i < weights.length; i += 7) {
      float[] up = weights.clone();
      float[] down = weights.clone();
      up[i] += (float) h;
      down[i] -= (float) h;
      double difference =
          (energy(FnoReference.step(spec, up, state, time))
                  - energy(FnoReference.step(spec, down, state, time)))
              / ((double) up[i] - down[i]);
      assertThat((double) gradient[i])
          .as("weight %d", i)
          .isCloseTo(difference, within(2e-4 + 2e-3 * Math.abs(difference)));
      checked++;
    }
    assertThat(checked).isGreaterThan(50);
  }

  private static double energy(double[] field) {
    return Arrays.stream(field).map(v -> v * v).sum();
  }

  @Test
  void shouldKeepEveryWeightWhenConvertedToNamedTensorsAndBack() {
    float[] weights = PERIODIC.family().initialWeights(PERIODIC, 9);
    var named = PERIODIC.family().toNamed(PERIODIC, weights);
    var byName = new java.util.HashMap<String, io.dynadiff.models.safetensors.NamedTensor>();
    named.forEach(t -> byName.put(t.name(), t));
    assertThat(PERIODIC.family().toFlat(PERIODIC, byName)).isEqualTo(weights);
    assertThat(byName.get("fno_blocks.convs.0.weight").shape()).containsExactly(3, 3, 5, 3, 2);
  }
}
