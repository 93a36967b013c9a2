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
import io.dynadiff.models.forecast.WindowArrays;
import io.dynadiff.models.nn.FlatAdam;
import io.dynadiff.models.nn.Scalars;
import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.physics.field.FieldShape;

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
    WindowArrays arrays = new WindowArrays(spec, normalisation, window);
    int transitions = window.length() - 1;
    Shape row = new Shape(1, start.length);
    FieldShape shape = spec.fieldShape();
    Shape frames = new Shape(1, shape.channels(), transitions, shape.points());
    try (NDManager manager = NDManager.newBaseManager(device);
        ExpertNetwork network = spec.family().network(spec, manager);
        FlatAdam adam = new FlatAdam(manager, start, row, 0, MAX_GRADIENT_NORM)) {
      double unit = 1 / (spec.residualScale() * spec.residualScale());
      while (adam.steps() < steps) {
        try (NDManager scope = manager.newSubManager()) {
          NDArray leaf = adam.leaf(scope);
          NDArray from = scope.create(arrays.frames(0, transitions), frames);
          NDArray to = scope.create(arrays.frames(1, transitions), frames);
          float[] channels = arrays.clock(1, 0, transitions);
          NDArray clock =
              channels == null ? null : scope.create(channels, new Shape(1, 2, transitions, 1));
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
