package io.dynadiff.trainer.experiment;

import ai.djl.engine.Engine;
import io.dynadiff.models.candidates.CandidateKind;
import io.dynadiff.models.expert.ProcessorThreads;
import io.dynadiff.models.generation.GeneratedExpert;
import io.dynadiff.models.generation.GenerationRequest;
import io.dynadiff.models.generation.PhaseTimings;
import io.dynadiff.models.generation.WeightGenerator;
import io.dynadiff.models.prompt.WindowFeatures;
import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.trainer.data.AdaptationCase;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.evaluation.EnvironmentScore;
import io.dynadiff.trainer.evaluation.GeneratedExperts;
import io.dynadiff.trainer.evaluation.Method;
import io.dynadiff.trainer.evaluation.Scoring;
import io.dynadiff.trainer.pipeline.TrainedSystem;
import io.dynadiff.trainer.stage.PeakMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/**
 * What the method costs on this machine: what the stages of its training took when they ran,
 * training experts stacked, one at a time and in plain PyTorch, generating for several environments
 * by phase, adapting by every method, and few sampler steps against many. Must run on one thread.
 */
public final class CostMeasurement {

  private static final int TRAINING_STEPS = 20;
  private static final int WARM_UP_STEPS = 5;
  private static final int REPEATS = 5;
  private static final String MANY_STEPS = "1000";
  private static final int ENVIRONMENTS_TO_SAMPLE = 6;

  private final TrainedSystem system;
  private final String python;
  private final Path peer;
  private final Map<String, Object> configuration = new LinkedHashMap<>();

  /**
   * @param python interpreter for the script that trains in plain PyTorch
   * @param peer that script; nothing is compared where it or PyTorch is missing
   */
  public CostMeasurement(TrainedSystem system, String python, Path peer) {
    this.system = system;
    this.python = python;
    this.peer = peer;
  }

  /** What was measured under which settings; whole after {@link #run}. */
  public Map<String, Object> configuration() {
    return configuration;
  }

  /** Measures everything; figures by dotted name. */
  public Map<String, Double> run() throws IOException {
    Map<String, Double> figures = new TreeMap<>();
    configuration.put("preset", system.preset());
    system.bundle();
    stages(figures);
    system.progress().println("cost 1/6: training of experts");
    training(figures);
    int part = 1;
    for (int environments : new int[] {1, 8, 64}) {
      system.progress().printf("cost %d/6: generation, batch of %d%n", ++part, environments);
      generation(environments, figures);
    }
    system.progress().println("cost 5/6: adaptation, method by method");
    AdaptationCosts.measure(system)
        .forEach((name, value) -> figures.put("adaptation." + name, value));
    system.progress().println("cost 6/6: sampler");
    sampler(figures);
    figures.values().removeIf(v -> !Double.isFinite(v));
    return figures;
  }

  private void stages(Map<String, Double> figures) {
    system
        .costs()
        .forEach(
            (name, cost) -> {
              figures.put("stage." + name + ".seconds", cost.seconds());
              figures.put("stage." + name + ".peakMiB", cost.peakMebibytes());
              figures.put("stage." + name + ".steps", (double) cost.steps());
            });
  }

  private void training(Map<String, Double> figures) throws IOException {
    int stack = system.preset().zoo().stack();
    ExpertPace pace = new ExpertPace(system, WARM_UP_STEPS, TRAINING_STEPS);
    double engineSingle = measured("engine-single", figures, () -> pace.engine(1));
    double engineStacked = measured("engine-stacked", figures, () -> pace.engine(stack));
    figures.put("training.engine-stacked.ratio", engineStacked / engineSingle);
    boolean kernel = pace.hasKernel();
    double single = measured("single", figures, () -> kernel ? pace.kernel(1) : pace.engine(1));
    double stacked =
        measured("stacked", figures, () -> kernel ? pace.kernel(stack) : pace.engine(stack));
    figures.put("training.stacked.experts", (double) stack);
    figures.put("training.stacked.ratio", stacked / single);
    int batch = system.preset().zoo().training().batch();
    int threads = ProcessorThreads.count();
    Map<String, Object> ours = new LinkedHashMap<>();
    ours.put("expert", system.spec());
    ours.put("batch", batch);
    ours.put("updates", TRAINING_STEPS);
    ours.put("threads", threads);
    ours.put("kernel", kernel);
    ours.put("engine", Engine.getInstance().getEngineName());
    ours.put("engineVersion", Engine.getInstance().getVersion());
    configuration.put("training", ours);
    PeerTraining.run(
            system.spec(),
            batch,
            TRAINING_STEPS,
            WARM_UP_STEPS,
            threads,
            python,
            peer,
            system.progress())
        .ifPresent(
            found -> {
              configuration.put("plainPyTorch", found.json());
              figures.put("training.pytorch.samplesPerSecond", found.samplesPerSecond());
              figures.put("training.single.ratio-to-pytorch", single / found.samplesPerSecond());
              figures.put("training.stacked.ratio-to-pytorch", stacked / found.samplesPerSecond());
            });
  }

