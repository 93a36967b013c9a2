package io.dynadiff.trainer.experiment;

import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.evaluation.Method;
import io.dynadiff.trainer.pipeline.TrainedSystem;
import io.dynadiff.trainer.stage.PeakMemory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * How much memory a first adaptation takes, the method's networks included. Allocators keep what
 * they had, so that only a process that has done nothing else can tell; Linux only.
 */
public final class AdaptationMemory {

  /** Option under which the command measures one method and prints {@link #measure}'s number. */
  public static final String OPTION = "--adaptation-of";

  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
  private static final long LONGEST_MINUTES = 10;

  private AdaptationMemory() {}

  /**
   * Makes a method and adapts it once to the first unseen environment, in this process.
   *
   * @return MiB beyond what was held before; NaN where the system does not tell
   */
  public static double measure(TrainedSystem system, String name) throws IOException {
    EnvironmentData environment = system.data().unseen().get(0);
    system.bundle();
    System.gc();
    double held = PeakMemory.heldMebibytes();
    PeakMemory.reset();
    try (Method method = new MethodCatalogue(system).make(name)) {
      method.adapt(environment, environment.cases().get(0));
      return PeakMemory.mebibytes() - held;
    }
  }

  /**
   * Runs this process's own command again with {@link #OPTION}.
   *
   * @return MiB; nothing where it cannot be run again, which progress then says
   */
  static OptionalDouble inFreshProcess(String name, PrintStream progress) throws IOException {
    if (!Files.isReadable(COMMAND_LINE)) {
      return OptionalDouble.empty();
    }
    List<String> again =
        new ArrayList<>(
            List.of(Files.readString(COMMAND_LINE, StandardCharsets.UTF_8).split("\0")));
    again.addAll(List.of(OPTION, name));
    Process process =
        new ProcessBuilder(again).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0) {
        return OptionalDouble.of(Double.parseDouble(printed));
      }
      progress.printf("memory of %s: not measured, its process ended in error%n", name);
      return OptionalDouble.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalDouble.empty();
    } finally {
      process.destroy();
    }
  }
}
