package io.dynadiff.physics.cylinder;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Shares out the rows of a lattice to threads, which wait for one another after every step.
 *
 * <p>The threads live as long as one {@link #run}, so that nobody has to close anything; starting
 * them takes less time than one step of a large lattice. The caller's thread is one of them.
 */
final class RowBands {
  private final int rows;
  private final int bands;

  /** One row of one step. */
  @FunctionalInterface
  interface RowStep {
    /**
     * Computes a row.
     *
     * @param band which thread computes it, from 0
     * @param step from 0
     */
    void compute(int band, int y, int step);
  }

  RowBands(int rows, int bands) {
    this.rows = rows;
    this.bands = bands;
  }

  /**
   * Computes all rows, step by step; returns when all threads have ended. What a row throws ends
   * the run and is thrown here.
   */
  void run(int steps, RowStep row) {
    Phaser phaser = new Phaser(bands);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 1; i < bands; i++) {
      int band = i;
      Thread thread =
          new Thread(() -> runBand(band, steps, row, phaser, failure), "lattice-rows-" + band);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    runBand(0, steps, row, phaser, failure);
    threads.forEach(RowBands::join);
    if (failure.get() instanceof Error error) {
      throw error;
    } else if (failure.get() instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private void runBand(
      int band, int steps, RowStep row, Phaser phaser, AtomicReference<Throwable> failure) {
    int from = (int) ((long) rows * band / bands);
    int to = (int) ((long) rows * (band + 1) / bands);
    try {
      for (int step = 0; step < steps; step++) {
        for (int y = from; y < to; y++) {
          row.compute(band, y, step);
        }
        if (phaser.arriveAndAwaitAdvance() < 0) {
          return;
        }
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      // Nobody must wait for a thread that has ended.
      phaser.forceTermination();
    }
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        // The others end by themselves; the caller is told when they have.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
