package io.dynadiff.cli.bench.experts;

import io.dynadiff.cli.bench.measure.BenchPart;
import io.dynadiff.cli.bench.measure.BenchRun;
import io.dynadiff.cli.bench.measure.Figures;
import io.dynadiff.cli.bench.measure.Quantiles;
import io.dynadiff.models.expert.Coordinates;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.Prediction;
import io.dynadiff.models.expert.ProcessorThreads;
import io.dynadiff.physics.field.FieldShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Steps and updates of experts by the kernel, on the engine and in plain PyTorch, all taking turns.
 */
public final class ExpertsPart implements BenchPart {

  /** Enough time for a measurement to be more than noise, short enough to take turns. */
  private static final double MILLIS_PER_TURN = 400;

  private static final int WARM_UP_MILLIS = 4000;

  /** Enough to see that it works. */
  private static final int QUICK_WARM_UP_MILLIS = 200;

  private final int rounds;
  private final String python;

  /**
   * @param rounds turns of each, at least 1
   * @param python a Python with PyTorch; left out where there is none
   */
  public ExpertsPart(int rounds, String python) {
    this.rounds = rounds;
    this.python = python;
  }

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
  public String name() {
    return "experts";
  }

  @Override
  public double expectedSeconds(BenchRun run) {
    double perMeasurement = warmUpMillis(run) + rounds(run) * MILLIS_PER_TURN;
    return MEASUREMENTS.size() * 3 * perMeasurement / 1000;
  }

  private static int warmUpMillis(BenchRun run) {
    return run.sized(QUICK_WARM_UP_MILLIS, WARM_UP_MILLIS);
  }

  private int rounds(BenchRun run) {
    return run.sized(1, rounds);
  }

  @Override
  public void measure(BenchRun run) {
    run.configure("rounds", rounds(run));
    for (int i = 0; i < MEASUREMENTS.size(); i++) {
      measure(MEASUREMENTS.get(i), run);
      run.within((i + 1.0) / MEASUREMENTS.size());
    }
  }

  private void measure(Measurement m, BenchRun run) {
    Path script = run.home().resolve("tests").resolve("peer").resolve("fno_steps.py");
    run.configure(m.name, m.spec);
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
              run.configure("plainPyTorch", process.about());
              // One at a time, as many as the others have at once.
              turns.put(
                  "pytorch",
                  count ->
                      m.experts
                          * (m.update
                              ? process.update(m.batch, count)
                              : process.step(m.batch, count)));
            });
        takeTurns(m.name, turns, warmUpMillis(run), rounds(run), run.figures());
      } finally {
        peer.ifPresent(PeerProcess::close);
      }
    }
  }

  /** Measures milliseconds on average over so many repetitions. */
  private interface Turn {
    double run(int count);
  }

  private static void takeTurns(
      String name, Map<String, Turn> turns, int warmUpMillis, int rounds, Figures figures) {
    Map<String, List<Double>> taken = new LinkedHashMap<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    turns.forEach(
        (who, turn) -> {
          counts.put(who, warmUp(turn, warmUpMillis));
          taken.put(who, new ArrayList<>());
        });
    for (int round = 0; round < rounds; round++) {
      turns.forEach((who, turn) -> taken.get(who).add(turn.run(counts.get(who))));
    }
    taken.forEach(
        (who, times) -> {
          Quantiles quantiles = Quantiles.of(times);
          figures.put(name + "." + who + ".ms", quantiles.median());
          figures.put(name + "." + who + ".lowestMs", quantiles.lowest());
          figures.put(name + "." + who + ".highestMs", quantiles.highest());
          if (!who.equals("kernel")) {
            figures.put(name + ".ratio-to-" + who, ratio(times, taken.get("kernel")));
          }
        });
  }

  /** Runs until the JVM has compiled what there is; returns how many repetitions fill a turn. */
  private static int warmUp(Turn turn, int warmUpMillis) {
    long start = System.nanoTime();
    double millis = turn.run(2);
    while (System.nanoTime() - start < warmUpMillis * 1e6) {
      millis = turn.run((int) Math.max(2, MILLIS_PER_TURN / millis));
    }
    return (int) Math.max(2, MILLIS_PER_TURN / millis);
  }

  /** Median over rounds of how many times as long the other takes. */
  private static double ratio(List<Double> other, List<Double> kernel) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < kernel.size(); i++) {
      ratios.add(other.get(i) / kernel.get(i));
    }
    return Quantiles.of(ratios).median();
  }
}
