package io.dynadiff.trainer.experiment;

import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.candidates.CandidateKind;
import io.dynadiff.models.candidates.CandidateSettings;
import io.dynadiff.models.candidates.ConditionSearch;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.trainer.blend.ExpertBlend;
import io.dynadiff.trainer.blend.LabelledExperts;
import io.dynadiff.trainer.blend.LinearBlend;
import io.dynadiff.trainer.blend.NearestBlend;
import io.dynadiff.trainer.blend.RadialBlend;
import io.dynadiff.trainer.blend.RidgeBlend;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.evaluation.ExpertRollouts;
import io.dynadiff.trainer.evaluation.GeneratedExperts;
import io.dynadiff.trainer.evaluation.Method;
import io.dynadiff.trainer.evaluation.ResultsTable;
import io.dynadiff.trainer.pipeline.TrainedSystem;
import io.dynadiff.trainer.rival.BlendedExperts;
import io.dynadiff.trainer.rival.ConditionReader;
import io.dynadiff.trainer.rival.DiurnalClimatology;
import io.dynadiff.trainer.rival.FineTuned;
import io.dynadiff.trainer.rival.FixedExpert;
import io.dynadiff.trainer.rival.InferredConditions;
import io.dynadiff.trainer.rival.OwnExpert;
import io.dynadiff.trainer.rival.Persistence;
import io.dynadiff.trainer.rival.RivalTraining;
import io.dynadiff.trainer.rival.SurrogateConditions;
import io.dynadiff.trainer.rival.WindowFineTuning;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * All methods by name, made for one trained system when they are asked for: what a method needs is
 * trained only then. Confined to one thread.
 */
public final class MethodCatalogue {

  /**
   * What the paper does where the presets do otherwise. Sizes and lengths of trainings stay the
   * preset's, and the expert too: with the paper's they would be another budget and another task.
   */
  static final Variant PAPER =
      Variant.with(
          "paper",
          "zoo.mixes",
          "0",
          "autoencoder.scaling",
          "ABSOLUTE_RANGE",
          "prompt.features",
          "SPECTRA",
          "prompt.conditioning",
          "PROMPT",
          "prompt.augmented",
          "false",
          // As good as none: the prompter learns with diffusion, from random numbers on.
          "prompt.training.steps",
          "1",
          "regression.tuning.steps",
          "0",
          "regression.sizes",
          "{\"hidden\":0,\"layers\":0}",
          "diffusion.target",
          "EPSILON",
          "diffusion.schedule",
          "LINEAR_BETA",
          "diffusion.conditionDropout",
          "0",
          "diffusion.emaDecay",
          "0",
          "sampler",
          "{\"name\":\"ddpm\",\"steps\":1000,\"temperature\":1,\"guidance\":1,"
              + "\"candidates\":1,\"seed\":0}",
          "candidates.kinds",
          "[\"SAMPLES\"]",
          "candidates.headStart",
          "0",
          "candidates.search",
          "{\"rounds\":0,\"candidates\":0,\"spread\":0}");

  /** Few, and at a rate at which they change weights little: a window holds nine transitions. */
  private static final int POLISH_STEPS = 10;

  private static final double POLISH_RATE = 1e-4;

  private final TrainedSystem system;
  private final int windowLength;
  private final Map<String, Supplier<Method>> methods = new LinkedHashMap<>();
  private GeneratorPace pace;
  private LabelledExperts labelled;
  private SurrogateConditions surrogate;

  /** Methods that see as many frames as the system was trained for. */
  public MethodCatalogue(TrainedSystem system) {
    this(system, system.preset().windowLength());
  }

