package io.dynadiff.trainer.experiment;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.dynadiff.models.candidates.CandidateKind;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.expert.ProcessorThreads;
import io.dynadiff.models.generation.GeneratedExpert;
import io.dynadiff.models.generation.GenerationRequest;
import io.dynadiff.models.generation.PhaseTimings;
import io.dynadiff.models.generation.WeightGenerator;
import io.dynadiff.models.nn.FlatAdam;
import io.dynadiff.models.prompt.WindowFeatures;
import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.trainer.data.AdaptationCase;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.evaluation.EnvironmentScore;
import io.dynadiff.trainer.evaluation.GeneratedExperts;
import io.dynadiff.trainer.evaluation.Method;
import io.dynadiff.trainer.evaluation.Scoring;
import io.dynadiff.trainer.expert.FrameRuns;
import io.dynadiff.trainer.expert.RolloutLoss;
import io.dynadiff.trainer.pipeline.TrainedSystem;
import io.dynadiff.trainer.stage.PeakMemory;
import io.dynadiff.trainer.stage.StageCost;
import io.dynadiff.trainer.stage.StageStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What the method costs on this machine: what the stages of its training took when they ran,
 * training experts stacked, one at a time and in plain PyTorch, generating for several environments
 * by phase, and few sampler steps against many. Must run on one thread.
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
    system.progress().println("cost 1/5: training of experts");
    training(figures);
    int part = 1;
    for (int environments : new int[] {1, 8, 64}) {
      system.progress().printf("cost %d/5: generation, batch of %d%n", ++part, environments);
      generation(environments, figures);
    }
    system.progress().println("cost 5/5: sampler");
    sampler(figures);
    figures.values().removeIf(v -> !Double.isFinite(v));
    return figures;
  }

  /** What was noted when the stages were trained; stacks of the zoo together. */
  private void stages(Map<String, Double> figures) {
    Map<String, StageCost> costs = new LinkedHashMap<>();
    for (StageStore stage : system.stages()) {
      String name = stage.name().replaceFirst("-\\d+$", "");
      StageCost.read(stage)
          .ifPresentOrElse(
              cost -> costs.merge(name, cost, StageCost::plus),
              () ->
                  system
                      .progress()
                      .printf("%s: nothing was noted when it was trained%n", stage.key()));
    }
    costs.forEach(
        (name, cost) -> {
          figures.put("stage." + name + ".seconds", cost.seconds());
          figures.put("stage." + name + ".peakMiB", cost.peakMebibytes());
          figures.put("stage." + name + ".steps", (double) cost.steps());
        });
  }

  private void training(Map<String, Double> figures) throws IOException {
    int stack = system.preset().zoo().stack();
    PeakMemory.reset();
    double single = samplesPerSecond(1);
    figures.put("training.single.samplesPerSecond", single);
    figures.put("training.single.peakMiB", PeakMemory.mebibytes());
    PeakMemory.reset();
    double stacked = samplesPerSecond(stack);
    figures.put("training.stacked.samplesPerSecond", stacked);
    figures.put("training.stacked.peakMiB", PeakMemory.mebibytes());
    figures.put("training.stacked.experts", (double) stack);
    figures.put("training.stacked.ratio", stacked / single);
    int batch = system.preset().zoo().training().batch();
    int threads = ProcessorThreads.count();
    Map<String, Object> ours = new LinkedHashMap<>();
    ours.put("expert", system.spec());
    ours.put("batch", batch);
    ours.put("updates", TRAINING_STEPS);
    ours.put("threads", threads);
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

  /** Pairs of frames per second of zoo training with that many experts as one computation. */
  private double samplesPerSecond(int experts) {
    int batch = system.preset().zoo().training().batch();
    List<EnvironmentData> seen = system.data().seen();
    List<List<EnvironmentData>> pools = new ArrayList<>();
    for (int e = 0; e < experts; e++) {
      pools.add(List.of(seen.get(e % seen.size())));
    }
    float[] initial =
        StageStore.rows("initial", Collections.nCopies(experts, system.base())).values();
    Shape shape = new Shape(experts, system.spec().parameterCount());
    Random random = new Random(1);
    long start = 0;
    try (NDManager manager = NDManager.newBaseManager();
        ExpertNetwork network = system.spec().family().network(system.spec(), manager);
        FlatAdam adam = new FlatAdam(manager, initial, shape, 0, 1)) {
      RolloutLoss loss = new RolloutLoss(system.spec(), 1, network);
      // The first steps pay for loading code.
      for (int step = -WARM_UP_STEPS; step < TRAINING_STEPS; step++) {
        start = step == 0 ? System.nanoTime() : start;
        try (NDManager scope = manager.newSubManager()) {
          NDArray leaf = adam.leaf(scope);
          FrameRuns pairs = FrameRuns.draw(system.spec(), system.data(), pools, batch, 1, random);
          try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(loss.of(scope, leaf, pairs, experts));
          }
          adam.update(leaf, 1e-4);
        }
      }
    }
    return (double) TRAINING_STEPS * experts * batch / ((System.nanoTime() - start) / 1e9);
  }

  private void generation(int environments, Map<String, Double> figures) throws IOException {
    List<GenerationRequest> requests = new ArrayList<>();
    List<EnvironmentData> seen = system.data().seen();
    for (int i = 0; i < environments; i++) {
      requests.add(request(seen.get(i % seen.size()), i));
    }
    PeakMemory.reset();
    double held = PeakMemory.heldMebibytes();
    Map<String, List<Double>> times = new TreeMap<>();
    try (WeightGenerator generator = new WeightGenerator(system.bundle())) {
      generator.warmUp();
      if (environments == 1) {
        // Before anything else was generated in this process: networks and one adaptation.
        figures.put("adaptation.memoryMiB", PeakMemory.mebibytes() - held);
      }
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
