package io.dynadiff.commands;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C (and SIGTERM) into a request to end, and holds the JVM until that is done.
 *
 * <pre>
 *   signal:  |-- hook: requests, waits ............ ends with the status, or with the signal's
 *   command: ----- sees the request -- drains -- finished
 * </pre>
 *
 * <p>Install before the work begins, call one of the {@code finished} methods after the last of it,
 * then close. Safe for use by many threads.
 */
public final class GracefulStop implements AutoCloseable {

  /** Orchestrators kill after 30 s or so; a person at a terminal presses Ctrl-C again. */
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(90);

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::drain, "graceful-stop");
  private final Runnable onRequest;
  private volatile OptionalInt status = OptionalInt.empty();

  private GracefulStop(Runnable onRequest) {
    this.onRequest = onRequest;
  }

  /** Installs the hook for a command that asks {@link #await} whether it shall end. */
  public static GracefulStop install() {
    return install(() -> {});
  }

  /**
   * Installs the hook for a command that is told to end.
   *
   * @param onRequest asks the work to end; returns at once
   */
  public static GracefulStop install(Runnable onRequest) {
    GracefulStop stop = new GracefulStop(onRequest);
    Runtime.getRuntime().addShutdownHook(stop.hook);
    return stop;
  }

  /** Waits for a request to end; returns whether there is one. */
  public boolean await(Duration atMost) throws InterruptedException {
    return requested.await(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS);
  }

  /** Says that nothing is left to do and with which status the process shall end. */
  public void finished(int exitStatus) {
    status = OptionalInt.of(exitStatus);
    finished.countDown();
  }

  /** Says that nothing is left to do; a signal ends the process with its own status, 130 or 143. */
  public void finished() {
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
    onRequest.run();
    OptionalInt exitStatus = OptionalInt.of(CommandReport.FAILED);
    try {
      if (finished.await(DRAIN_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        exitStatus = status;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // A signal alone would end the JVM with 130 even where it is the way to end a command.
    exitStatus.ifPresent(Runtime.getRuntime()::halt);
  }
}
