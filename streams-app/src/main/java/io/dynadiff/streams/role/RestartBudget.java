package io.dynadiff.streams.role;

import io.dynadiff.streams.systems.UnservedSystemException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces stream threads that die, but not for ever: a fault that comes back at once would
 * otherwise be retried endlessly and be seen by nobody. Thread-safe.
 */
final class RestartBudget implements StreamsUncaughtExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(RestartBudget.class);

  private final String role;
  private final int restarts;
  private final long periodMillis;
  private final LongSupplier clock;
  private final Deque<Long> spent = new ArrayDeque<>();
  private Throwable failure;

  /**
   * Grants so many restarts in any period.
   *
   * @param clock milliseconds of any origin
   */
  RestartBudget(String role, int restarts, Duration period, LongSupplier clock) {
    this.role = role;
    this.restarts = restarts;
    this.periodMillis = period.toMillis();
    this.clock = clock;
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable exception) {
    long now = clock.getAsLong();
    while (!spent.isEmpty() && now - spent.peekFirst() > periodMillis) {
      spent.removeFirst();
    }
    if (isFinal(exception) || spent.size() >= restarts) {
      LOG.error(
          "{}: shutting down after {} restarts within {} ms",
          role,
          spent.size(),
          periodMillis,
          exception);
      failure = exception;
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    spent.addLast(now);
    LOG.warn(
        "{}: a stream thread has died, replacing it, {} of {}",
        role,
        spent.size(),
        restarts,
        exception);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /** What the budget did not cover, if anything. */
  synchronized Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** Errors of the machine and of the configuration do not go away with another thread. */
  private static boolean isFinal(Throwable exception) {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof Error || cause instanceof UnservedSystemException) {
        return true;
      }
    }
    return false;
  }
}
