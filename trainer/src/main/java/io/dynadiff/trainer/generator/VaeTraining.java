package io.dynadiff.trainer.generator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.WeightLayout;
import io.dynadiff.models.graph.WeightScaling;
import io.dynadiff.models.nn.ParameterLayout;
import io.dynadiff.models.nn.Parameters;
import io.dynadiff.models.nn.Scalars;
import io.dynadiff.models.vae.WeightVae;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.expert.ZooExpert;
import io.dynadiff.trainer.functional.FunctionalLoss;
import io.dynadiff.trainer.preset.Preset;
import io.dynadiff.trainer.stage.StageStore;
import io.dynadiff.trainer.stage.TrainingLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Trains the weight autoencoder: reconstruction + KL + functional loss (paper section 3.3, see
 * {@link FunctionalLoss}).
 */
public final class VaeTraining {

  private static final int ENCODE_BATCH = 32;

  private final ExpertSpec spec;
  private final SystemData data;
  private final WeightScaling scaling;
  private final Preset.Autoencoder preset;
  private final WeightVae vae;
  private final ParameterLayout encoderLayout;
  private final ParameterLayout decoderLayout;

  public VaeTraining(
      ExpertSpec spec, SystemData data, Preset.Autoencoder preset, WeightScaling scaling) {
    WeightLayout layout = spec.layout();
    this.spec = spec;
    this.data = data;
    this.scaling = scaling;
    this.preset = preset;
    this.vae = new WeightVae(layout, preset.sizes());
    this.encoderLayout = vae.encoderLayout();
    this.decoderLayout = vae.decoderLayout();
  }

  /**
   * A trained autoencoder.
   *
   * @param encoder flat parameters of the encoder
   * @param decoder flat parameters of the decoder
   */
  public record Result(float[] encoder, float[] decoder) {}

  /** Trains on a zoo, or finds the finished result; nothing where there is no autoencoder. */
  public Result train(StageStore store, TrainingLoop loop, List<ZooExpert> zoo, long seed) {
    if (!preset.sizes().present()) {
      return new Result(new float[0], new float[0]);
    }
    float[] all =
        store
            .result()
            .map(tensors -> tensors.get("vae").values())
            .orElseGet(
                () -> {
                  float[] trained = run(store, loop, zoo, seed);
                  store.finish(List.of(StageStore.vector("vae", trained)));
                  return trained;
                });
    return new Result(
        Arrays.copyOf(all, encoderLayout.size()),
        Arrays.copyOfRange(all, encoderLayout.size(), all.length));
  }

  private float[] run(StageStore store, TrainingLoop loop, List<ZooExpert> zoo, long seed) {
    float[] initial = Arrays.copyOf(encoderLayout.initialValues(seed), size());
    System.arraycopy(
        decoderLayout.initialValues(seed + 1),
        0,
        initial,
        encoderLayout.size(),
        decoderLayout.size());
    try (NDManager manager = NDManager.newBaseManager();
        ExpertNetwork network = spec.family().network(spec, manager)) {
      NDArray mean = manager.create(scaling.mean());
      NDArray scale = manager.create(scaling.scale());
      FunctionalLoss functional = new FunctionalLoss(spec, data, preset, network, manager);
      return loop.run(
          store,
          new TrainingLoop.Plan(
              "autoencoder",
              preset.training().steps(),
              preset.training().learningRate(),
              preset.training().weightDecay(),
              0,
              seed),
          initial,
          new Shape(size()),
          (scope, leaf, random) ->
              loss(
                  scope,
                  leaf,
                  functional,
                  mean,
                  scale,
                  draw(zoo, preset.training().batch(), random),
                  random));
    }
  }

  private int size() {
    return encoderLayout.size() + decoderLayout.size();
  }

  private static List<ZooExpert> draw(List<ZooExpert> zoo, int batch, Random random) {
    List<ZooExpert> drawn = new ArrayList<>();
    for (int b = 0; b < batch; b++) {
      drawn.add(zoo.get(random.nextInt(zoo.size())));
    }
    return drawn;
  }

  private NDArray loss(
      NDManager scope,
      NDArray leaf,
      FunctionalLoss functional,
      NDArray mean,
      NDArray scale,
      List<ZooExpert> experts,
      Random random) {
    NDList parts = leaf.split(new long[] {encoderLayout.size()});
    NDArray whitened = whitened(scope, experts);
    WeightVae.Posterior posterior =
        vae.encode(new Parameters(encoderLayout, parts.get(0)), whitened);
    NDArray noise = normal(scope, posterior.mean().getShape(), random);
    NDArray z = posterior.mean().add(Scalars.scale(posterior.logVariance(), 0.5).exp().mul(noise));
    NDArray decoded = vae.decode(new Parameters(decoderLayout, parts.get(1)), z);
    NDArray reconstruction = decoded.sub(whitened).square().mean();
    NDArray divergence =
        Scalars.scale(
            posterior
                .mean()
                .square()
                .add(posterior.logVariance().exp())
                .sub(posterior.logVariance())
                .sub(1f)
                .mean(),
            0.5 * preset.klWeight());
    NDArray loss = reconstruction.add(divergence);
    if (functional.absent()) {
      return loss;
    }
    return loss.add(
        functional.of(
            decoded.mul(scale).add(mean), whitened.mul(scale).add(mean), experts, random));
  }

  private NDArray whitened(NDManager scope, List<ZooExpert> experts) {
    List<float[]> rows = experts.stream().map(e -> scaling.whiten(e.weights())).toList();
    return scope.create(
        StageStore.rows("weights", rows).values(), new Shape(rows.size(), spec.parameterCount()));
  }

  static NDArray normal(NDManager scope, Shape shape, Random random) {
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return scope.create(values, shape);
  }

  /** Posterior means of experts, each axes [node, latent] flattened. */
  public List<float[]> encode(Result trained, List<ZooExpert> experts) {
    List<float[]> latents = new ArrayList<>();
    try (NDManager manager = NDManager.newBaseManager()) {
      Parameters encoder = new Parameters(encoderLayout, manager.create(trained.encoder()));
      for (int from = 0; from < experts.size(); from += ENCODE_BATCH) {
        List<ZooExpert> part = experts.subList(from, Math.min(experts.size(), from + ENCODE_BATCH));
        try (NDManager scope = manager.newSubManager()) {
          NDArray mean = vae.latents(encoder, whitened(scope, part));
          long perExpert = mean.getShape().size() / part.size();
          latents.addAll(
              StageStore.rows(
                  new io.dynadiff.models.safetensors.NamedTensor(
                      "latents", new long[] {part.size(), perExpert}, mean.toFloatArray())));
        }
      }
    }
    return latents;
  }

  /** Decodes latents to flat expert weights. */
  public List<float[]> decode(float[] trainedDecoder, List<float[]> latents) {
    List<float[]> experts = new ArrayList<>();
    try (NDManager manager = NDManager.newBaseManager()) {
      Parameters decoder = new Parameters(decoderLayout, manager.create(trainedDecoder));
      for (float[] latent : latents) {
        try (NDManager scope = manager.newSubManager()) {
          NDArray z = scope.create(latent, new Shape(1, vae.nodes(), vae.latent()));
          float[] weights = vae.decode(decoder, z).toFloatArray();
          for (int i = 0; i < weights.length; i++) {
            weights[i] = weights[i] * scaling.scale()[i] + scaling.mean()[i];
          }
          experts.add(weights);
        }
      }
    }
    return experts;
  }
}
