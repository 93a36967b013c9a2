package io.dynadiff.producers.trajectories;

import io.dynadiff.commands.CommandReport;
import io.dynadiff.commands.GracefulStop;
import io.dynadiff.physics.environments.SimulatedEnvironment;
import io.dynadiff.physics.environments.SimulatedEnvironments;
import io.dynadiff.physics.environments.SimulatedSystems;
import io.dynadiff.physics.environments.SystemForm;
import io.dynadiff.physics.store.SimulatedTrajectories;
import io.dynadiff.physics.store.TrajectoryFormatException;
import io.dynadiff.physics.store.TrajectorySource;
import io.dynadiff.physics.store.TrajectoryWriter;
import io.dynadiff.physics.store.WriteSummary;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Simulates trajectories into a store, several at a time.
 *
 * <p>A trajectory is computed by one thread from its seed alone, so the files do not depend on the
 * number of threads. Exit codes: 0 done, 1 a simulation or the disk failed, 2 bad usage or a store
 * that does not fit, 130 on Ctrl-C with whole chunks kept.
 */
@Command(
    name = "write",
    mixinStandardHelpOptions = true,
    description =
        "Simulate trajectories into a store; run again after a kill, it writes what is missing.",
    footer = {
      "",
      "Example, four trajectories in each of the environments that training may use:",
      "  dynadiff trajectories write lambda-omega --environments seen --trajectories 4 \\",
      "    --frames 400 --output store",
      "",
      "A trajectory is named like lambda-omega/beta-1.10/seed-7."
    })
public final class WriteTrajectoriesCommand implements Callable<Integer> {
  private static final int MOST_THREADS = 1024;

  @Parameters(
      paramLabel = "SYSTEM",
      description =
          "lambda-omega, kolmogorov-flow, navier-stokes, lotka-volterra or cylinder-flow.")
  private String system;

  @Option(
      names = "--environments",
      defaultValue = "standard",
      paramLabel = "WHICH",
      description =
          "standard (every environment of the system's grid), seen or unseen (of its standard"
              + " split), or ids like lambda-omega/beta-1.10, comma-separated"
              + " (default: ${DEFAULT-VALUE}).")
  private String environments;

  @Option(
      names = "--trajectories",
      defaultValue = "1",
      paramLabel = "N",
      description = "Trajectories of each environment (default: ${DEFAULT-VALUE}).")
  private int trajectories;

  @Option(
      names = "--frames",
      defaultValue = "400",
      paramLabel = "N",
      description = "Frames of each trajectory (default: ${DEFAULT-VALUE}).")
  private long frames;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description =
          "Seed of the first trajectory of each environment; the next ones take the next seeds"
              + " (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--form",
      defaultValue = SystemForm.STANDARD,
      paramLabel = "FORM",
      description =
          "What the frames look like and how they are solved: standard, or laptop or paper, as"
              + " bundles of these presets expect them (default: ${DEFAULT-VALUE}).")
  private String form;

  @Option(
      names = "--spin-up",
      paramLabel = "TIME",
      description = "Model time integrated before frame 0 (default: the form's).")
  private Double spinUp;

  @Option(
      names = "--frames-per-chunk",
      paramLabel = "N",
      description =
          "Frames in one file; a killed run loses at most the unfinished file of each thread"
              + " (default: about 4 MB).")
  private Integer framesPerChunk;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Trajectories computed at the same time (default: one per processor).")
  private Integer threads;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Directory of the store, made where missing.")
  private Path output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try {
      List<TrajectorySource> sources = sources();
      int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
      requireWithin("--threads", workers, MOST_THREADS);
      if (Files.exists(output) && !Files.isDirectory(output)) {
        throw new IllegalArgumentException(
            "--output: expected a directory, found the file " + output);
      }
      return write(sources, workers);
    } catch (IllegalArgumentException | TrajectoryFormatException e) {
      return CommandReport.report(spec, e, CommandReport.REFUSED);
    } catch (IllegalStateException | ArithmeticException | UncheckedIOException e) {
      return CommandReport.report(spec, e, CommandReport.FAILED);
    }
  }

  private int write(List<TrajectorySource> sources, int workers) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        Locale.ROOT,
        "%s: %d trajectories of %d frames with %d threads%n",
        system,
        sources.size(),
        frames,
        workers);
    err.flush();
    StoreProgress progress =
        new StoreProgress(err, System.console() != null, System::nanoTime, sources.size() * frames);
    Thread writing = Thread.currentThread();
    try (GracefulStop stop = GracefulStop.install(writing::interrupt)) {
      int code = write(sources, workers, progress);
      // Only now: a signal ends the process as soon as this is said.
      stop.finished();
      return code;
    }
  }

  private int write(List<TrajectorySource> sources, int workers, StoreProgress progress) {
    try {
      WriteSummary summary = new TrajectoryWriter(output, workers, progress).write(sources);
      progress.finish();
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          Locale.ROOT,
          "%s: %d trajectories of %d frames; %d chunks written, %d found%n",
          output,
          summary.trajectories(),
          frames,
          summary.chunksWritten(),
          summary.chunksFound());
      out.flush();
      return CommandReport.DONE;
    } catch (InterruptedException e) {
      progress.finish();
      return CommandReport.report(
          spec,
          new IllegalStateException(
              "stopped; whole chunks are kept, run the same command again to go on"),
          CommandReport.FAILED);
    }
  }

  private List<TrajectorySource> sources() {
    // First, so that an unknown system is refused by name.
    SimulatedSystems.named(system);
    requireWithin("--trajectories", trajectories, 1_000_000);
    requireWithin("--frames", frames, 1_000_000_000_000L);
    if (spinUp != null && !(spinUp >= 0 && Double.isFinite(spinUp))) {
      throw new IllegalArgumentException(
          "--spin-up: expected a finite time from 0 on, found " + spinUp);
    }
    if (framesPerChunk != null) {
      requireWithin("--frames-per-chunk", framesPerChunk, Integer.MAX_VALUE);
    }
    return SimulatedTrajectories.of(
        SystemForm.of(system, form),
        chosen(),
        LongStream.range(seed, seed + trajectories).boxed().toList(),
        frames,
        spinUp == null ? OptionalDouble.empty() : OptionalDouble.of(spinUp),
        framesPerChunk == null ? OptionalInt.empty() : OptionalInt.of(framesPerChunk));
  }

  private List<SimulatedEnvironment> chosen() {
    SimulatedEnvironments grid = SimulatedEnvironments.of(system);
    return switch (environments) {
      case "standard" -> grid.all();
      case "seen" -> grid.standardSplit().seen();
      case "unseen" -> grid.standardSplit().unseen();
      default ->
          Arrays.stream(environments.split(",", -1)).map(id -> named(grid, id.trim())).toList();
    };
  }

  private static SimulatedEnvironment named(SimulatedEnvironments grid, String id) {
    return grid.all().stream()
        .filter(environment -> environment.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--environments: expected standard, seen, unseen or ids from "
                        + grid.all().get(0).id()
                        + " to "
                        + grid.all().get(grid.all().size() - 1).id()
                        + ", found '"
                        + id
                        + "'"));
  }

  private static void requireWithin(String option, long value, long most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(option + ": expected 1 to " + most + ", found " + value);
    }
  }
}
