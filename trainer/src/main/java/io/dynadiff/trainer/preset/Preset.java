package io.dynadiff.trainer.preset;

import io.dynadiff.models.diffusion.DpmSolver;
import io.dynadiff.models.diffusion.SamplerSettings;
import io.dynadiff.models.prompt.PrompterSpec.Conditioning;
import io.dynadiff.models.prompt.PrompterSpec.Features;
import io.dynadiff.models.vae.VaeSpec;

/**
 * Every size and setting of a training, by system and purpose.
 *
 * <p>{@code laptop} trains end to end on two CPU cores; {@code smoke} runs every stage in a minute
 * and is good for nothing else.
 */
public record Preset(
    Data data,
    Expert expert,
    Stage base,
    Zoo zoo,
    VaeSpec vae,
    Stage vaeTraining,
    Generator generator,
    SamplerSettings sampler,
    int windowLength,
    int leadCount) {

  /**
   * How much data.
   *
   * @param trajectories training trajectories per seen environment; recorded systems have one
   * @param length frames per trajectory; recorded systems take all
   * @param unseen unseen environments to evaluate on; recorded systems take all
   */
  public record Data(int trajectories, int length, int unseen) {}

  /**
   * Sizes of the expert.
   *
   * @param hidden hidden channels
   * @param layers operator blocks
   * @param modesY wavenumbers kept along y
   * @param modesX wavenumbers kept along x
   * @param periodic whether the domain is periodic
   * @param clockPeriodMillis period of the external cycle, 0 for none
   */
  public record Expert(
      int hidden, int layers, int modesY, int modesX, boolean periodic, long clockPeriodMillis) {}

  /**
   * One training.
   *
   * @param steps updates
   * @param batch examples per update
   * @param learningRate highest learning rate
   * @param weightDecay decoupled weight decay
   */
  public record Stage(int steps, int batch, double learningRate, double weightDecay) {}

  /**
   * The zoo.
   *
   * @param perEnvironment experts per seen environment
   * @param stack experts trained as one computation
   * @param noise initial noise on one layer, relative to its root mean square weight
   * @param mixes convex mixes of experts of neighbouring environments
   * @param training training of each expert
   */
  public record Zoo(int perEnvironment, int stack, double noise, int mixes, Stage training) {}

  /**
   * Prompter and diffusion.
   *
   * @param prompterHidden width of the GRU's state
   * @param features features that the prompter looks at
   * @param conditioning what the diffusion model is given
   * @param prompterTraining pre-training of the prompter on the conditions
   * @param width width of the transformer
   * @param heads attention heads
   * @param blocks transformer blocks
   * @param training training of the diffusion
   * @param emaDecay decay of the average of its values
   */
  public record Generator(
      int prompterHidden,
      Features features,
      Conditioning conditioning,
      Stage prompterTraining,
      int width,
      int heads,
      int blocks,
      Stage training,
      double emaDecay) {}

  private static final long DAY_MILLIS = 86_400_000;

  /**
   * Returns a preset.
   *
   * @throws IllegalArgumentException if there is none for that system and name
   */
  public static Preset of(String system, String name) {
    return switch (system + " " + name) {
      case "lambda-omega laptop" -> lambdaOmega(48, 50, 4000, 12, 200, 1500, 3000, 400);
      case "lambda-omega smoke" -> lambdaOmega(2, 20, 20, 2, 5, 5, 10, 10);
      case "era5-uk laptop" -> era5(300, 10, 20, 1000, 2000);
      case "era5-uk smoke" -> era5(20, 1, 5, 5, 10);
      default ->
          throw new IllegalArgumentException(
              "preset: expected a system out of [lambda-omega, era5-uk] and a preset out of"
                  + " [laptop, smoke], found \""
                  + system
                  + "\" and \""
                  + name
                  + "\"");
    };
  }

  private static Preset lambdaOmega(
      int trajectories,
      int length,
      int base,
      int perEnvironment,
      int zoo,
      int vae,
      int diffusion,
      int mixes) {
    return new Preset(
        new Data(trajectories, length, 13),
        new Expert(16, 2, 11, 6, true, 0),
        new Stage(base, 32, 4e-3, 0),
        new Zoo(perEnvironment, 12, 0.05, mixes, new Stage(zoo, 8, 2e-3, 0)),
        new VaeSpec(64, 16, 4, 2),
        new Stage(vae, 16, 2e-3, 0),
        new Generator(
            64,
            Features.INVARIANT,
            Conditioning.CONDITIONS,
            new Stage(diffusion, 64, 1e-3, 0.05),
            64,
            4,
            3,
            new Stage(diffusion, 32, 1e-3, 0),
            0.998),
        new SamplerSettings(DpmSolver.NAME, 10, 1, 4, 0),
        10,
        10);
  }

  private static Preset era5(int base, int perEnvironment, int zoo, int vae, int diffusion) {
    return new Preset(
        new Data(1, 0, 0),
        // Twenty days of overlapping tiles overfit anything larger within a few hundred steps.
        new Expert(8, 1, 5, 3, false, DAY_MILLIS),
        new Stage(base, 32, 3e-3, 1),
        new Zoo(perEnvironment, 18, 0.05, 0, new Stage(zoo, 16, 1e-3, 1e-2)),
        new VaeSpec(64, 16, 4, 2),
        new Stage(vae, 16, 2e-3, 0),
        new Generator(
            32,
            Features.ALL,
            Conditioning.PROMPT,
            new Stage(diffusion / 4, 64, 1e-3, 0.05),
            64,
            4,
            3,
            new Stage(diffusion, 32, 1e-3, 0),
            0.998),
        new SamplerSettings(DpmSolver.NAME, 10, 1, 4, 0),
        10,
        6);
  }
}
