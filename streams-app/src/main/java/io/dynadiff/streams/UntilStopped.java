package io.dynadiff.streams;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a role until it fails or the process is asked to end (Ctrl-C, SIGTERM). */
final class UntilStopped {

  private static final Logger LOG = LoggerFactory.getLogger(UntilStopped.class);
  private static final long CHECK_MILLIS = 200;

  /** Longest time from the signal to the end of the process. */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(60);

  private UntilStopped() {}

  /**
   * Starts, waits, closes.
   *
   * @return exit status: 0 after a clean end on a signal, 1 after a failure
   */
  static int run(OnlineRole role, java.io.PrintWriter err) throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Thread hook = new Thread(() -> endCleanly(asked, closed), "end-cleanly");
    Runtime.getRuntime().addShutdownHook(hook);
    int status = 1;
    try {
      role.start();
      boolean announced = false;
      Optional<Throwable> failure = role.failure();
      while (failure.isEmpty() && !asked.await(CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (!announced && role.ready()) {
          announced = true;
          err.println(role.name() + ": ready");
          err.flush();
        }
        failure = role.failure();
      }
      role.close();
      failure = failure.or(role::failure);
      if (failure.isPresent()) {
        LOG.error("{} has failed", role.name(), failure.get());
        err.println(role.name() + ": " + failure.get());
      } else {
        status = 0;
      }
      err.flush();
      return status;
    } catch (RuntimeException e) {
      role.close();
      throw e;
    } finally {
      if (asked.getCount() == 0) {
        // The JVM is going down by a signal, whose status would be 130 or 143; ours says whether
        // everything was closed properly.
        Runtime.getRuntime().halt(status);
      }
      closed.countDown();
      removeHook(hook);
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // A signal came in this very moment; the hook finds everything closed.
      LOG.debug("the process is ending already", e);
    }
  }

  private static void endCleanly(CountDownLatch asked, CountDownLatch closed) {
    asked.countDown();
    try {
      // The closing thread halts the process with its own status before this returns.
      if (!closed.await(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.error("not closed within {}", CLOSE_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