  /**
   * Methods that see other windows than the system was trained for.
   *
   * @param windowLength frames, at least 1
   */
  public MethodCatalogue(TrainedSystem system, int windowLength) {
    this.system = system;
    this.windowLength = windowLength;
    methods.put("persistence", () -> new Persistence(data().normalisation()));
    if (spec().clockPeriodMillis() > 0
        && DiurnalClimatology.covers(data(), spec().clockPeriodMillis())) {
      methods.put(
          "diurnal-climatology",
          () -> new DiurnalClimatology(data().normalisation(), spec().clockPeriodMillis()));
    }
    methods.put("not-adaptive", this::base);
    methods.put("one-for-all", this::oneForAll);
    methods.put(OwnExpert.NAME, this::ownExperts);
    blends("nearest-expert", NearestBlend::new);
    blends("interpolated-weights", MethodCatalogue::interpolation);
    if (data().conditions().size() == 1 && data().encoding().length() == 1) {
      blends("interpolated-rbf-weights", RadialBlend::new);
    }
    blends("ridge-weights", RidgeBlend::new);
    // Without a regressor the regressed mean is the zoo's, whatever the prompt.
    if (system.preset().regression().sizes().present()) {
      methods.put(
          "prompt-regression",
          () -> generated("prompt-regression", kinds(CandidateKind.REGRESSED_MEAN)));
      if (system.preset().candidates().search().present()) {
        methods.put(
            "dynadiff-search",
            () ->
                generated(
                    "dynadiff-search",
                    bundle().manifest().candidates().withKinds(CandidateKind.REGRESSED_MEAN)));
      }
    }
    methods.put(
        "dynadiff-interpolated",
        () -> generated("dynadiff-interpolated", kinds(CandidateKind.INTERPOLATED)));
    methods.put(
        "dynadiff-samples", () -> generated("dynadiff-samples", kinds(CandidateKind.SAMPLES)));
    methods.put(
        "dynadiff-average",
        () ->
            generated(
                "dynadiff-average", kinds(CandidateKind.SAMPLES, CandidateKind.SAMPLE_AVERAGE)));
    methods.put("incumbent", this::incumbent);
    if (windowLength > 1) {
      methods.put("dynadiff-polished", this::polished);
    }
    methods.put(ResultsTable.OURS, this::dynadiff);
    methods.put("dynadiff-paper", this::paper);
    // One frame has no transition to learn from.
    if (windowLength > 1) {
      fineTuning("fine-tune-0.1x", this::base, 0.1);
      fineTuning("fine-tune-1x", this::base, 1);
      fineTuning("fine-tune-10x", this::base, 10);
      fineTuning("dynadiff-fine-tune-0.1x", this::dynadiff, 0.1);
      fineTuning("dynadiff-fine-tune-1x", this::dynadiff, 1);
      fineTuning("dynadiff-fine-tune-10x", this::dynadiff, 10);
    }
  }

  /** Names of all methods that the system has, in the order to run them. */
  public List<String> names() {
    return List.copyOf(methods.keySet());
  }

