package io.dynadiff.models.expert;

import java.util.Optional;

/** How many threads compute on the processor: as many as the engine is given. */
public final class ProcessorThreads {

  private ProcessorThreads() {}

  /**
   * The property {@code ai.djl.pytorch.num_threads}, else the first number of {@code
   * OMP_NUM_THREADS}, else the number of processors; at least 1. A variable that is not a positive
   * number counts as absent, as for OpenMP, which says so itself.
   */
  public static int count() {
    Integer property = Integer.getInteger("ai.djl.pytorch.num_threads");
    if (property != null && property > 0) {
      return property;
    }
    return ofVariable(System.getenv("OMP_NUM_THREADS"))
        .orElseGet(Runtime.getRuntime()::availableProcessors);
  }

  /** The first number of a variable such as {@code 4} or {@code 4,2}. */
  static Optional<Integer> ofVariable(String value) {
    String first = value == null ? "" : value.split(",", 2)[0].strip();
    return first.matches("[1-9][0-9]{0,5}")
        ? Optional.of(Integer.valueOf(first))
        : Optional.empty();
  }
}
