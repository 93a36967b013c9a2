package io.dynadiff.console.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dynadiff.console.state.ConsoleState;
import io.dynadiff.console.state.EnvironmentDetail;
import io.dynadiff.console.state.EnvironmentRow;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Sends one browser what is new, as server-sent events: first everything, then in each update the
 * environments that changed since the one before, and what is new of the environment looked at.
 *
 * <p>However fast records come, an update holds the latest of each environment, so a slow browser
 * or a slow network falls behind by one update at most. One thread.
 */
final class LiveStream {

  private static final long HEALTH_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What nothing has happened in for so long is sent a line, to find out if it is still there. */
  private static final long QUIET_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Errors of each environment that the first event carries, for a line to begin with. */
  private static final int RECENT_ERRORS = 60;

  /** One event; what is null has not changed. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Update(
      long sentAtMs,
      boolean all,
      List<EnvironmentRow> environments,
      Map<String, List<Float>> recentErrors,
      Object health,
      EnvironmentDetail detail) {}

  private final ConsoleState state;
  private final Supplier<Object> health;
  private final String looked;
  private final long periodNanos;
  private long seenRevision = -1;
  private EnvironmentDetail.Seen seen = EnvironmentDetail.Seen.NOTHING;
  private long nextHealthNanos = System.nanoTime();
  private boolean first = true;

  /**
   * Prepares a stream.
   *
   * @param looked the environment that is looked at, or null
   */
  LiveStream(ConsoleState state, Supplier<Object> health, String looked, int updatesPerSecond) {
    this.state = state;
    this.health = health;
    this.looked = looked;
    this.periodNanos = TimeUnit.SECONDS.toNanos(1) / updatesPerSecond;
  }

  /**
   * Sends until the browser leaves or the server ends.
   *
   * @throws IOException when the browser has left
   */
  void send(OutputStream out, BooleanSupplier ending) throws IOException, InterruptedException {
    long next = System.nanoTime();
    long lastSent = next;
    while (!ending.getAsBoolean()) {
      Update update = next();
      long now = System.nanoTime();
      if (update != null) {
        out.write("data: ".getBytes(StandardCharsets.US_ASCII));
        out.write(Json.bytes(update));
        out.write("\n\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        lastSent = now;
      } else if (now - lastSent > QUIET_LIMIT_NANOS) {
        out.write(":\n\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        lastSent = now;
      }
      next = Math.max(next + periodNanos, System.nanoTime());
      TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
    }
  }

  /** What is new since the last call, or null where nothing is. */
  private Update next() {
    long now = System.nanoTime();
    Object healthNow = null;
    if (now - nextHealthNanos >= 0) {
      healthNow = health.get();
      nextHealthNanos = now + HEALTH_EVERY_NANOS;
      if (looked != null) {
        state.lookedAt(looked);
      }
    }
    // Read before the rows: what changes between the two is sent twice rather than never.
    long revision = state.revision();
    List<EnvironmentRow> rows =
        revision == seenRevision ? List.of() : state.rowsSince(seenRevision);
    seenRevision = revision;
    EnvironmentDetail detail = rows.isEmpty() ? null : detail(rows);
    boolean all = first;
    first = false;
    Map<String, List<Float>> recentErrors = all ? new TreeMap<>() : null;
    if (all) {
      rows.forEach(row -> recentErrors.put(row.id(), state.recentErrors(row.id(), RECENT_ERRORS)));
    }
    if (!all && healthNow == null && rows.isEmpty()) {
      return null;
    }
    return new Update(
        System.currentTimeMillis(),
        all,
        all || !rows.isEmpty() ? rows : null,
        recentErrors,
        healthNow,
        detail);
  }

  private EnvironmentDetail detail(List<EnvironmentRow> rows) {
    if (looked == null || rows.stream().noneMatch(row -> row.id().equals(looked))) {
      return null;
    }
    EnvironmentDetail detail = state.detail(looked, seen).orElse(null);
    if (detail != null) {
      seen = detail.seen();
    }
    return detail;
  }
}
