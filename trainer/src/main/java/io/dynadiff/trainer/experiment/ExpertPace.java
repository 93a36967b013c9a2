package io.dynadiff.trainer.experiment;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.nn.FlatAdam;
import io.dynadiff.models.nn.HostAdam;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.expert.FrameBatch;
import io.dynadiff.trainer.expert.FrameRuns;
import io.dynadiff.trainer.expert.RolloutLoss;
import io.dynadiff.trainer.pipeline.TrainedSystem;
import io.dynadiff.trainer.stage.StageStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * How many pairs of frames a second the training of a zoo learns from, with the preset's batches:
 * drawing them, one step of the expert, the way back and the update. Confined to one thread.
 */
final class ExpertPace {

  private static final double MAX_NORM = 1;
  private static final double LEARNING_RATE = 1e-4;

  private final TrainedSystem system;
  private final int warmUp;
  private final int updates;

  /**
   * @param warmUp updates that are not counted, as the first ones pay for loading code
   * @param updates updates that are counted
   */
  ExpertPace(TrainedSystem system, int warmUp, int updates) {
    this.system = system;
    this.warmUp = warmUp;
    this.updates = updates;
  }

  /** One update of all experts. */
  private interface Update {
    void apply(FrameRuns pairs);
  }

  /** Whether trainings on this device use the kernel. */
  boolean hasKernel() {
    try (NDManager manager = NDManager.newBaseManager();
        ExpertNetwork network = system.spec().family().network(system.spec(), manager)) {
      return new RolloutLoss(system.spec(), 1, network).hasKernel();
    }
  }

  /**
   * Pairs per second by the kernel.
   *
   * @param experts how many are trained side by side
   */
  double kernel(int experts) {
    try (NDManager manager = NDManager.newBaseManager();
        ExpertNetwork network = system.spec().family().network(system.spec(), manager);
        HostAdam adam =
            new HostAdam(initial(experts), system.spec().parameterCount(), 0, MAX_NORM)) {
      RolloutLoss loss = new RolloutLoss(system.spec(), 1, network);
      float[] gradient = new float[experts * system.spec().parameterCount()];
      return pairsPerSecond(
          experts,
          pairs -> {
            loss.onHost(adam.current(), gradient, pairs, experts);
            adam.update(gradient, LEARNING_RATE);
          });
    }
  }

  /**
   * Pairs per second on the engine.
   *
   * @param experts how many are one computation
   */
  double engine(int experts) {
    Shape axes = new Shape(experts, system.spec().parameterCount());
    try (NDManager manager = NDManager.newBaseManager();
        ExpertNetwork network = system.spec().family().network(system.spec(), manager);
        FlatAdam adam = new FlatAdam(manager, initial(experts), axes, 0, MAX_NORM)) {
      return pairsPerSecond(
          experts,
          pairs -> {
            try (NDManager scope = manager.newSubManager()) {
              NDArray leaf = adam.leaf(scope);
              try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                collector.backward(
                    FrameBatch.of(scope, system.spec(), pairs).loss(system.spec(), network, leaf));
              }
              adam.update(leaf, LEARNING_RATE);
            }
          });
    }
  }

  private double pairsPerSecond(int experts, Update update) {
    int batch = system.preset().zoo().training().batch();
    List<EnvironmentData> seen = system.data().seen();
    List<List<EnvironmentData>> pools = new ArrayList<>();
    for (int e = 0; e < experts; e++) {
      pools.add(List.of(seen.get(e % seen.size())));
    }
    Random random = new Random(1);
    long start = 0;
    for (int step = -warmUp; step < updates; step++) {
      start = step == 0 ? System.nanoTime() : start;
      update.apply(FrameRuns.draw(system.spec(), system.data(), pools, batch, 1, random));
    }
    return (double) updates * experts * batch / ((System.nanoTime() - start) / 1e9);
  }

  private float[] initial(int experts) {
    return StageStore.rows("initial", Collections.nCopies(experts, system.base())).values();
  }
}
