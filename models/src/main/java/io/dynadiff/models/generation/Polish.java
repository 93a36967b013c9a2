package io.dynadiff.models.generation;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.forecast.WindowTensors;
import io.dynadiff.models.nn.FlatAdam;
import io.dynadiff.models.nn.Scalars;
import io.dynadiff.models.window.ObservationWindow;

/**
 * Gradient steps on the one-step error over a window, from given weights.
 *
 * <p>A window holds a handful of transitions: a few steps adjust an expert to them, many make it
 * forget the rest. The engine allows one gradient collector per process, so no training may run
 * beside this.
 */
public final class Polish {

  private static final double MAX_GRADIENT_NORM = 1;

  private final ExpertSpec spec;
  private final FieldNormalisation normalisation;
  private final Device device;

  public Polish(ExpertSpec spec, FieldNormalisation normalisation) {
    this(spec, normalisation, Engine.getInstance().defaultDevice());
  }

  Polish(ExpertSpec spec, FieldNormalisation normalisation, Device device) {
    this.device = device;
    this.spec = spec;
    this.normalisation = normalisation;
  }

  /**
   * Runs Adam on the window.
   *
   * @param start flat weights to start from, unchanged
   * @param window at least two frames
   * @param steps updates, at least 1
   * @param learningRate constant learning rate
   * @return new flat weights
   */
  public float[] run(float[] start, ObservationWindow window, int steps, double learningRate) {
    WindowTensors tensors = new WindowTensors(spec, normalisation, window);
    int transitions = window.length() - 1;
    Shape row = new Shape(1, start.length);
    try (NDManager manager = NDManager.newBaseManager(device);
        ExpertNetwork network = spec.family().network(spec, manager);
        FlatAdam adam = new FlatAdam(manager, start, row, 0, MAX_GRADIENT_NORM)) {
      double unit = 1 / (spec.residualScale() * spec.residualScale());
      while (adam.steps() < steps) {
        try (NDManager scope = manager.newSubManager()) {
          NDArray leaf = adam.leaf(scope);
          NDArray from = tensors.frames(scope, 0, transitions);
          NDArray to = tensors.frames(scope, 1, transitions);
          NDArray clock = tensors.clock(scope, 1, 0, transitions);
          try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray error = network.step(leaf, from, clock).sub(to).square().mean();
            collector.backward(Scalars.scale(error, unit));
          }
          adam.update(leaf, learningRate);
        }
      }
      return adam.values();
    }
  }
}
