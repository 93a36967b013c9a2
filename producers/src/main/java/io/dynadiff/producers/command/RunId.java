package io.dynadiff.producers.command;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Names of runs. */
public final class RunId {
  private RunId() {}

  /** A name that nobody has used before: the time and a random part. */
  public static String fresh() {
    return DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss")
            .withZone(ZoneOffset.UTC)
            .format(Instant.now())
        + String.format(Locale.ROOT, "-%04x", new SecureRandom().nextInt(1 << 16));
  }

  /**
   * Checks a name somebody chose; null where nobody did.
   *
   * @throws IllegalArgumentException if it cannot be part of a transactional id
   */
  public static void require(String runId) {
    if (runId != null && !runId.matches("[A-Za-z0-9._-]{1,100}")) {
      throw new IllegalArgumentException(
          "run id: expected up to 100 letters, digits, dots, hyphens or underscores, found '"
              + runId
              + "'");
    }
  }
}
