package io.dynadiff.physics.throughput;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;

/**
 * Times workloads in turns, so that whatever else the machine does meets all of them alike.
 *
 * <p>Rates are by the processor time of the calling thread: what others take of the core is left
 * out, what they do to caches and memory is not.
 */
public final class RateMeasurement {
  private final int repetitions;
  private final double seconds;

  /**
   * Prepares.
   *
   * @param repetitions turns, at least 1; an odd number has a middle
   * @param seconds time of each workload per turn, greater than 0
   */
  public RateMeasurement(int repetitions, double seconds) {
    if (repetitions < 1 || !(seconds > 0)) {
      throw new IllegalArgumentException(
          "rate measurement: expected at least 1 repetition of more than 0 s, found "
              + repetitions
              + " of "
              + seconds
              + " s");
    }
    this.repetitions = repetitions;
    this.seconds = seconds;
  }

  /**
   * Measures the rates, by name of the workload, after one turn to warm up.
   *
   * @param progress told how much is done, 0 to 1
   */
  public Map<String, Rate> measure(List<Workload> workloads, DoubleConsumer progress) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double[][] rates = new double[workloads.size()][repetitions];
    double[][] shares = new double[workloads.size()][repetitions];
    for (int turn = -1; turn < repetitions; turn++) {
      for (int i = 0; i < workloads.size(); i++) {
        Workload workload = workloads.get(i);
        long processor = threads.getCurrentThreadCpuTime();
        long begun = System.nanoTime();
        int runs = 0;
        do {
          workload.run().run();
          runs++;
        } while (System.nanoTime() - begun < seconds * 1e9);
        double wall = (System.nanoTime() - begun) / 1e9;
        double used = (threads.getCurrentThreadCpuTime() - processor) / 1e9;
        if (turn >= 0) {
          rates[i][turn] = runs * workload.units() / used;
          shares[i][turn] = used / wall;
        }
        double done = (turn + 1.0) * workloads.size() + i + 1;
        progress.accept(done / ((repetitions + 1) * workloads.size()));
      }
    }
    Map<String, Rate> measured = new LinkedHashMap<>();
    for (int i = 0; i < workloads.size(); i++) {
      measured.put(workloads.get(i).name(), Rate.of(rates[i], shares[i]));
    }
    return measured;
  }
}
