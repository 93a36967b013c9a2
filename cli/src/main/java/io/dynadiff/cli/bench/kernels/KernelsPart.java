package io.dynadiff.cli.bench.kernels;

import io.dynadiff.cli.bench.measure.BenchPart;
import io.dynadiff.cli.bench.measure.BenchRun;
import io.dynadiff.kernels.Limits;
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
  static final int BENCHMARKS = 10;

  /** Benchmarks of {@link LimitBenchmarks} beside those of {@link KernelBenchmarks}. */
  private static final double LIMITS = 0.5;

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
    return (KernelSize.values().length + LIMITS)
        * BENCHMARKS
        * forks(run)
        * (JVM_SECONDS + measuring);
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
    for (RunResult result : new Runner(options(run, LimitBenchmarks.class).build()).run()) {
      putLimit(run, result.getPrimaryResult());
    }
    for (KernelSize size : KernelSize.values()) {
      run.within((size.ordinal() + LIMITS) / (KernelSize.values().length + LIMITS));
      OptionsBuilder options = options(run, KernelBenchmarks.class);
      options.param("size", size.title());
      for (RunResult result : new Runner(options.build()).run()) {
        put(run, size, result.getPrimaryResult());
      }
    }
  }

  private static OptionsBuilder options(BenchRun run, Class<?> benchmarks) {
    OptionsBuilder options = new OptionsBuilder();
    options.include("^" + benchmarks.getName().replace(".", "\\.") + "\\.");
    options.verbosity(VerboseMode.SILENT);
    // Forked JVMs warn of the incubating module, each on its own.
    options.output(run.work().resolve("jmh.log").toString());
    options.threads(1);
    options.forks(forks(run));
    options.warmupIterations(WARM_UPS);
    options.measurementIterations(ITERATIONS);
    options.warmupTime(TimeValue.milliseconds(millis(run)));
    options.measurementTime(TimeValue.milliseconds(millis(run)));
    options.shouldFailOnError(true);
    return options;
  }

  private static void put(BenchRun run, KernelSize size, Result<?> micros) {
    String name = "kernels." + size.title() + "." + micros.getLabel();
    run.figures().put(name + ".micros", micros.getScore());
    // Half of the 99.9 % interval.
    run.figures().put(name + ".errorMicros", micros.getScoreError());
    Operations.of(micros.getLabel(), size.sizes())
        .ifPresent(
            count -> run.figures().put(name + ".gigaflops", count / (1000 * micros.getScore())));
  }

  private static void putLimit(BenchRun run, Result<?> micros) {
    String name = "limits." + micros.getLabel();
    double perMicrosecond =
        LimitSize.of(micros.getLabel())
                .map(size -> (double) size.bytes())
                .orElse((double) Limits.OPERATIONS)
            / micros.getScore();
    String unit =
        LimitSize.of(micros.getLabel()).isPresent() ? ".gigabytesPerSecond" : ".gigaflops";
    run.figures().put(name + unit, perMicrosecond / 1000);
  }
}
