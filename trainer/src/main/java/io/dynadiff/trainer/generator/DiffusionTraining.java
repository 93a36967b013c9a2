package io.dynadiff.trainer.generator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.diffusion.DiffusionSpec;
import io.dynadiff.models.diffusion.DiffusionTransformer;
import io.dynadiff.models.nn.ParameterLayout;
import io.dynadiff.models.nn.Parameters;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.expert.ZooExpert;
import io.dynadiff.trainer.preset.Preset;
import io.dynadiff.trainer.stage.StageStore;
import io.dynadiff.trainer.stage.TrainingLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Trains the latent diffusion of expert weights, for the target and on the schedule of its
 * specification.
 *
 * <p>Where the condition is a prompt and nothing else depends on it yet, the prompter goes on
 * training jointly, held by its auxiliary regression of the conditions (paper's L_aux) unless the
 * preset does without.
 */
public final class DiffusionTraining {

  private final DiffusionSpec spec;
  private final DiffusionTransformer transformer;
  private final ParameterLayout layout;
  private final ConditionDraw draw;
  private final Shape latentShape;
  private final boolean joint;

  /**
   * @param latentShape axes [node, latent]
   * @param joint whether the prompter trains along, if it takes part at all
   */
  public DiffusionTraining(
      DiffusionTransformer transformer, ConditionDraw draw, Shape latentShape, boolean joint) {
    this.spec = transformer.spec();
    this.transformer = transformer;
    this.layout = transformer.layout();
    this.draw = draw;
    this.latentShape = latentShape;
    this.joint = joint && draw.prompted();
  }

  /**
   * Trained networks.
   *
   * @param diffusion flat parameters of the transformer
   * @param prompter flat parameters of the prompter
   */
  public record Result(float[] diffusion, float[] prompter) {}

  /**
   * Trains, or finds the finished result.
   *
   * @param zoo experts
   * @param latents what to model of each, of about unit size, in the same order
   * @param prompter flat parameters of the trained prompter
   */
  public Result train(
      StageStore store,
      TrainingLoop loop,
      Preset.Diffusion preset,
      List<ZooExpert> zoo,
      List<float[]> latents,
      float[] prompter,
      long seed) {
    float[] all =
        store
            .result()
            .map(tensors -> tensors.get("diffusion").values())
            .orElseGet(
                () -> {
                  float[] trained = run(store, loop, preset, zoo, latents, prompter, seed);
                  store.finish(List.of(StageStore.vector("diffusion", trained)));
                  return trained;
                });
    return new Result(
        Arrays.copyOf(all, layout.size()),
        joint ? Arrays.copyOfRange(all, layout.size(), all.length) : prompter);
  }

  private float[] run(
      StageStore store,
      TrainingLoop loop,
      Preset.Diffusion preset,
      List<ZooExpert> zoo,
      List<float[]> latents,
      float[] prompter,
      long seed) {
    float[] initial = layout.initialValues(seed);
    if (joint) {
      initial = Arrays.copyOf(initial, layout.size() + prompter.length);
      System.arraycopy(prompter, 0, initial, layout.size(), prompter.length);
    }
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray fixed = manager.create(prompter);
      return loop.run(
          store,
          new TrainingLoop.Plan(
              "diffusion",
              preset.training().steps(),
              preset.training().learningRate(),
              preset.training().weightDecay(),
              preset.emaDecay(),
              seed),
          initial,
          new Shape(initial.length),
          (scope, leaf, random) -> {
            NDList parts = joint ? leaf.split(new long[] {layout.size()}) : new NDList(leaf, fixed);
            return loss(
                scope,
                new Parameters(layout, parts.get(0)),
                parts.get(1),
                zoo,
                latents,
                preset.training().batch(),
                random);
          });
    }
  }

  private NDArray loss(
      NDManager scope,
      Parameters parameters,
      NDArray prompter,
      List<ZooExpert> zoo,
      List<float[]> latents,
      int batch,
      Random random) {
    List<float[]> conditions = new ArrayList<>();
    List<EnvironmentData> environments = new ArrayList<>();
    float[] times = new float[batch];
    int size = Math.toIntExact(latentShape.size());
    float[] noised = new float[batch * size];
    float[] target = new float[batch * size];
    for (int b = 0; b < batch; b++) {
      int index = random.nextInt(zoo.size());
      conditions.add(zoo.get(index).condition());
      environments.add(zoo.get(index).environments().get(0));
      // One time from each of as many equal parts as there are examples: less noise in the loss.
      double time = spec.schedule().trainingTime((b + random.nextDouble()) / batch);
      times[b] = (float) time;
      double alpha = spec.schedule().alpha(time);
      double sigma = spec.schedule().sigma(time);
      float[] clean = latents.get(index);
      for (int i = 0; i < size; i++) {
        double noise = random.nextGaussian();
        noised[b * size + i] = (float) (alpha * clean[i] + sigma * noise);
        target[b * size + i] = (float) spec.target().of(clean[i], noise, alpha, sigma);
      }
    }
    Shape shape = new Shape(batch, latentShape.get(0), latentShape.get(1));
    ConditionDraw.Drawn drawn = draw.draw(scope, conditions, environments, prompter, random);
    NDArray condition = drawn.vector();
    if (spec.guidable()) {
      boolean[] drop = new boolean[batch];
      for (int b = 0; b < batch; b++) {
        drop[b] = random.nextDouble() < spec.conditionDropout();
      }
      condition = transformer.dropConditions(parameters, condition, drop);
    }
    NDArray loss =
        transformer
            .predict(parameters, scope.create(noised, shape), times, condition)
            .sub(scope.create(target, shape))
            .square()
            .mean();
    return joint && drawn.auxiliary() != null ? loss.add(drawn.auxiliary()) : loss;
  }
}
