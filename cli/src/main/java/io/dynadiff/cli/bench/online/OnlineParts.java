package io.dynadiff.cli.bench.online;

import io.dynadiff.cli.bench.measure.BenchPart;
import java.util.List;

/** The measurements of the online side. */
public final class OnlineParts {

  private static final int ROUNDS = 5;
  private static final int FRAMES_PER_TURN = 40_000;
  private static final int SWAPPING_ENVIRONMENTS = 16;
  private static final int LATENCY_SECONDS = 180;
  private static final int START_UPS = 3;

  private OnlineParts() {}

  /**
   * How much it carries, and how quickly.
   *
   * @param environments held without a search; 0 to search
   * @param holdSeconds how long the load that is found is held
   * @param largest environments that are tried at most
   */
  public static List<BenchPart> online(int environments, int holdSeconds, int largest) {
    return List.of(
        new ThroughputPart(ROUNDS, FRAMES_PER_TURN),
        new LatencyPart(SWAPPING_ENVIRONMENTS, LATENCY_SECONDS),
        new SustainedPart(environments, holdSeconds, largest),
        new StartUpPart(START_UPS));
  }

  /** How costs grow. */
  public static List<BenchPart> growth() {
    return List.of(new KafkaPathPart(), new MemoryPart());
  }
}
