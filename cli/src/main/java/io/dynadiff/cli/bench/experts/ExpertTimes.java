package io.dynadiff.cli.bench.experts;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.HostExperts;
import io.dynadiff.models.nn.FlatAdam;
import io.dynadiff.models.nn.HostAdam;
import io.dynadiff.physics.field.FieldShape;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Times steps and updates of experts, by the kernel and on the engine. An update is a forward pass,
 * the mean square error, the way back and Adam. Confined to one thread; {@link #close} frees what
 * the engine holds.
 */
final class ExpertTimes implements AutoCloseable {

  private final ExpertSpec spec;
  private final HostExperts host;
  private final NDManager manager = NDManager.newBaseManager();
  private final ExpertNetwork network;

  ExpertTimes(ExpertSpec spec) {
    this.spec = spec;
    this.host = HostExperts.of(spec, 1).orElseThrow();
    this.network = spec.family().network(spec, manager);
  }

  /** What one measurement works on. */
  private final class Problem {
    final int experts;
    final int batch;
    final float[] weights;
    final float[] from;
    final float[] to;

    Problem(int experts, int batch) {
      this.experts = experts;
      this.batch = batch;
      this.weights = new float[experts * spec.parameterCount()];
      for (int e = 0; e < experts; e++) {
        System.arraycopy(
            spec.family().initialWeights(spec, e),
            0,
            weights,
            e * spec.parameterCount(),
            spec.parameterCount());
      }
      Random random = new Random(1);
      this.from = new float[experts * batch * spec.fieldShape().size()];
      this.to = new float[from.length];
      for (int i = 0; i < from.length; i++) {
        from[i] = (float) random.nextGaussian();
        to[i] = (float) random.nextGaussian();
      }
    }

    Shape axes() {
      FieldShape shape = spec.fieldShape();
      return new Shape(experts, shape.channels(), batch, shape.points());
    }

    Shape parameters() {
      return new Shape(experts, spec.parameterCount());
    }
  }

  /** Milliseconds of one step of stacked experts by the kernel, on average over some. */
  double kernelStep(int experts, int batch, int count) {
    Problem problem = new Problem(experts, batch);
    long start = System.nanoTime();
    host.rollout(problem.weights, problem.from, batch, Collections.nCopies(count, null));
    return millis(start, count);
  }

  /** The same on the engine. */
  double engineStep(int experts, int batch, int count) {
    Problem problem = new Problem(experts, batch);
    try (NDManager scope = manager.newSubManager()) {
      NDArray weights = scope.create(problem.weights, problem.parameters());
      NDArray state = scope.create(problem.from, problem.axes());
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        try (NDManager inner = scope.newSubManager()) {
          NDArray input = state.duplicate();
          input.attach(inner);
          network.step(weights, input, null).toFloatArray();
        }
      }
      return millis(start, count);
    }
  }

  /** Milliseconds of one update of stacked experts by the kernel, on average over some. */
  double kernelUpdate(int experts, int batch, int count) {
    Problem problem = new Problem(experts, batch);
    float[] gradient = new float[problem.weights.length];
    try (HostAdam adam = new HostAdam(problem.weights, spec.parameterCount(), 0, 1)) {
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        host.rolloutError(
            adam.current(),
            List.of(problem.from, problem.to),
            Collections.singletonList(null),
            batch,
            experts,
            gradient);
        adam.update(gradient, 1e-4);
      }
      return millis(start, count);
    }
  }

  /** The same on the engine. */
  double engineUpdate(int experts, int batch, int count) {
    Problem problem = new Problem(experts, batch);
    try (FlatAdam adam = new FlatAdam(manager, problem.weights, problem.parameters(), 0, 1);
        NDManager outer = manager.newSubManager()) {
      NDArray from = outer.create(problem.from, problem.axes());
      NDArray to = outer.create(problem.to, problem.axes());
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        try (NDManager scope = outer.newSubManager()) {
          NDArray leaf = adam.leaf(scope);
          NDArray input = from.duplicate();
          input.attach(scope);
          try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(network.step(leaf, input, null).sub(to).square().mean());
          }
          adam.update(leaf, 1e-4);
        }
      }
      return millis(start, count);
    }
  }

  private static double millis(long start, int count) {
    return (System.nanoTime() - start) / 1e6 / count;
  }

  @Override
  public void close() {
    network.close();
    manager.close();
  }
}
