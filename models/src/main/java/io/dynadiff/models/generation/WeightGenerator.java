package io.dynadiff.models.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.bundle.BundleManifest;
import io.dynadiff.models.bundle.ConditionEncoding;
import io.dynadiff.models.bundle.GeneratorTensors;
import io.dynadiff.models.diffusion.ConditionedDenoiser;
import io.dynadiff.models.diffusion.DiffusionTransformer;
import io.dynadiff.models.diffusion.Sampler;
import io.dynadiff.models.diffusion.SamplerSettings;
import io.dynadiff.models.diffusion.SeededNoise;
import io.dynadiff.models.expert.WeightLayout;
import io.dynadiff.models.forecast.StackedForecaster;
import io.dynadiff.models.nn.Parameters;
import io.dynadiff.models.prompt.Prompter;
import io.dynadiff.models.prompt.WindowFeatures;
import io.dynadiff.models.vae.WeightVae;
import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.physics.field.FieldShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes the complete weights of experts from observation windows: prompt, latent diffusion,
 * decoder, and the choice of the best candidate on the window.
 *
 * <p>The candidates of a request are its samples and, where there are several, their mean weights.
 * Requests run one after another, each as one batch over its candidates: a product over a larger
 * batch may round differently, and the same bundle, window and seed must give the same bytes
 * whatever else is waiting.
 *
 * <p>Confined to one thread; {@link #close} frees the native memory.
 */
public final class WeightGenerator implements AutoCloseable {

  private final BundleManifest manifest;
  private final GeneratorTensors tensors;
  private final WeightLayout layout;
  private final NDManager manager;
  private final StackedForecaster forecaster;
  private final ConditionEncoding encoding;
  private final Prompter prompter;
  private final Parameters prompterParameters;
  private final DiffusionTransformer transformer;
  private final Parameters transformerParameters;
  private final WeightVae vae;
  private final Parameters decoderParameters;

  /** Loads the bundle's networks into native memory. */
  public WeightGenerator(Bundle bundle) {
    this.manifest = bundle.manifest();
    this.tensors = bundle.generator();
    this.layout = manifest.expert().layout();
    this.manager = NDManager.newBaseManager();
    this.forecaster = new StackedForecaster(manifest.expert(), manifest.normalisation());
    this.encoding = new ConditionEncoding(manifest.conditions());
    this.prompter = new Prompter(manifest.prompter());
    this.prompterParameters = new Parameters(prompter.layout(), manager.create(tensors.prompter()));
    this.transformer =
        new DiffusionTransformer(manifest.diffusion(), layout.nodeCount(), manifest.vae().latent());
    this.transformerParameters =
        new Parameters(transformer.layout(), manager.create(tensors.diffusion()));
    this.vae = new WeightVae(layout, manifest.vae());
    this.decoderParameters = new Parameters(vae.decoderLayout(), manager.create(tensors.decoder()));
  }

  /** Generates one expert per request, in order. */
  public List<GeneratedExpert> generate(List<GenerationRequest> requests) {
    return requests.stream().map(this::generate).toList();
  }

  /**
   * Generates once from a field at rest and drops the result: the engine's first pass costs several
   * times a later one, and no environment should wait for that.
   */
  public void warmUp() {
    FieldShape shape = manifest.expert().fieldShape();
    float[] rest = manifest.normalisation().denormalise(shape, new float[shape.size()]);
    long[] times = new long[manifest.windowLength()];
    for (int i = 0; i < times.length; i++) {
      times[i] = i * manifest.expert().intervalMillis();
    }
    ObservationWindow window =
        new ObservationWindow(shape, Collections.nCopies(times.length, rest), times);
    generate(
        new GenerationRequest(
            "warm-up",
            window,
            WindowFeatures.of(window, manifest.normalisation(), manifest.prompter().input()),
            0));
  }

  private GeneratedExpert generate(GenerationRequest request) {
    SamplerSettings sampler = manifest.sampler().withSeed(request.seed());
    int count = sampler.candidates();
    List<float[]> candidates;
    double[] conditions;
    long start = System.nanoTime();
    long prompted;
    long sampled;
    long decoded;
    try (NDManager scope = manager.newSubManager()) {
      WindowFeatures features = tensors.features().standardise(request.features());
      Prompter.Prompt prompt = prompter.prompt(prompterParameters, List.of(features), scope);
      conditions = encoding.decode(prompt.conditions().toFloatArray());
      prompted = System.nanoTime();
      NDArray condition = prompt.vector().broadcast(count, manifest.prompter().conditionLength());
      NDArray latents =
          Sampler.named(sampler.name())
              .sample(
                  scope,
                  new Shape(count, layout.nodeCount(), manifest.vae().latent()),
                  manifest.diffusion().schedule(),
                  sampler.steps(),
                  new SeededNoise(sampler.seed(), sampler.temperature()),
                  new ConditionedDenoiser(
                      transformer, transformerParameters, condition, sampler.guidance()));
      float[] standardised = latents.toFloatArray();
      sampled = System.nanoTime();
      candidates = decode(scope, standardised, count);
      decoded = System.nanoTime();
    }
    if (count > 1) {
      candidates.add(mean(candidates));
    }
    double[] scores = forecaster.windowScores(candidates, request.window());
    int best =
        IntStream.range(0, scores.length)
            .boxed()
            .min(Comparator.comparingDouble(i -> scores[i]))
            .orElseThrow();
    long selected = System.nanoTime();
    return new GeneratedExpert(
        candidates.get(best),
        scores[best],
        IntStream.range(0, scores.length).mapToDouble(i -> scores[i]).sorted().toArray(),
        conditions,
        sampler,
        new PhaseTimings(
            (prompted - start) / 1e6,
            (sampled - prompted) / 1e6,
            (decoded - sampled) / 1e6,
            (selected - decoded) / 1e6));
  }

  private List<float[]> decode(NDManager scope, float[] standardised, int count) {
    int size = tensors.latentMean().length;
    float[] latents = new float[standardised.length];
    for (int i = 0; i < latents.length; i++) {
      latents[i] =
          standardised[i] * tensors.latentDeviation()[i % size] + tensors.latentMean()[i % size];
    }
    NDArray z =
        scope.create(latents, new Shape(count, layout.nodeCount(), manifest.vae().latent()));
    float[] whitened = vae.decode(decoderParameters, z).toFloatArray();
    List<float[]> candidates = new ArrayList<>(count + 1);
    int parameters = layout.parameterCount();
    float[] means = tensors.weightScaling().mean();
    float[] scales = tensors.weightScaling().scale();
    for (int k = 0; k < count; k++) {
      float[] weights = new float[parameters];
      for (int i = 0; i < parameters; i++) {
        weights[i] = whitened[k * parameters + i] * scales[i] + means[i];
      }
      candidates.add(weights);
    }
    return candidates;
  }

  private static float[] mean(List<float[]> candidates) {
    float[] mean = new float[candidates.get(0).length];
    for (float[] candidate : candidates) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += candidate[i] / candidates.size();
      }
    }
    return mean;
  }

  @Override
  public void close() {
    forecaster.close();
    manager.close();
  }
}
