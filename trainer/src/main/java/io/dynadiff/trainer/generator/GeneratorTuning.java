package io.dynadiff.trainer.generator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.graph.WeightScaling;
import io.dynadiff.models.nn.ParameterLayout;
import io.dynadiff.models.nn.Parameters;
import io.dynadiff.models.nn.Scalars;
import io.dynadiff.models.regression.LatentRegressor;
import io.dynadiff.models.vae.VaeSpec;
import io.dynadiff.models.vae.WeightVae;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.Equivalence;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.expert.FrameRuns;
import io.dynadiff.trainer.expert.RolloutLoss;
import io.dynadiff.trainer.expert.ZooExpert;
import io.dynadiff.trainer.preset.Preset;
import io.dynadiff.trainer.stage.StageStore;
import io.dynadiff.trainer.stage.TrainingLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Trains regressor and decoder together on what counts: the forecast errors that generated experts
 * make on frames of the seen environments.
 *
 * <p>Learning from the zoo alone, a generator can at best repeat the experts it was shown, each
 * trained on the frames of one environment for a short while. Here every step improves what all
 * environments share. The decoder is held to the zoo by going on to reconstruct its experts, so
 * that the diffusion around the regressed latent still decodes to experts.
 */
public final class GeneratorTuning {

  private final ExpertSpec spec;
  private final SystemData data;
  private final WeightScaling scaling;
  private final WeightVae vae;
  private final LatentRegressor regressor;
  private final LatentScaling latentScaling;
  private final ConditionDraw draw;
  private final ParameterLayout decoderLayout;
  private final ParameterLayout regressorLayout;

  public GeneratorTuning(
      ExpertSpec spec,
      SystemData data,
      WeightScaling scaling,
      VaeSpec vaeSpec,
      LatentRegressor regressor,
      LatentScaling latentScaling,
      ConditionDraw draw) {
    this.spec = spec;
    this.data = data;
    this.scaling = scaling;
    this.vae = new WeightVae(spec.layout(), vaeSpec);
    this.regressor = regressor;
    this.latentScaling = latentScaling;
    this.draw = draw;
    this.decoderLayout = vae.decoderLayout();
    this.regressorLayout = regressor.layout();
  }

  /**
   * Tuned networks.
   *
   * @param decoder flat parameters of the decoder
   * @param regressor flat parameters of the regressor
   * @param prompter flat parameters of the prompter, tuned too if it takes part
   */
  public record Result(float[] decoder, float[] regressor, float[] prompter) {}

  /**
   * Trains, or finds the finished result.
   *
   * @param start networks to start from
   * @param zoo experts
   * @param latents their standardised latents, in the same order
   */
  public Result train(
      StageStore store,
      TrainingLoop loop,
      Preset.Regression preset,
      Result start,
      List<ZooExpert> zoo,
      List<float[]> latents,
      long seed) {
    float[] all =
        store
            .result()
            .map(tensors -> tensors.get("tuned").values())
            .orElseGet(
                () -> {
                  float[] trained = run(store, loop, preset, start, zoo, latents, seed);
                  store.finish(List.of(StageStore.vector("tuned", trained)));
                  return trained;
                });
    int first = decoderLayout.size();
    int second = first + regressorLayout.size();
    return new Result(
        Arrays.copyOf(all, first),
        Arrays.copyOfRange(all, first, second),
        Arrays.copyOfRange(all, second, all.length));
  }

