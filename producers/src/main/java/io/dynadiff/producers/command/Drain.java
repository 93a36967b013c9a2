package io.dynadiff.producers.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C end a feed between two frames and waits for its last commit; the JVM then exits with
 * 130, or with 0 where the feed has no end of its own.
 */
public final class Drain implements AutoCloseable {
  private static final int DONE = 0;
  private static final long DRAIN_SECONDS = 20;

  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook;
  private volatile boolean clean;

  /**
   * Installs the hook.
   *
   * @param stop asks the feed to end; returns at once
   * @param endless true for a feed that is meant to be ended by Ctrl-C
   */
  public Drain(Runnable stop, boolean endless) {
    hook =
        new Thread(
            () -> {
              stop.run();
              try {
                if (finished.await(DRAIN_SECONDS, TimeUnit.SECONDS) && clean && endless) {
                  Runtime.getRuntime().halt(DONE);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "drain-feed");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Says that everything published is committed. */
  public void finished() {
    clean = true;
    finished.countDown();
  }

  @Override
  public void close() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down already: the hook is what called us to an end.
    }
  }
}