  private static double measured(
      String kind, Map<String, Double> figures, DoubleSupplier samplesPerSecond)
      throws IOException {
    PeakMemory.reset();
    double rate = samplesPerSecond.getAsDouble();
    figures.put("training." + kind + ".samplesPerSecond", rate);
    figures.put("training." + kind + ".peakMiB", PeakMemory.mebibytes());
    return rate;
  }

  private void generation(int environments, Map<String, Double> figures) throws IOException {
    List<GenerationRequest> requests = new ArrayList<>();
    List<EnvironmentData> seen = system.data().seen();
    for (int i = 0; i < environments; i++) {
      requests.add(request(seen.get(i % seen.size()), i));
    }
    PeakMemory.reset();
    Map<String, List<Double>> times = new TreeMap<>();
    try (WeightGenerator generator = new WeightGenerator(system.bundle())) {
      generator.warmUp();
      for (int repeat = 0; repeat < REPEATS; repeat++) {
        long start = System.nanoTime();
        List<GeneratedExpert> experts = generator.generate(requests);
        add(times, "total", (System.nanoTime() - start) / 1e6);
        add(times, "prompt", sum(experts, PhaseTimings::promptMs));
        add(times, "sampling", sum(experts, PhaseTimings::samplingMs));
        add(times, "decoding", sum(experts, PhaseTimings::decodingMs));
        add(times, "selection", sum(experts, PhaseTimings::selectionMs));
      }
    }
    String prefix = "generation-" + environments + ".";
    times.forEach((phase, values) -> figures.put(prefix + phase + ".p50Ms", median(values)));
    figures.put(prefix + "peakMiB", PeakMemory.mebibytes());
  }

  private GenerationRequest request(EnvironmentData environment, int index) {
    AdaptationCase adaptation = environment.cases().get(0);
    int length = Math.min(system.preset().windowLength(), adaptation.windowLast() + 1);
    ObservationWindow window =
        adaptation
            .windowSource()
            .window(adaptation.windowLast(), length, system.data().normalisation());
    return new GenerationRequest(
        environment.id(),
        window,
        WindowFeatures.of(window, system.data().normalisation(), system.bundle().features()),
        index);
  }

  /** The same diffusion, sampled in few and in many steps, on a few unseen environments. */
  private void sampler(Map<String, Double> figures) {
    Sampled few = sampled(system);
    Sampled many = sampled(system.with(system.preset().with("sampler.steps", MANY_STEPS)));
    figures.put("sampler.few.rmse", few.rmse);
    figures.put("sampler.few.seconds", few.seconds);
    figures.put("sampler.few.steps", (double) system.preset().sampler().steps());
    figures.put("sampler." + MANY_STEPS + ".rmse", many.rmse);
    figures.put("sampler." + MANY_STEPS + ".seconds", many.seconds);
    figures.put("sampler.few.ratio", few.rmse / many.rmse);
  }

  /**
   * @param rmse mean over environments
   * @param seconds wall time of an adaptation, median over environments
   */
  private record Sampled(double rmse, double seconds) {}

  private static Sampled sampled(TrainedSystem trained) {
    Scoring scoring = new Scoring(trained.data());
    try (Method method =
        new GeneratedExperts(
            "sampled",
            trained.bundle(),
            trained.bundle().manifest().candidates().withKinds(CandidateKind.SAMPLES),
            trained.preset().windowLength(),
            trained.seed())) {
      List<EnvironmentData> unseen = trained.data().unseen();
      List<EnvironmentScore> scores =
          unseen.subList(0, Math.min(ENVIRONMENTS_TO_SAMPLE, unseen.size())).stream()
              .map(e -> scoring.score(method, e))
              .toList();
      return new Sampled(
          scores.stream().mapToDouble(EnvironmentScore::rmse).average().orElseThrow(),
          median(scores.stream().map(EnvironmentScore::adaptationSeconds).toList()));
    }
  }

  private static void add(Map<String, List<Double>> times, String phase, double millis) {
    times.computeIfAbsent(phase, p -> new ArrayList<>()).add(millis);
  }

  private static double sum(List<GeneratedExpert> experts, ToDoubleFunction<PhaseTimings> phase) {
    return experts.stream().map(GeneratedExpert::timings).mapToDouble(phase).sum();
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(v -> v).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
