package io.dynadiff.cli.bench.experts;

import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.json.CanonicalJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The same expert in plain PyTorch, in a process of its own that answers how long a step or an
 * update took. Confined to one thread; {@link #close} ends the process.
 */
final class PeerProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter questions;
  private final About about;

  /**
   * What the peer says of itself.
   *
   * @param parameters weights of its network
   * @param torch version of PyTorch
   * @param python version of Python
   * @param threads threads that it computes on
   */
  record About(long parameters, String torch, String python, int threads) {}

  private PeerProcess(Process process, BufferedReader answers, About about) {
    this.process = process;
    this.answers = answers;
    this.questions = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    this.about = about;
  }

  /**
   * Starts the script.
   *
   * @param script {@code fno_steps.py}
   * @return empty where the interpreter or PyTorch is missing
   * @throws IllegalStateException if its network has other sizes than the specification's
   */
  static Optional<PeerProcess> start(ExpertSpec spec, int threads, String python, Path script) {
    List<String> command =
        Stream.of(
                List.of(python, script.toString()),
                option("inputs", spec.fieldShape().channels() + spec.coordinates().channels()),
                option("channels", spec.fieldShape().channels()),
                option("height", spec.fieldShape().height()),
                option("width", spec.fieldShape().width()),
                option("hidden", spec.size("hidden")),
                option("layers", spec.size("layers")),
                option("rows", (spec.size("modesY") - 1) / 2),
                option("columns", spec.size("modesX")),
                option("threads", threads))
            .flatMap(List::stream)
            .toList();
    Process process;
    String said;
    BufferedReader answers;
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      answers =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      said = answers.readLine();
    } catch (IOException e) {
      return Optional.empty();
    }
    if (said == null) {
      return Optional.empty();
    }
    PeerProcess peer =
        new PeerProcess(process, answers, CanonicalJson.read(said, About.class, script.toString()));
    if (peer.about.parameters != spec.parameterCount()) {
      peer.close();
      throw new IllegalStateException(
          "plain PyTorch: expected a network of "
              + spec.parameterCount()
              + " weights, found "
              + peer.about.parameters);
    }
    return Optional.of(peer);
  }

  private static List<String> option(String name, int value) {
    return List.of("--" + name, Integer.toString(value));
  }

  About about() {
    return about;
  }

  /** Milliseconds of one step of a batch, on average over some. */
  double step(int batch, int count) {
    return ask("step", batch, count);
  }

  /** Milliseconds of one update on a batch, on average over some. */
  double update(int batch, int count) {
    return ask("update", batch, count);
  }

  private double ask(String what, int batch, int count) {
    questions.println(what + " " + batch + " " + count);
    try {
      String answer = answers.readLine();
      if (answer == null) {
        throw new IllegalStateException(
            "plain PyTorch: expected a time for " + what + ", found the end of its output");
      }
      return Double.parseDouble(answer);
    } catch (IOException e) {
      throw new IllegalStateException("plain PyTorch: its output cannot be read", e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
