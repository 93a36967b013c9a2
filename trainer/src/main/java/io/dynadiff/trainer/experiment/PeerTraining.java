package io.dynadiff.trainer.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.json.CanonicalJson;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The training of one expert in plain PyTorch, by a script that runs where a Python with PyTorch
 * is: what the same architecture, sizes, batch and threads cost outside this project.
 *
 * @param samplesPerSecond pairs of frames per second
 * @param parameters weights of the script's network
 * @param torch version of PyTorch
 * @param python version of Python
 * @param threads threads that PyTorch computed on
 */
record PeerTraining(
    double samplesPerSecond, long parameters, String torch, String python, int threads) {

  private static final String ARCHITECTURE = "fno";
  private static final int NO_PYTORCH = 3;
  private static final int LIMIT_MINUTES = 10;

  /**
   * Runs the script.
   *
   * @param python the interpreter
   * @param script the script
   * @param threads threads to compute on
   * @param progress told why nothing was measured, if so
   * @return empty for other architectures and where script, interpreter or PyTorch are missing
   * @throws IllegalStateException if the script fails, or its network has other sizes
   */
  static Optional<PeerTraining> run(
      ExpertSpec spec,
      int batch,
      int steps,
      int warmUp,
      int threads,
      String python,
      Path script,
      PrintStream progress)
      throws IOException {
    if (!spec.architecture().equals(ARCHITECTURE) || !Files.exists(script)) {
      progress.printf("plain PyTorch: nothing to compare with %s here%n", spec.architecture());
      return Optional.empty();
    }
    int clock = spec.clockPeriodMillis() > 0 ? 2 : 0;
    int inputs = spec.fieldShape().channels() + spec.coordinates().channels() + clock;
    List<String> command = new ArrayList<>(List.of(python, script.toString()));
    option(command, "inputs", inputs);
    option(command, "channels", spec.fieldShape().channels());
    option(command, "height", spec.fieldShape().height());
    option(command, "width", spec.fieldShape().width());
    option(command, "hidden", spec.size("hidden"));
    option(command, "layers", spec.size("layers"));
    option(command, "rows", (spec.size("modesY") - 1) / 2);
    option(command, "columns", spec.size("modesX"));
    option(command, "batch", batch);
    option(command, "steps", steps);
    option(command, "warmup", warmUp);
    option(command, "threads", threads);
    Process process;
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      progress.printf("plain PyTorch: %s does not run: %s%n", python, e.getMessage());
      return Optional.empty();
    }
    PeerTraining found;
    try {
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
        throw new IllegalStateException(
            "plain PyTorch: expected an end within " + LIMIT_MINUTES + " minutes, found none");
      }
      if (process.exitValue() == NO_PYTORCH) {
        progress.printf("plain PyTorch: %s has no torch; give another --python%n", python);
        return Optional.empty();
      }
      if (process.exitValue() != 0) {
        throw new IllegalStateException(
            "plain PyTorch: expected exit status 0 of "
                + command
                + ", found "
                + process.exitValue());
      }
      found = CanonicalJson.read(output, PeerTraining.class, script.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("plain PyTorch: interrupted", e);
    } finally {
      process.destroyForcibly();
    }
    if (found.parameters != spec.parameterCount()) {
      throw new IllegalStateException(
          "plain PyTorch: expected a network of "
              + spec.parameterCount()
              + " weights, found "
              + found.parameters);
    }
    return Optional.of(found);
  }

  private static void option(List<String> command, String name, int value) {
    command.add("--" + name);
    command.add(Integer.toString(value));
  }

  /** As part of a configuration. */
  JsonNode json() {
    return CanonicalJson.tree(this);
  }
}
