package io.dynadiff.cli.physics;

import io.dynadiff.physics.throughput.RateMeasurement;
import io.dynadiff.physics.throughput.StandardWorkloads;
import io.dynadiff.physics.throughput.StandardWorkloads.Spectral;
import io.dynadiff.physics.throughput.Workload;
import io.dynadiff.trainer.evaluation.ResultsFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dynadiff physics throughput}: times the solvers beside the machine's own limits. */
@Command(
    name = "throughput",
    mixinStandardHelpOptions = true,
    description = {
      "Measure grid-point updates per second and core of every solver, beside memory bandwidth and"
          + " the transforms alone.",
      "An update is one time step of one grid point; for Lotka-Volterra, whose steps follow the"
          + " tolerance, one frame interval. Run it while the machine does nothing else.",
      "Exit status 1 if a solver takes more than 3 times its transforms."
    },
    footer = {"", "Example:", "  dynadiff physics throughput --repetitions 9"})
final class ThroughputCommand implements Callable<Integer> {
  private static final double LARGEST_RATIO = 3;

  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      defaultValue = "${sys:dynadiff.home:-.}/results/simulation-throughput.json",
      description = "The results file (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      defaultValue = "7",
      description = "Turns of all workloads; medians are taken (default: ${DEFAULT-VALUE}).")
  private int repetitions;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "0.5",
      description = "Time of each workload per turn (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Override
  public Integer call() throws IOException {
    RateMeasurement measurement;
    try {
      measurement = new RateMeasurement(repetitions, seconds);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    String commit = ResultsFile.commit();
    double loadBefore = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    List<Workload> workloads = StandardWorkloads.all();
    double expectedSeconds = workloads.size() * (repetitions + 1) * seconds * 1.1;
    StageProgress progress =
        new StageProgress(spec.commandLine().getErr(), 1, expectedSeconds, System::nanoTime);
    progress.begin(workloads.size() + " workloads in turns", expectedSeconds);
    ThroughputFigures figures =
        new ThroughputFigures(measurement.measure(workloads, progress::within));
    Map<String, Double> flat = new TreeMap<>(figures.flat());
    flat.put("machine.loadAverageBefore", loadBefore);
    flat.put(
        "machine.loadAverageAfter",
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    ResultsFile.write(
        output,
        "dynadiff physics throughput --repetitions %d --seconds %s".formatted(repetitions, seconds),
        configuration(commit),
        Map.of("initialState", 1L),
        progress.seconds(),
        flat);
    PrintWriter out = spec.commandLine().getOut();
    out.print(figures.table());
    out.println("results: " + output);
    out.flush();
    return StandardWorkloads.spectral().stream()
            .allMatch(solver -> figures.stepOverTransforms(solver) <= LARGEST_RATIO)
        ? 0
        : 1;
  }

  private Map<String, Object> configuration(String commit) {
    Map<String, Object> configuration = new TreeMap<>();
    configuration.put("repetitions", repetitions);
    configuration.put("secondsPerTurn", seconds);
    configuration.put("threads", 1);
    configuration.put("sources", commit);
    configuration.put("processor", processor());
    configuration.put(
        "jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    configuration.put(
        "jvmArguments",
        // Where the project lies says nothing about how fast it is.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> !argument.startsWith("-Ddynadiff.home="))
            .toList());
    configuration.put(
        "update",
        "one time step of one grid point with all its variables; lotka-volterra: one frame"
            + " interval of 0.1 time units");
    configuration.put(
        "rates", "per second of processor time of one thread; median, lowest and highest turn");
    configuration.put(
        "bytes", "triad: two arrays read, one written; lattice: nine populations read and written");
    for (Spectral solver : StandardWorkloads.spectral()) {
      configuration.put(
          solver.name(),
          "%d x %d points, time step %s"
              .formatted(solver.points(), solver.points(), solver.timeStep()));
    }
    configuration.put("cylinder-flow", "512 x 256 cells");
    return configuration;
  }

  /** Model of the processor as Linux names it. */
  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
