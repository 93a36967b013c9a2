package io.dynadiff.models.expert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.dynadiff.models.safetensors.NamedTensor;
import io.dynadiff.physics.field.FieldShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What every family of experts must hold to, against a float64 reference of its own. */
public final class ArchitectureContract {

  /** One step of one expert from one normalised state, in float64. */
  public interface Reference {
    double[] step(ExpertSpec spec, float[] weights, double[] state, long timeMillis);
  }

  private ArchitectureContract() {}

  /**
   * Steps several experts on several states each as one computation.
   *
   * @param tolerance largest absolute difference to the reference
   */
  public static void assertStackedStepEquals(
      ExpertSpec spec, Reference reference, double tolerance) {
    int experts = 3;
    int batch = 2;
    FieldShape shape = spec.fieldShape();
    Random random = new Random(5);
    float[][] weights = new float[experts][];
    float[] flat = new float[experts * spec.parameterCount()];
    float[] state = new float[experts * shape.channels() * batch * shape.points()];
    long[][] times = new long[experts][batch];
    for (int e = 0; e < experts; e++) {
      weights[e] = weights(spec, 40 + e);
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
          double[] expected =
              reference.step(spec, weights[e], field(state, shape, batch, e, b), times[e][b]);
          assertThat(field(next, shape, batch, e, b)).containsExactly(expected, within(tolerance));
        }
      }
    }
  }

  /**
   * Runs several experts on several states each by their kernel, and on the engine.
   *
   * @param tolerance largest absolute difference, and largest difference of gradients relative to
   *     the greatest
   */
  public static void assertKernelEqualsNetwork(ExpertSpec spec, double tolerance) {
    int experts = 2;
    int batch = 11;
    int steps = 3;
    FieldShape shape = spec.fieldShape();
    Random random = new Random(6);
    float[] flat = new float[experts * spec.parameterCount()];
    for (int e = 0; e < experts; e++) {
      System.arraycopy(weights(spec, 60 + e), 0, flat, e * spec.parameterCount(), flat.length / 2);
    }
    List<float[]> frames = new ArrayList<>();
    List<float[]> clocks = new ArrayList<>();
    for (int s = 0; s <= steps; s++) {
      float[] frame = new float[experts * batch * shape.size()];
      for (int i = 0; i < frame.length; i++) {
        frame[i] = (float) random.nextGaussian();
      }
      frames.add(frame);
      long[][] times = new long[experts][batch];
      for (long[] row : times) {
        Arrays.setAll(row, b -> 3_600_000L * random.nextInt(24));
      }
      if (s < steps) {
        clocks.add(Clock.channels(spec, times));
      }
    }
    HostExperts host = HostExperts.of(spec, steps).orElseThrow();
    float[] gradient = new float[flat.length];
    double error = host.rolloutError(flat, frames, clocks, batch, 2, gradient);
    try (NDManager manager = NDManager.newBaseManager();
        ExpertNetwork network = spec.family().network(spec, manager)) {
      Shape axes = new Shape(experts, shape.channels(), batch, shape.points());
      NDArray leaf = manager.create(flat, new Shape(experts, spec.parameterCount()));
      leaf.setRequiresGradient(true);
      NDArray loss;
      float[] next;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray state = manager.create(frames.get(0), axes);
        next = network.step(leaf, state, clock(manager, clocks.get(0), experts)).toFloatArray();
        loss = manager.create(0f);
        for (int s = 0; s < steps; s++) {
          state = network.step(leaf, state, clock(manager, clocks.get(s), experts));
          loss = loss.add(state.sub(manager.create(frames.get(s + 1), axes)).square().mean());
        }
        collector.backward(loss);
      }
      double unit = 2 / (steps * spec.residualScale() * spec.residualScale());
      float[] expected = leaf.getGradient().toFloatArray();
      double greatest = 0;
      for (int i = 0; i < expected.length; i++) {
        expected[i] *= (float) unit;
        greatest = Math.max(greatest, Math.abs(expected[i]));
      }
      assertThat(
              host.rollout(flat, frames.get(0), batch, Collections.singletonList(clocks.get(0)))
                  .get(0))
          .containsExactly(next, within((float) tolerance));
      assertThat(error).isCloseTo(loss.getFloat() * unit, withinPercentage(100 * tolerance));
      assertThat(gradient).containsExactly(expected, within((float) (tolerance * greatest)));
    }
  }

  private static NDArray clock(NDManager manager, float[] channels, int experts) {
    return channels == null
        ? null
        : manager.create(channels, new Shape(experts, 2, channels.length / (2 * experts), 1));
  }

  /** Initial weights moved a little, so that no gate is one and no layer like another. */
  private static float[] weights(ExpertSpec spec, long seed) {
    float[] weights = spec.family().initialWeights(spec, seed);
    Random random = new Random(seed + 1000);
    for (int i = 0; i < weights.length; i++) {
      weights[i] += (float) (0.05 * random.nextGaussian());
    }
    return weights;
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

  /** Gradients of the next state's energy by weights and state, against central differences. */
  public static void assertGradientsFollow(ExpertSpec spec, Reference reference) {
    FieldShape shape = spec.fieldShape();
    float[] weights = weights(spec, 3);
    float[] state = new float[shape.size()];
    Random random = new Random(4);
    for (int i = 0; i < state.length; i++) {
      state[i] = (float) (2 * random.nextDouble() - 1);
    }
    long time = 18_000_000;
    float[] byWeights;
    float[] byState;
    try (NDManager manager = NDManager.newBaseManager();
        ExpertNetwork network = spec.family().network(spec, manager)) {
      NDArray leaf = manager.create(weights, new Shape(1, weights.length));
      NDArray x = manager.create(state, new Shape(1, shape.channels(), 1, shape.points()));
      leaf.setRequiresGradient(true);
      x.setRequiresGradient(true);
      float[] channels = Clock.channels(spec, new long[][] {{time}});
      NDArray clock = channels == null ? null : manager.create(channels, new Shape(1, 2, 1, 1));
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(network.step(leaf, x, clock).square().sum());
      }
      byWeights = leaf.getGradient().toFloatArray();
      byState = x.getGradient().toFloatArray();
    }
    // A stride that is prime to the sizes of layers meets every kind of weight.
    assertFollows(
        byWeights,
        weights,
        Math.max(1, weights.length / 60) | 1,
        w -> energy(reference.step(spec, w, doubles(state), time)));
    assertFollows(
        byState,
        state,
        Math.max(1, state.length / 20) | 1,
        s -> energy(reference.step(spec, weights, doubles(s), time)));
  }

  /** Gradients of the kernel, against central differences of the reference. */
  public static void assertKernelGradientsFollow(ExpertSpec spec, Reference reference) {
    FieldShape shape = spec.fieldShape();
    float[] weights = weights(spec, 3);
    float[] state = new float[shape.size()];
    Random random = new Random(4);
    for (int i = 0; i < state.length; i++) {
      state[i] = (float) (2 * random.nextDouble() - 1);
    }
    long time = 18_000_000;
    float[] gradient = new float[weights.length];
    // As a mean error against zeros, in units of the residual scale, the energy has this factor.
    double factor = spec.residualScale() * spec.residualScale() * shape.size();
    HostExperts.of(spec, 1)
        .orElseThrow()
        .rolloutError(
            weights,
            List.of(state, new float[state.length]),
            Collections.singletonList(Clock.channels(spec, new long[][] {{time}})),
            1,
            factor,
            gradient);
    assertFollows(
        gradient,
        weights,
        Math.max(1, weights.length / 60) | 1,
        w -> energy(reference.step(spec, w, doubles(state), time)));
  }

  /**
   * A long rollout by the kernel and on the engine.
   *
   * @param tolerance largest difference relative to the greatest value
   */
  public static void assertLongRolloutsEqual(ExpertSpec spec, int steps, double tolerance) {
    FieldShape shape = spec.fieldShape();
    float[] weights = spec.family().initialWeights(spec, 9);
    float[] state = new float[shape.size()];
    Random random = new Random(10);
    for (int i = 0; i < state.length; i++) {
      state[i] = (float) random.nextGaussian();
    }
    List<float[]> clocks = new ArrayList<>();
    for (int s = 0; s < steps; s++) {
      clocks.add(Clock.channels(spec, new long[][] {{s * spec.intervalMillis()}}));
    }
    List<float[]> rollout =
        HostExperts.of(spec, 1).orElseThrow().rollout(weights, state, 1, clocks);
    try (NDManager manager = NDManager.newBaseManager();
        ExpertNetwork network = spec.family().network(spec, manager)) {
      NDArray flat = manager.create(weights, new Shape(1, weights.length));
      float[] expected = state;
      for (int s = 0; s < steps; s++) {
        NDArray from = manager.create(expected, new Shape(1, shape.channels(), 1, shape.points()));
        expected = network.step(flat, from, clock(manager, clocks.get(s), 1)).toFloatArray();
      }
      double greatest = 0;
      for (float value : expected) {
        greatest = Math.max(greatest, Math.abs(value));
      }
      assertThat(greatest).as("a rollout that neither dies nor explodes").isBetween(0.01, 1e4);
      assertThat(rollout.get(steps - 1))
          .containsExactly(expected, within((float) (tolerance * greatest)));
    }
  }

  private interface Energy {
    double of(float[] values);
  }

  private static void assertFollows(float[] gradient, float[] values, int stride, Energy energy) {
    double h = 1e-3;
    for (int i = 0; i < values.length; i += stride) {
      float[] up = values.clone();
      float[] down = values.clone();
      up[i] += (float) h;
      down[i] -= (float) h;
      double difference = (energy.of(up) - energy.of(down)) / ((double) up[i] - down[i]);
      // float32 sums over the field against a central difference in float64
      assertThat((double) gradient[i])
          .as("value %d of %d", i, values.length)
          .isCloseTo(difference, within(3e-4 + 2e-3 * Math.abs(difference)));
    }
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  private static double energy(double[] field) {
    return Arrays.stream(field).map(v -> v * v).sum();
  }

  /** Named tensors of numbered weights, after a way there and back that must lose none. */
  public static Map<String, NamedTensor> named(ExpertSpec spec) {
    float[] weights = new float[spec.parameterCount()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i;
    }
    Map<String, NamedTensor> byName = new HashMap<>();
    spec.family().toNamed(spec, weights).forEach(t -> byName.put(t.name(), t));
    assertThat(spec.family().toFlat(spec, byName)).isEqualTo(weights);
    return byName;
  }
}
