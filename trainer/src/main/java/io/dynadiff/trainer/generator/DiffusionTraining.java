package io.dynadiff.trainer.generator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.diffusion.DiffusionSpec;
import io.dynadiff.models.diffusion.DiffusionTransformer;
import io.dynadiff.models.nn.ParameterLayout;
import io.dynadiff.models.nn.Parameters;
import io.dynadiff.models.prompt.FeatureScaling;
import io.dynadiff.models.prompt.Prompter;
import io.dynadiff.models.prompt.PrompterSpec;
import io.dynadiff.models.prompt.PrompterSpec.Conditioning;
import io.dynadiff.models.prompt.WindowFeatures;
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
 * <p>With {@link Conditioning#PROMPT} the prompter goes on training jointly, held by its auxiliary
 * regression of the conditions. With {@link Conditioning#CONDITIONS} the model is given the
 * conditions plus noise of the size that the prompter errs by, so that mixed experts, for whose
 * environments there are no frames, can be learnt from as well.
 */
public final class DiffusionTraining {

  private final DiffusionSpec spec;
  private final DiffusionTransformer transformer;
  private final Prompter prompter;
  private final PrompterSpec prompterSpec;
  private final ParameterLayout transformerLayout;
  private final ParameterLayout prompterLayout;
  private final FeatureScaling scaling;
  private final int nodes;
  private final int latent;
  private final int windowLength;

  public DiffusionTraining(
      DiffusionSpec spec,
      PrompterSpec prompterSpec,
      FeatureScaling scaling,
      int nodes,
      int latent,
      int windowLength) {
    this.spec = spec;
    this.transformer = new DiffusionTransformer(spec, nodes, latent);
    this.prompter = new Prompter(prompterSpec);
    this.prompterSpec = prompterSpec;
    this.transformerLayout = transformer.layout();
    this.prompterLayout = prompter.layout();
    this.scaling = scaling;
    this.nodes = nodes;
    this.latent = latent;
    this.windowLength = windowLength;
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
   * @param latents their standardised latents, in the same order
   * @param pretrained flat parameters of the prompter
   * @param conditionNoise error of the prompter for each standardised condition
   */
  public Result train(
      StageStore store,
      TrainingLoop loop,
      Preset.Generator preset,
      List<ZooExpert> zoo,
      List<float[]> latents,
      float[] pretrained,
      double[] conditionNoise,
      long seed) {
    float[] all =
        store
            .result()
            .map(tensors -> tensors.get("diffusion").values())
            .orElseGet(
                () -> {
                  float[] initial = Arrays.copyOf(transformerLayout.initialValues(seed), size());
                  System.arraycopy(
                      pretrained, 0, initial, transformerLayout.size(), pretrained.length);
                  float[] trained =
                      loop.run(
                          store,
                          new TrainingLoop.Plan(
                              "diffusion",
                              preset.training().steps(),
                              preset.training().learningRate(),
                              preset.training().weightDecay(),
                              preset.emaDecay(),
                              seed),
                          initial,
                          new Shape(size()),
                          (scope, leaf, random) ->
                              loss(
                                  scope,
                                  leaf,
                                  zoo,
                                  latents,
                                  conditionNoise,
                                  preset.training().batch(),
                                  random));
                  store.finish(List.of(StageStore.vector("diffusion", trained)));
                  return trained;
                });
    return new Result(
        Arrays.copyOf(all, transformerLayout.size()),
        prompterSpec.conditioning() == Conditioning.PROMPT
            ? Arrays.copyOfRange(all, transformerLayout.size(), all.length)
            : pretrained);
  }

  private int size() {
    return transformerLayout.size() + prompterLayout.size();
  }

  private NDArray loss(
      NDManager scope,
      NDArray leaf,
      List<ZooExpert> zoo,
      List<float[]> latents,
      double[] conditionNoise,
      int batch,
      Random random) {
    NDList parts = leaf.split(new long[] {transformerLayout.size()});
    List<ZooExpert> experts = new ArrayList<>();
    float[] times = new float[batch];
    int size = nodes * latent;
    float[] noised = new float[batch * size];
    float[] target = new float[batch * size];
    for (int b = 0; b < batch; b++) {
      int index = random.nextInt(zoo.size());
      experts.add(zoo.get(index));
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
    Shape shape = new Shape(batch, nodes, latent);
    NDArray auxiliary = null;
    NDArray condition;
    NDArray truth = conditions(scope, experts, new double[prompterSpec.conditions()], random);
    if (prompterSpec.conditioning() == Conditioning.PROMPT) {
      List<WindowFeatures> windows =
          experts.stream()
              .map(
                  e ->
                      scaling.standardise(
                          WindowDraw.draw(
                              e.environments().get(0).training(),
                              windowLength,
                              prompterSpec.input(),
                              random)))
              .toList();
      Prompter.Prompt prompt =
          prompter.prompt(new Parameters(prompterLayout, parts.get(1)), windows, scope);
      condition = prompt.vector();
      auxiliary = prompt.conditions().sub(truth).square().mean();
    } else {
      condition = conditions(scope, experts, conditionNoise, random);
    }
    Parameters parameters = new Parameters(transformerLayout, parts.get(0));
    if (spec.guidable()) {
      boolean[] drop = new boolean[batch];
      for (int b = 0; b < batch; b++) {
        drop[b] = random.nextDouble() < spec.conditionDropout();
      }
      condition = transformer.dropConditions(parameters, condition, drop);
    }
    NDArray predicted =
        transformer.predict(parameters, scope.create(noised, shape), times, condition);
    NDArray loss = predicted.sub(scope.create(target, shape)).square().mean();
    return auxiliary == null ? loss : loss.add(auxiliary);
  }

  private NDArray conditions(
      NDManager scope, List<ZooExpert> experts, double[] noise, Random random) {
    int count = prompterSpec.conditions();
    float[] values = new float[experts.size() * count];
    for (int b = 0; b < experts.size(); b++) {
      for (int i = 0; i < count; i++) {
        values[b * count + i] =
            (float) (experts.get(b).condition()[i] + noise[i] * random.nextGaussian());
      }
    }
    return scope.create(values, new Shape(experts.size(), count));
  }
}
