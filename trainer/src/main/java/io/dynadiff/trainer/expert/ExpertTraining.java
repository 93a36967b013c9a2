package io.dynadiff.trainer.expert;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.safetensors.NamedTensor;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.data.Trajectory;
import io.dynadiff.trainer.preset.Preset;
import io.dynadiff.trainer.preset.Stopping;
import io.dynadiff.trainer.stage.EarlyStopping;
import io.dynadiff.trainer.stage.StageStore;
import io.dynadiff.trainer.stage.TrainingLoop;
import java.util.List;
import java.util.Random;

/**
 * Trains stacked experts on single steps or short rollouts, each on its own environments.
 *
 * <p>The loss is the mean square error of what the network predicts (see {@link
 * ExpertSpec#target}), summed over experts, so that each expert's gradient is that of training it
 * alone.
 */
public final class ExpertTraining {

  private final ExpertSpec spec;
  private final SystemData data;
  private final TrainingLoop loop;

  public ExpertTraining(ExpertSpec spec, SystemData data, TrainingLoop loop) {
    this.spec = spec;
    this.data = data;
    this.loop = loop;
  }

  /**
   * Trains, or finds the finished result.
   *
   * @param initial flat weights of each expert to start from
   * @param environments for each expert the environments it learns from
   * @param stage how many runs of frames per expert and step, and how long
   * @return the trained flat weights of each expert
   */
  public List<float[]> train(
      StageStore store,
      TrainingLoop.Plan plan,
      List<float[]> initial,
      List<List<EnvironmentData>> environments,
      Preset.Stage stage) {
    return train(store, plan, initial, environments, stage, Stopping.NEVER).weights();
  }

  /**
   * The same with the weights that were best on the validation frames of each expert's
   * environments.
   *
   * @param stopping when to look and when to stop
   */
  public TrainedStack train(
      StageStore store,
      TrainingLoop.Plan plan,
      List<float[]> initial,
      List<List<EnvironmentData>> environments,
      Preset.Stage stage,
      Stopping stopping) {
    return store
        .result()
        .map(TrainedStack::of)
        .orElseGet(
            () -> {
              TrainedStack trained;
              try (ExpertErrors errors = new ExpertErrors(spec, data)) {
                trained =
                    run(
                        store,
                        plan,
                        initial,
                        environments,
                        stage,
                        new EarlyStopping(
                            initial.size(),
                            stopping.checkSteps(),
                            stopping.patience(),
                            (row, weights) ->
                                errors
                                    .rollouts(
                                        List.of(weights),
                                        validation(environments.get(row)),
                                        stopping.rollout())[0]));
              }
              store.finish(trained.tensors());
              return trained;
            });
  }

  private static List<Trajectory> validation(List<EnvironmentData> environments) {
    return environments.stream().flatMap(e -> e.validation().stream()).toList();
  }

  private TrainedStack run(
      StageStore store,
      TrainingLoop.Plan plan,
      List<float[]> initial,
      List<List<EnvironmentData>> environments,
      Preset.Stage stage,
      EarlyStopping stopping) {
    int size = spec.parameterCount();
    try (NDManager manager = NDManager.newBaseManager();
        ExpertNetwork network = spec.family().network(spec, manager)) {
      RolloutLoss loss = new RolloutLoss(spec, stage.rollout(), network);
      float[] first = StageStore.rows("initial", initial).values();
      int experts = initial.size();
      float[] trained =
          loss.hasKernel()
              ? loop.runOnHost(
                  store,
                  plan,
                  first,
                  size,
                  (values, gradient, random) ->
                      loss.onHost(values, gradient, draw(environments, stage, random), experts),
                  stopping)
              : loop.run(
                  store,
                  plan,
                  first,
                  new Shape(experts, size),
                  (scope, leaf, random) ->
                      loss.of(scope, leaf, draw(environments, stage, random), experts),
                  stopping);
      return stopping.active()
          ? new TrainedStack(stopping.best(), stopping.lastSteps(), stopping.bestSteps())
          : TrainedStack.last(
              StageStore.rows(
                  new NamedTensor("experts", new long[] {initial.size(), size}, trained)));
    }
  }

  private FrameRuns draw(
      List<List<EnvironmentData>> environments, Preset.Stage stage, Random random) {
    return FrameRuns.draw(spec, data, environments, stage.batch(), stage.rollout(), random);
  }
}
