package io.dynadiff.trainer.evaluation;

import io.dynadiff.models.json.CanonicalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A measurement with all it takes to make it again, as a JSON file. */
public final class ResultsFile {

  /** Where commands of this project write, as paths below the checkout. */
  private static final List<String> OUTPUTS =
      List.of("results", "bundles", "docs/results.md", "docs/pictures");

  private ResultsFile() {}

  /**
   * Writes the file.
   *
   * @param command the command that made the numbers
   * @param config all settings
   * @param figures numbers by name
   */
  public static void write(
      Path file,
      String command,
      Object config,
      Map<String, Long> seeds,
      double wallSeconds,
      Map<String, Double> figures)
      throws IOException {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("command", command);
    content.put("config", config);
    content.put("seeds", seeds);
    content.put("machine", machine());
    content.put("commit", commit());
    content.put("wallSeconds", wallSeconds);
    content.put("figures", new TreeMap<>(figures));
    replace(file, CanonicalJson.writePretty(content));
  }

  /** Writes a file, so that a kill leaves either the old one or the new one. */
  static void replace(Path file, String content) throws IOException {
    if (file.toAbsolutePath().getParent() != null) {
      Files.createDirectories(file.toAbsolutePath().getParent());
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, content);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Operating system, architecture, cores and Java version. */
  public static String machine() {
    return System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " cores, Java "
        + System.getProperty("java.version");
  }

  /**
   * The commit of the working tree when this was first asked for, with {@code -dirty} if it had
   * changes; else unknown. What commands write themselves (results, bundles, pictures) is no
   * change. Commands ask when they begin, as the tree may have moved on when they end.
   */
  public static String commit() {
    return Start.COMMIT;
  }

  private static final class Start {
    static final String COMMIT = commit(Path.of(System.getProperty("dynadiff.home", ".")));
  }

  /** The commit of one working tree. */
  static String commit(Path home) {
    Optional<String> commit = git(home, "describe", "--always", "--abbrev=12");
    List<String> status =
        new ArrayList<>(List.of("status", "--porcelain", "--untracked-files=no", "--", "."));
    OUTPUTS.forEach(output -> status.add(":(exclude)" + output));
    Optional<String> changes = git(home, status.toArray(String[]::new));
    if (commit.isEmpty() || changes.isEmpty()) {
      return "unknown";
    }
    return commit.get() + (changes.get().isEmpty() ? "" : "-dirty");
  }

  private static Optional<String> git(Path home, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    try {
      Process git =
          new ProcessBuilder(command)
              .directory(home.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      boolean done = git.waitFor(10, TimeUnit.SECONDS);
      return done && git.exitValue() == 0 ? Optional.of(text) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
