package io.dynadiff.models.generation;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.bundle.BundleManifest;
import io.dynadiff.models.bundle.ConditionEncoding;
import io.dynadiff.models.bundle.GeneratorTensors;
import io.dynadiff.models.candidates.CandidateKind;
import io.dynadiff.models.candidates.CandidateSettings;
import io.dynadiff.models.forecast.StackedForecaster;
import io.dynadiff.models.nn.Parameters;
import io.dynadiff.models.prompt.Prompter;
import io.dynadiff.models.prompt.PrompterSpec.Conditioning;
import io.dynadiff.models.prompt.WindowFeatures;
import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.physics.field.FieldShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Writes the complete weights of experts from observation windows: prompt, candidates from every
 * source that the bundle names, and the choice of the best candidate on the window.
 *
 * <p>Requests run one after another: a product over a larger batch may round differently, and the
 * same bundle, window and seed must give the same bytes whatever else is waiting.
 *
 * <p>Confined to one thread; {@link #close} frees the native memory.
 */
public final class WeightGenerator implements AutoCloseable {

  private final BundleManifest manifest;
  private final GeneratorTensors tensors;
  private final float[] base;
  private final CandidateSettings settings;
  private final Device device;
  private final NDManager manager;
  private final StackedForecaster forecaster;
  private final ConditionEncoding encoding;
  private final Prompter prompter;
  private final Parameters prompterParameters;
  private final LatentDecoder decoder;
  private final RegressedMean mean;
  private final ConditionRefinement refinement;
  private final List<CandidateSource> sources;

  /** Loads the bundle's networks into native memory; candidates as the bundle says. */
  public WeightGenerator(Bundle bundle) {
    this(bundle, bundle.manifest().candidates());
  }

  /**
   * Loads the bundle's networks into native memory.
   *
   * @param settings which candidates to make, in place of the bundle's own settings
   */
  public WeightGenerator(Bundle bundle, CandidateSettings settings) {
    this(bundle, settings, Engine.getInstance().defaultDevice());
  }

  /**
   * Loads the bundle's networks into native memory.
   *
   * @param settings which candidates to make, in place of the bundle's own settings
   * @param device where the networks and the candidates run
   */
  public WeightGenerator(Bundle bundle, CandidateSettings settings, Device device) {
    this.manifest = bundle.manifest();
    this.tensors = bundle.generator();
    this.base = bundle.baseWeights();
    this.settings = settings;
    this.device = device;
    this.manager = NDManager.newBaseManager(device);
    this.forecaster = new StackedForecaster(manifest.expert(), manifest.normalisation(), device);
    this.encoding = new ConditionEncoding(manifest.conditions());
    this.prompter = new Prompter(manifest.prompter());
    this.prompterParameters = new Parameters(prompter.layout(), manager.create(tensors.prompter()));
    this.decoder = new LatentDecoder(manifest, tensors, manager);
    this.mean = new RegressedMean(manifest, tensors, decoder, manager);
    this.refinement =
        new ConditionRefinement(
            settings.search(), settings.scoreSteps(), mean, decoder, forecaster);
    this.sources = sources();
  }

  private List<CandidateSource> sources() {
    List<CandidateSource> named = new ArrayList<>();
    for (CandidateKind kind : settings.kinds()) {
      named.add(
          switch (kind) {
            case REGRESSED_MEAN -> mean;
            case INTERPOLATED -> new InterpolatedExpert(tensors.interpolation(), decoder);
            case SAMPLES -> new DiffusionSamples(manifest, tensors, decoder, mean, manager);
            case SAMPLE_AVERAGE -> new SampleAverage();
            case INCUMBENT -> new Incumbent();
            case POLISHED ->
                new PolishedBest(
                    new Polish(manifest.expert(), manifest.normalisation(), device),
                    settings,
                    forecaster);
          });
    }
    return List.copyOf(named);
  }

  /** Generates one expert per request, in order. */
  public List<GeneratedExpert> generate(List<GenerationRequest> requests) {
    return requests.stream().map(this::generate).toList();
  }

  /**
   * The conditions that the prompter reads off a window, in the bundle's order and units; the true
   * ones for a bundle that is conditioned on known ones.
   */
  public double[] inferConditions(GenerationRequest request) {
    try (NDManager scope = manager.newSubManager()) {
      return encoding.decode(prompt(request, scope).conditions().toFloatArray());
    }
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
            0,
            Optional.of(base),
            Optional.of(encoding.decode(new float[encoding.length()]))));
  }

  private Prompter.Prompt prompt(GenerationRequest request, NDManager scope) {
    if (manifest.prompter().conditioning() == Conditioning.KNOWN) {
      NDArray known = known(request, scope);
      return new Prompter.Prompt(known, known);
    }
    WindowFeatures features = tensors.features().standardise(request.features());
    return prompter.prompt(prompterParameters, List.of(features), scope);
  }

  private NDArray known(GenerationRequest request, NDManager scope) {
    double[] conditions =
        request
            .conditions()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        request.environmentId()
                            + ": expected a request with the true conditions, which the bundle is"
                            + " conditioned on, found none"));
    float[] encoded = encoding.encode(conditions);
    return scope.create(encoded, new Shape(1, encoded.length));
  }

  private GeneratedExpert generate(GenerationRequest request) {
    long start = System.nanoTime();
    List<Candidate> candidates = new ArrayList<>();
    double[] conditions;
    long prompted;
    try (NDManager scope = manager.newSubManager()) {
      Prompter.Prompt prompt = prompt(request, scope);
      float[] inferred = prompt.conditions().toFloatArray();
      prompted = System.nanoTime();
      float[] refined = refinement.refine(inferred, request.window(), request.seed(), scope);
      conditions = encoding.decode(refined);
      NDArray condition =
          settings.search().present()
              ? scope.create(refined, new Shape(1, refined.length))
              : prompt.vector();
      PromptedRequest asked = new PromptedRequest(request, refined, condition, scope);
      for (CandidateSource source : sources) {
        candidates.addAll(source.propose(asked, List.copyOf(candidates)));
      }
    }
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException(
          request.environmentId()
              + ": expected a request that one of "
              + settings.kinds()
              + " makes a candidate of, found one without an incumbent");
    }
    double decodingMillis = decoder.takeMillis();
    long proposed = System.nanoTime();
    double[] scores =
        forecaster.windowScores(
            candidates.stream().map(Candidate::weights).toList(),
            request.window(),
            settings.scoreSteps());
    // A stable order: of equal scores, as of a window without transitions, the first proposed wins.
    List<Integer> order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(
                Comparator.comparingDouble(
                    i -> i == 0 ? scores[i] * (1 - settings.headStart()) : scores[i]))
            .toList();
    int best = order.get(0);
    long selected = System.nanoTime();
    return new GeneratedExpert(
        candidates.get(best).source(),
        order.stream().limit(settings.ensemble()).map(i -> candidates.get(i).weights()).toList(),
        scores[best],
        order.stream().mapToDouble(i -> scores[i]).toArray(),
        conditions,
        manifest.sampler().withSeed(request.seed()),
        new PhaseTimings(
            (prompted - start) / 1e6,
            (proposed - prompted) / 1e6 - decodingMillis,
            decodingMillis,
            (selected - proposed) / 1e6));
  }

  @Override
  public void close() {
    forecaster.close();
    manager.close();
  }
}
