package io.dynadiff.trainer.rival;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.nn.FlatAdam;
import io.dynadiff.trainer.data.AdaptationCase;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.data.Trajectory;
import io.dynadiff.trainer.expert.FrameRuns;
import io.dynadiff.trainer.expert.RolloutLoss;
import java.util.List;
import java.util.Random;

/**
 * Fine-tunes an expert by Adam on the transitions of one window, under the system's symmetries.
 *
 * <p>The engine allows one gradient collector per process: nothing else may train meanwhile.
 * Confined to one thread; {@link #close} frees the native memory.
 */
public final class WindowFineTuning implements AutoCloseable {

  private static final double LARGEST_GRADIENT = 1;

  private final ExpertSpec spec;
  private final SystemData data;
  private final int windowLength;
  private final NDManager manager = NDManager.newBaseManager();
  private final ExpertNetwork network;
  private final RolloutLoss loss;

  /**
   * @param windowLength frames of the window, at least 2
   */
  public WindowFineTuning(ExpertSpec spec, SystemData data, int windowLength) {
    if (windowLength < 2) {
      throw new IllegalArgumentException(
          "fine-tuning: expected a window of at least 2 frames, found " + windowLength);
    }
    this.spec = spec;
    this.data = data;
    this.windowLength = windowLength;
    this.network = spec.family().network(spec, manager);
    this.loss = new RolloutLoss(spec, 1, network);
  }

  /**
   * Fine-tunes.
   *
   * @param weights flat weights to start from, left as they are
   * @param steps number of updates, each on as many transitions as the window has
   * @param learningRate constant learning rate
   * @return the new flat weights
   */
  public float[] tune(float[] weights, AdaptationCase adaptation, int steps, double learningRate) {
    int last = adaptation.windowLast();
    Trajectory window =
        adaptation.windowSource().part(Math.max(0, last - windowLength + 1), last + 1);
    EnvironmentData own =
        new EnvironmentData(
            "window", new double[0], List.of(window), List.of(), List.of(), List.of());
    Random random = new Random(last);
    try (FlatAdam adam =
        new FlatAdam(manager, weights, new Shape(1, weights.length), 0, LARGEST_GRADIENT)) {
      for (int step = 0; step < steps; step++) {
        try (NDManager scope = manager.newSubManager()) {
          NDArray leaf = adam.leaf(scope);
          FrameRuns pairs =
              FrameRuns.draw(spec, data, List.of(List.of(own)), window.length() - 1, 1, random);
          try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(loss.of(scope, leaf, pairs, 1));
          }
          adam.update(leaf, learningRate);
        }
      }
      return adam.values();
    }
  }

  /** Wall time of one update: the least of several runs, after a first one that is not counted. */
  public double secondsPerStep(float[] weights, AdaptationCase adaptation) {
    int steps = 10;
    double least = Double.POSITIVE_INFINITY;
    tune(weights, adaptation, steps, 1e-4);
    for (int run = 0; run < 5; run++) {
      long start = System.nanoTime();
      tune(weights, adaptation, steps, 1e-4);
      least = Math.min(least, (System.nanoTime() - start) / 1e9 / steps);
    }
    return least;
  }

  @Override
  public void close() {
    network.close();
    manager.close();
  }
}
