package io.dynadiff.trainer.evaluation;

import io.dynadiff.models.json.CanonicalJson;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A measurement with all it takes to make it again, as a JSON file. */
public final class ResultsFile {

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
    if (file.getParent() != null) {
      Files.createDirectories(file.getParent());
    }
    Files.writeString(file, CanonicalJson.writePretty(content));
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

  /** The commit of the working tree, with {@code -dirty} if it has changes; else unknown. */
  public static String commit() {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12")
              .directory(new File(System.getProperty("dynadiff.home", ".")))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      boolean done = git.waitFor(10, TimeUnit.SECONDS);
      return done && git.exitValue() == 0 && !text.isEmpty() ? text : "unknown";
    } catch (IOException e) {
      return "unknown";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }
}