  /**
   * Checks names before anything is trained for them.
   *
   * @throws IllegalArgumentException if the system has no method of one of the names
   */
  public static void requireNames(TrainedSystem system, List<String> names) {
    List<String> known = new MethodCatalogue(system).names();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "method: expected one of " + known + ", found \"" + name + "\"");
      }
    }
  }

  /** Makes a method that {@link #names()} has; the caller closes it. */
  public Method make(String name) {
    return methods.get(name).get();
  }

  private SystemData data() {
    return system.data();
  }

  private ExpertSpec spec() {
    return system.spec();
  }

  private Bundle bundle() {
    return system.bundle();
  }

  private ExpertRollouts rollouts() {
    return new ExpertRollouts(spec(), data().normalisation());
  }

  private RivalTraining training() {
    return new RivalTraining(
        spec(), data(), system.preset(), system.seed(), system.work(), system.loop());
  }

  private Method base() {
    return new FixedExpert("not-adaptive", rollouts(), system.base());
  }

  private Method oneForAll() {
    RivalTraining training = training();
    return new FixedExpert(
        "one-for-all",
        new ExpertRollouts(training.largerSpec(), data().normalisation()),
        training.oneForAll());
  }

  private Method ownExperts() {
    return new OwnExpert(rollouts(), training().ownExperts(system.baseKey(), system.base()));
  }

  private GeneratedExperts dynadiff() {
    return generated(ResultsTable.OURS, bundle().manifest().candidates());
  }

  /** What a feed goes on with that is not adapted to after a shift. */
  private Method incumbent() {
    try (GeneratedExperts generated = dynadiff()) {
      return new GeneratedExperts(
          "incumbent",
          bundle(),
          kinds(CandidateKind.INCUMBENT),
          windowLength,
          system.seed(),
          FormerExperts.of(data(), generated));
    }
  }

  private Method polished() {
    CandidateKind expected =
        system.preset().regression().sizes().present()
            ? CandidateKind.REGRESSED_MEAN
            : CandidateKind.SAMPLES;
    return generated(
        "dynadiff-polished", kinds(expected).withPolish(expected, POLISH_STEPS, POLISH_RATE));
  }

  /** The same experts, weight generation as in the paper. */
  private Method paper() {
    Bundle bundle = system.with(PAPER.apply(system.preset())).bundle();
    return new GeneratedExperts(
        "dynadiff-paper", bundle, bundle.manifest().candidates(), windowLength, system.seed());
  }

  /** Sources by themselves, for the conditions as the prompter infers them. */
  private CandidateSettings kinds(CandidateKind... kinds) {
    return bundle().manifest().candidates().withKinds(kinds).withSearch(ConditionSearch.NONE);
  }

  private GeneratedExperts generated(String name, CandidateSettings settings) {
    return new GeneratedExperts(name, bundle(), settings, windowLength, system.seed());
  }

  /** A blend with the conditions inferred, with the true ones, and with surrogate labels. */
  private void blends(String name, Function<LabelledExperts, ExpertBlend> blend) {
    methods.put(
        name,
        () -> blended(name, new InferredConditions(bundle(), windowLength), labelled(), blend));
    if (knownEverywhere()) {
      String informed = name + "-true";
      methods.put(
          informed, () -> blended(informed, ConditionReader.trueConditions(), labelled(), blend));
    }
    String unlabelled = name + "-surrogate";
    methods.put(
        unlabelled,
        () -> {
          if (surrogate == null) {
            surrogate = new SurrogateConditions(system);
          }
          return new BlendedExperts(
              unlabelled,
              rollouts(),
              surrogate.reader(windowLength),
              surrogate.data().encoding(),
              surrogate.experts(),
              blend.apply(surrogate.experts()));
        });
  }

  /** Whether a method can be told the conditions of every environment. */
  private boolean knownEverywhere() {
    return Stream.concat(data().seen().stream(), data().unseen().stream())
        .flatMapToDouble(environment -> Arrays.stream(environment.conditions()))
        .allMatch(Double::isFinite);
  }

  private LabelledExperts labelled() {
    if (labelled == null) {
      labelled = LabelledExperts.of(system.zoo(), e -> data().encoding().encode(e.conditions()));
    }
    return labelled;
  }

  private Method blended(
      String name,
      ConditionReader reader,
      LabelledExperts experts,
      Function<LabelledExperts, ExpertBlend> blend) {
    return new BlendedExperts(
        name, rollouts(), reader, data().encoding(), experts, blend.apply(experts));
  }

  private static ExpertBlend interpolation(LabelledExperts experts) {
    return experts.conditions().get(0).length == 1
        ? new LinearBlend(experts)
        : new RadialBlend(experts);
  }

  private void fineTuning(String name, Supplier<Method> start, double multiple) {
    methods.put(name, () -> fineTuned(name, start, multiple));
  }

  private Method fineTuned(String name, Supplier<Method> start, double multiple) {
    if (pace == null) {
      try (Method generator = dynadiff()) {
        pace = GeneratorPace.measure(system, generator, windowLength);
      }
    }
    return new FineTuned(
            name,
            start.get(),
            new WindowFineTuning(spec(), data(), windowLength),
            pace.updates(multiple),
            FineTuned.LEARNING_RATES.get(0))
        .withBestLearningRate(data());
  }
}
