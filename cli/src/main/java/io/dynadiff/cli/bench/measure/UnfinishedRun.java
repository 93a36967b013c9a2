package io.dynadiff.cli.bench.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run of measurements has found so far, in a file, so that one that was stopped goes on
 * where it was. Only the same command of the same sources goes on; any other begins anew. For one
 * thread.
 */
final class UnfinishedRun {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What the file holds.
   *
   * @param commit of the sources
   * @param seconds spent so far
   * @param parts that are done, in order
   */
  record Content(
      String command,
      String commit,
      double seconds,
      List<String> parts,
      SortedMap<String, Double> figures,
      Map<String, Object> configuration) {

    Content {
      parts = List.copyOf(parts);
      figures = new TreeMap<>(figures);
      configuration = new TreeMap<>(configuration);
    }
  }

  private final Path file;
  private Content content;

  private UnfinishedRun(Path file, Content content) {
    this.file = file;
    this.content = content;
  }

  /**
   * Finds what an earlier run left, or nothing.
   *
   * @param file where it would be
   * @throws IOException if there is a file that cannot be read; a damaged one counts as none
   */
  static UnfinishedRun open(Path file, String command, String commit) throws IOException {
    Content none = new Content(command, commit, 0, List.of(), new TreeMap<>(), Map.of());
    // Changed sources have no name to know them by.
    if (!Files.exists(file) || commit.endsWith("-dirty") || commit.equals("unknown")) {
      return new UnfinishedRun(file, none);
    }
    try {
      Content found = JSON.readValue(Files.readAllBytes(file), Content.class);
      boolean same = found.command().equals(command) && found.commit().equals(commit);
      return new UnfinishedRun(file, same ? found : none);
    } catch (JsonProcessingException e) {
      return new UnfinishedRun(file, none);
    }
  }

  /** Parts that need not be measured again. */
  List<String> parts() {
    return content.parts();
  }

  /** Seconds that they took. */
  double seconds() {
    return content.seconds();
  }

  /** Puts what was found into a run that has found nothing yet. */
  void restore(BenchRun run) {
    content.figures().forEach(run.figures()::put);
    content.configuration().forEach(run::configure);
  }

  /** Keeps what a run has found once a part is done. */
  void add(String part, BenchRun run, double seconds) throws IOException {
    List<String> parts = new ArrayList<>(content.parts());
    parts.add(part);
    content =
        new Content(
            content.command(),
            content.commit(),
            seconds,
            parts,
            run.figures().byName(),
            run.configuration());
    Files.createDirectories(file.getParent());
    Path written = file.resolveSibling(file.getFileName() + ".tmp");
    Files.write(written, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
    Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Forgets all, as it stands in the results now. */
  void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
