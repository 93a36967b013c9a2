package io.dynadiff.cli.bench.kernels;

import io.dynadiff.kernels.Limits;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What JMH measures to hold {@link KernelBenchmarks} against. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LimitBenchmarks {

  private float[] nearArray;
  private float[] middleArray;
  private float[] farArray;

  /** Fills arrays that fit the second cache, the third, and none. */
  @Setup
  public void make() {
    nearArray = new float[LimitSize.SECOND_CACHE.floats()];
    middleArray = new float[LimitSize.THIRD_CACHE.floats()];
    farArray = new float[LimitSize.MEMORY.floats()];
  }

  /** Arithmetic in registers. */
  @Benchmark
  public float multiplyAndAdd() {
    return Limits.multiplyAndAdd(0.5f);
  }

  /** Reading {@link LimitSize#SECOND_CACHE}. */
  @Benchmark
  public float readSecondCache() {
    return Limits.read(nearArray);
  }

  /** Reading {@link LimitSize#THIRD_CACHE}. */
  @Benchmark
  public float readThirdCache() {
    return Limits.read(middleArray);
  }

  /** Reading {@link LimitSize#MEMORY}. */
  @Benchmark
  public float readMemory() {
    return Limits.read(farArray);
  }
}
