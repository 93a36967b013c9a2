package io.dynadiff.cli.bench.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.kernels.FnoSizes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;

class OperationsTest {

  @Test
  void shouldCountTheProductsOfTheLargerExpert() {
    FnoSizes sizes = KernelSize.WIDTH_64.sizes();
    assertThat(Operations.of("pointwiseMap", sizes).orElseThrow()).isEqualTo(2.0 * 64 * 64 * 4096);
    // 17 lines of 64 x 64 points each, then 17 x 64 points with 9 cosines and 9 sines.
    assertThat(Operations.of("analysis", sizes).orElseThrow())
        .isEqualTo(64.0 * (2 * 17 * 4096 + 2 * 17 * 64 * 18));
    assertThat(Operations.of("step", sizes).orElseThrow()).isCloseTo(0.38e9, within(0.02e9));
    assertThat(Operations.of("gelu", sizes)).isEmpty();
  }

  /** What has another name than its figures would not be found in the results. */
  @Test
  void shouldHaveTheSizesThatBenchmarksAreRunAt() {
    for (KernelSize size : KernelSize.values()) {
      assertThat(KernelSize.of(size.title())).isEqualTo(size);
    }
    assertThat(KernelBenchmarks.class.getMethods())
        .filteredOn(method -> method.isAnnotationPresent(Benchmark.class))
        .hasSize(KernelsPart.BENCHMARKS)
        .allSatisfy(
            method ->
                assertThat(
                        Arrays.asList("gelu", "geluAndSlope", "load").contains(method.getName())
                            || Operations.of(method.getName(), KernelSize.LAPTOP.sizes())
                                .isPresent())
                    .as(method.getName())
                    .isTrue());
  }
}
