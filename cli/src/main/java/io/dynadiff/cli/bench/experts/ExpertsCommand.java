package io.dynadiff.cli.bench.experts;

import io.dynadiff.models.expert.Coordinates;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.Prediction;
import io.dynadiff.models.expert.ProcessorThreads;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.trainer.evaluation.ResultsFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dynadiff bench experts}: how long steps and updates of experts take. */
@Command(
    name = "experts",
    mixinStandardHelpOptions = true,
    description = {
      "Measure steps and training updates of experts: by the vector kernel, on the engine, and in"
          + " plain PyTorch where a Python with it is given. Sizes are those of the laptop presets"
          + " and larger ones.",
      "All take turns in every round, so that what else the machine does falls on all of them;"
          + " the medians over rounds count. Threads are those of OMP_NUM_THREADS."
    },
    footer = {"", "Example:", "  dynadiff bench experts --python python3"})
public final class ExpertsCommand implements Callable<Integer> {

  /** Enough time for a measurement to be more than noise, short enough to take turns. */
  private static final double MILLIS_PER_TURN = 400;

  private static final double WARM_UP_MILLIS = 4000;

  @Spec private CommandSpec command;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "9",
      description = "Rounds, at least 1 (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--python",
      paramLabel = "PROGRAM",
      defaultValue = "python3",
      description =
          "A Python with PyTorch; left out where there is none (default: ${DEFAULT-VALUE}).")
  private String python;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      defaultValue = "${sys:dynadiff.home:-.}/results/bench-experts.json",
      description = "Where to write the figures (default: ${DEFAULT-VALUE}).")
  private Path output;

  /**
   * @param name names the figures
   * @param experts experts in one computation
   */
  private record Measurement(
      String name, ExpertSpec spec, int experts, int batch, boolean update) {}

  private static final ExpertSpec LAPTOP = spec(2, 32, 16, 2, 11, 6);
  private static final ExpertSpec MIDDLE = spec(1, 64, 24, 4, 17, 9);
  private static final ExpertSpec LARGE = spec(1, 64, 64, 4, 17, 9);

  private static final List<Measurement> MEASUREMENTS =
      List.of(
          new Measurement("laptop.step.batch-1", LAPTOP, 1, 1, false),
          new Measurement("laptop.step.batch-16", LAPTOP, 1, 16, false),
          new Measurement("width-64.step.batch-1", LARGE, 1, 1, false),
          new Measurement("width-64.step.batch-16", LARGE, 1, 16, false),
          new Measurement("laptop.update.batch-32", LAPTOP, 1, 32, true),
          new Measurement("laptop.update.12-experts.batch-8", LAPTOP, 12, 8, true),
          new Measurement("width-24.update.batch-16", MIDDLE, 1, 16, true));

  private static ExpertSpec spec(
      int channels, int side, int hidden, int layers, int modesY, int modesX) {
    return new ExpertSpec(
        "fno",
        new FieldShape(channels, side, side),
        200,
        Prediction.RESIDUAL,
        0.1,
        Coordinates.NONE,
        0,
        new TreeMap<>(
            Map.of("hidden", hidden, "layers", layers, "modesY", modesY, "modesX", modesX)));
  }

  @Override
  public Integer call() throws IOException {
    if (rounds < 1) {
      throw new ParameterException(
          command.commandLine(), "expected --rounds of at least 1, found " + rounds);
    }
    ResultsFile.commit();
    long start = System.nanoTime();
    Map<String, Double> figures = new TreeMap<>();
    Map<String, Object> configuration = new LinkedHashMap<>();
    configuration.put("rounds", rounds);
    configuration.put("threads", ProcessorThreads.count());
    PrintStream progress = System.err;
    for (Measurement measurement : MEASUREMENTS) {
      progress.printf("%s ...%n", measurement.name);
      measure(measurement, configuration, figures);
    }
    ResultsFile.write(
        output,
        "dynadiff bench experts --rounds " + rounds + " --python " + python,
        configuration,
        Map.of("weights", 1L),
        (System.nanoTime() - start) / 1e9,
        figures);
    PrintStream out = System.out;
    figures.forEach((name, value) -> out.printf(Locale.ROOT, "%-56s %.4g%n", name, value));
    out.printf("figures in %s%n", output);
    return 0;
  }

  private void measure(
      Measurement m, Map<String, Object> configuration, Map<String, Double> figures) {
    Path script =
        Path.of(System.getProperty("dynadiff.home", "."), "tests", "peer", "fno_steps.py");
    configuration.put(m.name, m.spec);
    try (ExpertTimes times = new ExpertTimes(m.spec)) {
      Map<String, Turn> turns = new LinkedHashMap<>();
      turns.put(
          "kernel",
          count ->
              m.update
                  ? times.kernelUpdate(m.experts, m.batch, count)
                  : times.kernelStep(m.experts, m.batch, count));
      turns.put(
          "engine",
          count ->
              m.update
                  ? times.engineUpdate(m.experts, m.batch, count)
                  : times.engineStep(m.experts, m.batch, count));
      Optional<PeerProcess> peer =
          PeerProcess.start(m.spec, ProcessorThreads.count(), python, script);
      try {
        peer.ifPresent(
            process -> {
              configuration.put("plainPyTorch", process.about());
              // One at a time, as many as the others have at once.
              turns.put(
                  "pytorch",
                  count ->
                      m.experts
                          * (m.update
                              ? process.update(m.batch, count)
                              : process.step(m.batch, count)));
            });
        run(m.name, turns, figures);
      } finally {
        peer.ifPresent(PeerProcess::close);
      }
    }
  }

  /** Measures milliseconds on average over so many repetitions. */
  private interface Turn {
    double run(int count);
  }

  private void run(String name, Map<String, Turn> turns, Map<String, Double> figures) {
    Map<String, List<Double>> taken = new LinkedHashMap<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    turns.forEach(
        (who, turn) -> {
          counts.put(who, warmUp(turn));
          taken.put(who, new ArrayList<>());
        });
    for (int round = 0; round < rounds; round++) {
      turns.forEach((who, turn) -> taken.get(who).add(turn.run(counts.get(who))));
    }
    taken.forEach(
        (who, times) -> {
          double[] sorted = times.stream().mapToDouble(t -> t).sorted().toArray();
          figures.put(name + "." + who + ".ms", sorted[sorted.length / 2]);
          figures.put(name + "." + who + ".lowestMs", sorted[0]);
          figures.put(name + "." + who + ".highestMs", sorted[sorted.length - 1]);
          if (!who.equals("kernel")) {
            figures.put(name + ".ratio-to-" + who, ratio(times, taken.get("kernel")));
          }
        });
  }

  /** Runs until the JVM has compiled what there is; returns how many repetitions fill a turn. */
  private static int warmUp(Turn turn) {
    long start = System.nanoTime();
    double millis = turn.run(2);
    while (System.nanoTime() - start < WARM_UP_MILLIS * 1e6) {
      millis = turn.run((int) Math.max(2, MILLIS_PER_TURN / millis));
    }
    return (int) Math.max(2, MILLIS_PER_TURN / millis);
  }

  /** Median over rounds of how many times as long the other takes. */
  private static double ratio(List<Double> other, List<Double> kernel) {
    double[] ratios = new double[kernel.size()];
    Arrays.setAll(ratios, i -> other.get(i) / kernel.get(i));
    Arrays.sort(ratios);
    return ratios[ratios.length / 2];
  }
}
