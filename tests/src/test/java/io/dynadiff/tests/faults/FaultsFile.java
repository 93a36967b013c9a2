package io.dynadiff.tests.faults;

import io.dynadiff.models.json.CanonicalJson;
import io.dynadiff.trainer.evaluation.ResultsFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The results of all runs with faults in one JSON file, each with what it takes to make it again.
 */
final class FaultsFile {

  /** Runs by name, as they stand in the file. */
  private record Content(Map<String, Object> runs) {}

  private FaultsFile() {}

  /**
   * Replaces one run and leaves the others as they are.
   *
   * @param details what the run has to say beside figures, by name
   */
  static void put(
      Path file,
      String run,
      String command,
      Map<String, Object> config,
      long seed,
      double wallSeconds,
      Map<String, Double> figures,
      Map<String, Object> details)
      throws IOException {
    Map<String, Object> runs = new TreeMap<>();
    if (Files.exists(file)) {
      runs.putAll(
          CanonicalJson.read(Files.readString(file), Content.class, file.toString()).runs());
    }
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("command", command);
    entry.put("config", config);
    entry.put("seeds", Map.of("seed", seed));
    entry.put("machine", ResultsFile.machine());
    entry.put("commit", ResultsFile.commit());
    entry.put("endedAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    entry.put("wallSeconds", wallSeconds);
    entry.put("figures", figures);
    entry.putAll(details);
    runs.put(run, entry);
    if (file.toAbsolutePath().getParent() != null) {
      Files.createDirectories(file.toAbsolutePath().getParent());
    }
    Files.writeString(file, CanonicalJson.writePretty(new Content(runs)));
  }

  /**
   * Processes that wait for a core or have one, averaged over the last minute; of all that runs on
   * the machine, so that the reader sees how busy it was beside the run. Negative where the system
   * does not tell.
   */
  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
