package io.dynadiff.trainer.generator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.nn.ParameterLayout;
import io.dynadiff.models.nn.Parameters;
import io.dynadiff.models.prompt.FeatureScaling;
import io.dynadiff.models.prompt.Prompter;
import io.dynadiff.models.prompt.PrompterSpec;
import io.dynadiff.models.prompt.PrompterSpec.Conditioning;
import io.dynadiff.models.prompt.WindowFeatures;
import io.dynadiff.trainer.data.EnvironmentData;
import java.util.List;
import java.util.Random;

/**
 * Draws what generation is conditioned on, as it will be online.
 *
 * <p>With {@link Conditioning#CONDITIONS} these are the conditions plus noise of the size that the
 * prompter errs by, so that mixed experts, for whose environments there are no frames, can be
 * learnt from as well; {@link Conditioning#KNOWN} ones have no noise. With {@link
 * Conditioning#PROMPT} they are prompts of windows of the environment.
 */
public final class ConditionDraw {

  private final PrompterSpec spec;
  private final FeatureScaling scaling;
  private final int windowLength;
  private final double[] noise;
  private final boolean supervised;
  private final Prompter prompter;
  private final ParameterLayout layout;

  /**
   * @param noise error of the prompter for each standardised condition
   * @param supervised whether prompts are held to the conditions
   */
  public ConditionDraw(
      PrompterSpec spec,
      FeatureScaling scaling,
      int windowLength,
      double[] noise,
      boolean supervised) {
    this.spec = spec;
    this.scaling = scaling;
    this.windowLength = windowLength;
    this.noise =
        spec.conditioning() == Conditioning.KNOWN ? new double[noise.length] : noise.clone();
    this.supervised = supervised;
    this.prompter = new Prompter(spec);
    this.layout = prompter.layout();
  }

  /** Parameters of the prompter. */
  public ParameterLayout prompterLayout() {
    return layout;
  }

  /** Whether the prompter's own parameters have a part in what is drawn. */
  public boolean prompted() {
    return spec.conditioning() == Conditioning.PROMPT;
  }

  /**
   * What was drawn.
   *
   * @param vector what generation is given, axes [batch, condition]
   * @param auxiliary error of the inferred conditions, a scalar; null unless {@link #prompted} and
   *     supervised
   */
  public record Drawn(NDArray vector, NDArray auxiliary) {}

  /**
   * Draws one vector for each environment.
   *
   * @param conditions standardised conditions of each
   * @param environments the environment that each window is taken from
   * @param prompterParameters flat parameters of the prompter; not read unless {@link #prompted}
   */
  public Drawn draw(
      NDManager scope,
      List<float[]> conditions,
      List<EnvironmentData> environments,
      NDArray prompterParameters,
      Random random) {
    if (!prompted()) {
      return new Drawn(values(scope, conditions, noise, random), null);
    }
    List<WindowFeatures> windows =
        environments.stream()
            .map(
                e ->
                    scaling.standardise(
                        WindowDraw.draw(e.training(), windowLength, spec.input(), random)))
            .toList();
    Prompter.Prompt prompt =
        prompter.prompt(new Parameters(layout, prompterParameters), windows, scope);
    if (!supervised) {
      return new Drawn(prompt.vector(), null);
    }
    NDArray truth = values(scope, conditions, new double[spec.conditions()], random);
    return new Drawn(prompt.vector(), prompt.conditions().sub(truth).square().mean());
  }

  /**
   * The vector of one environment without noise: its conditions, or the prompt of its first full
   * window.
   */
  public NDArray exact(
      NDManager scope, float[] condition, EnvironmentData environment, NDArray parameters) {
    if (!prompted()) {
      return scope.create(condition, new Shape(1, condition.length));
    }
    WindowFeatures window =
        scaling.standardise(
            WindowDraw.all(environment.training(), windowLength, spec.input()).get(0));
    return prompter.prompt(new Parameters(layout, parameters), List.of(window), scope).vector();
  }

  private NDArray values(
      NDManager scope, List<float[]> conditions, double[] deviation, Random random) {
    int count = spec.conditions();
    float[] values = new float[conditions.size() * count];
    for (int b = 0; b < conditions.size(); b++) {
      for (int i = 0; i < count; i++) {
        values[b * count + i] =
            (float) (conditions.get(b)[i] + deviation[i] * random.nextGaussian());
      }
    }
    return scope.create(values, new Shape(conditions.size(), count));
  }
}
