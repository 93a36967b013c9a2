package io.dynadiff.cli.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C (and SIGTERM) into a request to end, and holds the JVM until that is done.
 *
 * <pre>
 *   signal:  |-- hook: requested, waits ................... halt(status)
 *   command: ----- sees the request -- drains -- finished(status)
 * </pre>
 *
 * <p>Install before the work begins, call {@link #finished} after the last of it, then close. Safe
 * for use by many threads.
 */
public final class GracefulStop implements AutoCloseable {

  /** Orchestrators kill after 30 s or so; a person at a terminal presses Ctrl-C again. */
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(90);

  private static final int DRAIN_LIMIT_EXCEEDED = 1;

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::drain, "graceful-stop");
  private volatile int status;

  private GracefulStop() {}

  /** Installs the hook. */
  public static GracefulStop install() {
    GracefulStop stop = new GracefulStop();
    Runtime.getRuntime().addShutdownHook(stop.hook);
    return stop;
  }

  /** Waits for a request to end; returns whether there is one. */
  public boolean await(Duration atMost) throws InterruptedException {
    return requested.await(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS);
  }

  /** Asks for the end without a signal. */
  public void request() {
    requested.countDown();
  }

  /** Says that nothing is left to do and with which status the process shall end. */
  public void finished(int exitStatus) {
    status = exitStatus;
    finished.countDown();
  }

  /** Removes the hook, unless a signal has already started it. */
  @Override
  public void close() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down: the hook ends it.
    }
  }

  private void drain() {
    requested.countDown();
    int exitStatus = DRAIN_LIMIT_EXCEEDED;
    try {
      if (finished.await(DRAIN_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        exitStatus = status;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // A signal alone would end the JVM with 130 even after a clean drain.
    Runtime.getRuntime().halt(exitStatus);
  }
}
