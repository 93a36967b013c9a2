package io.dynadiff.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The threads that the feeds run on, and the first failure that ended one.
 *
 * <p>They do not keep the process alive. Threads are added and awaited by one thread; the failure
 * may be read from any.
 */
final class FeedThreads {

  private final List<Thread> threads = new ArrayList<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  void add(String name, Runnable feed) {
    Thread thread =
        new Thread(
            () -> {
              try {
                feed.run();
              } catch (CancellationException e) {
                // Stopped while it was on the way to its first frame.
              } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
              }
            },
            name);
    thread.setDaemon(true);
    threads.add(thread);
  }

  void start() {
    threads.forEach(Thread::start);
  }

  /** Waits until all have ended; one that has not within the limit counts as failed. */
  void await(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    for (Thread thread : threads) {
      try {
        // Zero would wait for ever.
        thread.join(Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      if (thread.isAlive()) {
        failure.compareAndSet(
            null,
            new IllegalStateException(
                "%s did not end within %d s of being asked to"
                    .formatted(thread.getName(), limit.toSeconds())));
      }
    }
  }

  /** Returns what ended a feed before its time, if anything did. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }
}
