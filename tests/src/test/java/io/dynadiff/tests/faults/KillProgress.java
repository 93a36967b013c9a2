package io.dynadiff.tests.faults;

import io.dynadiff.models.json.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * How far kill rounds have come, as it stands in their directory, so that a run that was
 * interrupted goes on with the same broker's data.
 *
 * @param setup what the run was told but for its length; another setup cannot go on with it
 * @param rounds that are done
 * @param sessions starts of the installation
 * @param seconds of all rounds
 * @param recoveryMillis of each round
 * @param kills by process
 */
record KillProgress(
    String setup,
    int rounds,
    int sessions,
    double seconds,
    List<Long> recoveryMillis,
    Map<String, Integer> kills) {

  private static final String FILE = "progress.json";

  KillProgress {
    recoveryMillis = List.copyOf(recoveryMillis);
    kills = Map.copyOf(kills);
    if (rounds < 0 || sessions < 0 || recoveryMillis.size() != rounds) {
      throw new IllegalArgumentException(
          "%s: expected a duration of each of %d rounds, found %d"
              .formatted(FILE, rounds, recoveryMillis.size()));
    }
  }

  /**
   * Reads where a run with this directory stopped; a run that begins has no rounds.
   *
   * @throws IllegalArgumentException if it was told something else
   */
  static KillProgress read(Path directory, String setup) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return new KillProgress(setup, 0, 0, 0, List.of(), Map.of());
    }
    KillProgress progress =
        CanonicalJson.read(Files.readString(file), KillProgress.class, file.toString());
    if (!progress.setup().equals(setup)) {
      throw new IllegalArgumentException(
          "%s: expected a run with %s, found %s; take another --work-dir"
              .formatted(file, setup, progress.setup()));
    }
    return progress;
  }

  /** Writes all of it or nothing. */
  void write(Path directory) throws IOException {
    Path unfinished = directory.resolve(FILE + ".part");
    Files.writeString(unfinished, CanonicalJson.writePretty(this));
    Files.move(
        unfinished,
        directory.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
