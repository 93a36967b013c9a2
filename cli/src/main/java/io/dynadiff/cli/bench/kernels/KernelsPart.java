package io.dynadiff.cli.bench.kernels;

import io.dynadiff.cli.bench.measure.BenchPart;
import io.dynadiff.cli.bench.measure.BenchRun;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link KernelBenchmarks} by JMH, each in JVMs of its own. */
public final class KernelsPart implements BenchPart {

  private static final int FORKS = 3;
  private static final int WARM_UPS = 3;
  private static final int ITERATIONS = 5;
  static final int BENCHMARKS = 8;
  private static final double JVM_SECONDS = 1;

  @Override
  public String name() {
    return "kernels";
  }

  private static int forks(BenchRun run) {
    return run.sized(1, FORKS);
  }

  private static int millis(BenchRun run) {
    return run.sized(100, 500);
  }

  @Override
  public double expectedSeconds(BenchRun run) {
    double measuring = (WARM_UPS + ITERATIONS) * millis(run) / 1000.0;
    return KernelSize.values().length * BENCHMARKS * forks(run) * (JVM_SECONDS + measuring);
  }

  @Override
  public void measure(BenchRun run) throws RunnerException {
    run.configure(
        name(),
        new TreeMap<>(
            Map.of(
                "harness",
                "JMH, average time",
                "forks",
                forks(run),
                "warmUps",
                WARM_UPS,
                "iterations",
                ITERATIONS,
                "iterationMs",
                millis(run))));
    for (KernelSize size : KernelSize.values()) {
      for (RunResult result : new Runner(options(run, size).build()).run()) {
        put(run, size, result);
      }
      run.within((size.ordinal() + 1.0) / KernelSize.values().length);
    }
  }

  private static OptionsBuilder options(BenchRun run, KernelSize size) {
    OptionsBuilder options = new OptionsBuilder();
    options.include("^" + KernelBenchmarks.class.getName().replace(".", "\\.") + "\\.");
    options.param("size", size.title());
    options.verbosity(VerboseMode.SILENT);
    // Forked JVMs warn of the incubating module, each on its own.
    options.output(run.work().resolve("jmh-" + size.title() + ".log").toString());
    options.threads(1);
    options.forks(forks(run));
    options.warmupIterations(WARM_UPS);
    options.measurementIterations(ITERATIONS);
    options.warmupTime(TimeValue.milliseconds(millis(run)));
    options.measurementTime(TimeValue.milliseconds(millis(run)));
    options.shouldFailOnError(true);
    return options;
  }

  private static void put(BenchRun run, KernelSize size, RunResult result) {
    Result<?> micros = result.getPrimaryResult();
    String label = micros.getLabel();
    String name = "kernels." + size.title() + "." + label;
    run.figures().put(name + ".micros", micros.getScore());
    // Half of the 99.9 % interval; undefined for less than three iterations.
    run.figures().put(name + ".errorMicros", micros.getScoreError());
    Operations.of(label, size.sizes())
        .ifPresent(
            count -> run.figures().put(name + ".gigaflops", count / (1000 * micros.getScore())));
  }
}