  private float[] run(
      StageStore store,
      TrainingLoop loop,
      Preset.Regression preset,
      Result start,
      List<ZooExpert> zoo,
      List<float[]> latents,
      long seed) {
    Preset.Stage stage = preset.tuning();
    float[] initial = concatenated(start);
    Shape nodes = new Shape(1, vae.nodes(), vae.latent());
    try (NDManager manager = NDManager.newBaseManager();
        ExpertNetwork network = spec.family().network(spec, manager)) {
      RolloutLoss rollouts = new RolloutLoss(spec, preset.tuningRollout(), network);
      NDArray mean = manager.create(scaling.mean());
      NDArray scale = manager.create(scaling.scale());
      NDArray latentMean = manager.create(latentScaling.mean(), nodes);
      NDArray latentDeviation = manager.create(latentScaling.deviation(), nodes);
      return loop.run(
          store,
          new TrainingLoop.Plan(
              "tuning", stage.steps(), stage.learningRate(), stage.weightDecay(), 0, seed),
          initial,
          new Shape(initial.length),
          (scope, leaf, random) -> {
            NDList parts =
                leaf.split(
                    new long[] {
                      decoderLayout.size(), decoderLayout.size() + regressorLayout.size()
                    });
            Parameters decoder = new Parameters(decoderLayout, parts.get(0));
            List<EnvironmentData> environments = environments(stage.batch(), random);
            List<Equivalence> equivalences = equivalences(preset, random);
            ConditionDraw.Drawn drawn =
                draw.draw(
                    scope,
                    conditions(environments, equivalences),
                    environments,
                    parts.get(2),
                    random);
            NDArray standardised =
                regressor.predict(new Parameters(regressorLayout, parts.get(1)), drawn.vector());
            NDArray weights =
                vae.decode(decoder, standardised.mul(latentDeviation).add(latentMean))
                    .mul(scale)
                    .add(mean);
            FrameRuns runs =
                FrameRuns.draw(
                    spec,
                    data,
                    environments.stream().map(List::of).toList(),
                    equivalences,
                    preset.tuningRuns(),
                    preset.tuningRollout(),
                    random);
            NDArray loss =
                rollouts
                    .of(scope, weights, runs, 1)
                    .add(
                        reconstruction(
                            scope,
                            decoder,
                            latentMean,
                            latentDeviation,
                            zoo,
                            latents,
                            stage,
                            preset.reconstructionWeight(),
                            random));
            return drawn.auxiliary() == null ? loss : loss.add(drawn.auxiliary());
          });
    }
  }

  private float[] concatenated(Result start) {
    float[] all =
        Arrays.copyOf(
            start.decoder(),
            start.decoder().length + start.regressor().length + start.prompter().length);
    System.arraycopy(start.regressor(), 0, all, start.decoder().length, start.regressor().length);
    System.arraycopy(
        start.prompter(),
        0,
        all,
        start.decoder().length + start.regressor().length,
        start.prompter().length);
    return all;
  }

  private List<EnvironmentData> environments(int batch, Random random) {
    List<EnvironmentData> drawn = new ArrayList<>();
    for (int b = 0; b < batch; b++) {
      drawn.add(data.seen().get(random.nextInt(data.seen().size())));
    }
    return drawn;
  }

  private List<Equivalence> equivalences(Preset.Regression preset, Random random) {
    return Stream.generate(
            () -> preset.equivalences() ? data.equivalences().draw(random) : Equivalence.IDENTITY)
        .limit(preset.tuning().batch())
        .toList();
  }

  private List<float[]> conditions(
      List<EnvironmentData> environments, List<Equivalence> equivalences) {
    return IntStream.range(0, environments.size())
        .mapToObj(i -> equivalences.get(i).conditions(environments.get(i).conditions()))
        .map(data.encoding()::encode)
        .toList();
  }

  private NDArray reconstruction(
      NDManager scope,
      Parameters decoder,
      NDArray latentMean,
      NDArray latentDeviation,
      List<ZooExpert> zoo,
      List<float[]> latents,
      Preset.Stage stage,
      double weight,
      Random random) {
    List<float[]> drawnLatents = new ArrayList<>();
    List<float[]> whitened = new ArrayList<>();
    for (int b = 0; b < stage.batch(); b++) {
      int index = random.nextInt(zoo.size());
      drawnLatents.add(latents.get(index));
      whitened.add(scaling.whiten(zoo.get(index).weights()));
    }
    NDArray z =
        scope
            .create(
                StageStore.rows("latents", drawnLatents).values(),
                new Shape(stage.batch(), vae.nodes(), vae.latent()))
            .mul(latentDeviation)
            .add(latentMean);
    NDArray target =
        scope.create(
            StageStore.rows("weights", whitened).values(),
            new Shape(stage.batch(), spec.parameterCount()));
    return Scalars.scale(vae.decode(decoder, z).sub(target).square().mean(), weight);
  }
}
