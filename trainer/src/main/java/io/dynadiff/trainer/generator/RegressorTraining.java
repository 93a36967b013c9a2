package io.dynadiff.trainer.generator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.nn.Parameters;
import io.dynadiff.models.regression.LatentRegressor;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.expert.ZooExpert;
import io.dynadiff.trainer.preset.Preset;
import io.dynadiff.trainer.stage.StageStore;
import io.dynadiff.trainer.stage.TrainingLoop;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains the latent regressor on the zoo's standardised latents: the expected latent of an expert,
 * given what the window tells.
 */
public final class RegressorTraining {

  private final LatentRegressor regressor;
  private final ConditionDraw draw;
  private final Shape latentShape;

  /**
   * @param latentShape axes [node, latent]
   */
  public RegressorTraining(LatentRegressor regressor, ConditionDraw draw, Shape latentShape) {
    this.regressor = regressor;
    this.draw = draw;
    this.latentShape = latentShape;
  }

  /**
   * Trains, or finds the finished result.
   *
   * @param zoo experts
   * @param latents their standardised latents, in the same order
   * @param prompter flat parameters of the trained prompter
   * @return flat parameters of the regressor
   */
  public float[] train(
      StageStore store,
      TrainingLoop loop,
      Preset.Stage preset,
      List<ZooExpert> zoo,
      List<float[]> latents,
      float[] prompter,
      long seed) {
    return store
        .result()
        .map(tensors -> tensors.get("regressor").values())
        .orElseGet(
            () -> {
              float[] trained = run(store, loop, preset, zoo, latents, prompter, seed);
              store.finish(List.of(StageStore.vector("regressor", trained)));
              return trained;
            });
  }

  private float[] run(
      StageStore store,
      TrainingLoop loop,
      Preset.Stage preset,
      List<ZooExpert> zoo,
      List<float[]> latents,
      float[] prompter,
      long seed) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray fixed = manager.create(prompter);
      return loop.run(
          store,
          new TrainingLoop.Plan(
              "regressor", preset.steps(), preset.learningRate(), preset.weightDecay(), 0, seed),
          regressor.layout().initialValues(seed),
          new Shape(regressor.layout().size()),
          (scope, leaf, random) -> {
            List<float[]> conditions = new ArrayList<>();
            List<EnvironmentData> environments = new ArrayList<>();
            List<float[]> targets = new ArrayList<>();
            for (int b = 0; b < preset.batch(); b++) {
              int index = random.nextInt(zoo.size());
              conditions.add(zoo.get(index).condition());
              environments.add(zoo.get(index).environments().get(0));
              targets.add(latents.get(index));
            }
            NDArray vector = draw.draw(scope, conditions, environments, fixed, random).vector();
            NDArray target =
                scope.create(
                    StageStore.rows("latents", targets).values(),
                    new Shape(preset.batch(), latentShape.get(0), latentShape.get(1)));
            return regressor
                .predict(new Parameters(regressor.layout(), leaf), vector)
                .sub(target)
                .square()
                .mean();
          });
    }
  }

  /** Standardised latents less the regressed ones, at each expert's own condition. */
  public List<float[]> residuals(
      float[] trained, List<ZooExpert> zoo, List<float[]> latents, float[] prompter) {
    List<float[]> residuals = new ArrayList<>();
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray fixed = manager.create(prompter);
      Parameters parameters =
          trained.length == 0 ? null : new Parameters(regressor.layout(), manager.create(trained));
      for (int i = 0; i < zoo.size(); i++) {
        try (NDManager scope = manager.newSubManager()) {
          NDArray vector =
              draw.exact(scope, zoo.get(i).condition(), zoo.get(i).environments().get(0), fixed);
          float[] expected = regressor.predict(parameters, vector).toFloatArray();
          float[] residual = latents.get(i).clone();
          for (int k = 0; k < residual.length; k++) {
            residual[k] -= expected[k];
          }
          residuals.add(residual);
        }
      }
    }
    return residuals;
  }
}
