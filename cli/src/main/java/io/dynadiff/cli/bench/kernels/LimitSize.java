package io.dynadiff.cli.bench.kernels;

import java.util.Arrays;
import java.util.Optional;

/** Arrays that are read to learn how fast memory is, and the benchmarks that read them. */
enum LimitSize {
  SECOND_CACHE("readSecondCache", 512 << 10),
  THIRD_CACHE("readThirdCache", 8 << 20),
  MEMORY("readMemory", 256 << 20);

  private final String benchmark;
  private final int bytes;

  LimitSize(String benchmark, int bytes) {
    this.benchmark = benchmark;
    this.bytes = bytes;
  }

  int bytes() {
    return bytes;
  }

  int floats() {
    return bytes / Float.BYTES;
  }

  /** What a benchmark of {@link LimitBenchmarks} reads; empty if it reads nothing. */
  static Optional<LimitSize> of(String benchmark) {
    return Arrays.stream(values()).filter(size -> size.benchmark.equals(benchmark)).findFirst();
  }
}
