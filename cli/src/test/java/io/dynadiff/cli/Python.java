package io.dynadiff.cli;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the Python examples of the documentation, where an interpreter has what they need. */
public final class Python {

  /** Where the examples lie, seen from a module. */
  public static final Path EXAMPLES = Path.of("..", "examples", "python");

  private static final int NO_SUCH_COMMAND = 127;
  private static final long LIMIT_S = 240;

  private final String interpreter;

  private Python(String interpreter) {
    this.interpreter = interpreter;
  }

  /**
   * The first of {@code $DYNADIFF_PYTHON}, python3 and /usr/bin/python3 that has all modules; the
   * test is skipped where none has, and says so.
   */
  public static Python with(String... modules) throws Exception {
    List<String> interpreters =
        Stream.of(
                Optional.ofNullable(System.getenv("DYNADIFF_PYTHON")),
                Optional.of("python3"),
                Optional.of("/usr/bin/python3"))
            .flatMap(Optional::stream)
            .toList();
    for (String interpreter : interpreters) {
      if (new Python(interpreter).run("-c", "import " + String.join(", ", modules)).code() == 0) {
        return new Python(interpreter);
      }
    }
    return abort(
        "SKIPPED: none of "
            + interpreters
            + " has "
            + String.join(", ", modules)
            + "; name one that has them in DYNADIFF_PYTHON");
  }

  /**
   * How a run ended.
   *
   * @param code its exit code
   * @param out what it wrote to standard output
   * @param all that and standard error
   */
  public record Ended(int code, String out, String all) {}

  /** Runs the interpreter and waits for its end. */
  public Ended run(String... arguments) throws Exception {
    Path out = Files.createTempFile("python", ".out");
    Path err = Files.createTempFile("python", ".err");
    List<String> command = new ArrayList<>(List.of(interpreter));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(command + " did not end within " + LIMIT_S + " s");
      }
      String said = Files.readString(out, StandardCharsets.UTF_8);
      return new Ended(process.exitValue(), said, said + Files.readString(err));
    } catch (IOException e) {
      return new Ended(NO_SUCH_COMMAND, "", e.toString());
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
