package io.dynadiff.cli.bench.kernels;

import io.dynadiff.kernels.FnoSizes;
import java.util.OptionalDouble;

/**
 * Multiplications and additions that a kernel's products need, from the sizes alone: what it is
 * measured against. Transforms count as the separate products of cosines and sines that they are.
 */
final class Operations {

  private Operations() {}

  /** Of a benchmark of {@link KernelBenchmarks}; empty where products are not what is measured. */
  static OptionalDouble of(String benchmark, FnoSizes sizes) {
    return switch (benchmark) {
      case "step", "forward" -> OptionalDouble.of(forward(sizes));
      case "forwardAndBack" -> OptionalDouble.of(3 * forward(sizes));
      case "pointwiseMap" -> OptionalDouble.of(map(sizes, sizes.hidden(), sizes.hidden()));
      case "analysis", "synthesis" -> OptionalDouble.of(transform(sizes));
      case "spectralFactors" -> OptionalDouble.of(factors(sizes));
      default -> OptionalDouble.empty();
    };
  }

  /** All products of one step: two maps at either end, and the blocks between. */
  private static double forward(FnoSizes s) {
    double ends =
        map(s, s.channels() + s.constants().length, s.wide())
            + map(s, s.wide(), s.hidden())
            + map(s, s.hidden(), s.wide())
            + map(s, s.wide(), s.channels());
    double block =
        map(s, s.hidden(), s.hidden())
            + 2 * map(s, s.hidden(), s.narrow())
            + 2 * transform(s)
            + factors(s);
    return ends + s.layers() * block;
  }

  private static double map(FnoSizes s, int from, int to) {
    return 2.0 * from * to * s.height() * s.width();
  }

  private static double transform(FnoSizes s) {
    int lines = 2 * Math.max(-s.firstY(), s.firstY() + s.rows() - 1) + 1;
    double alongY = 2.0 * lines * s.height() * s.width();
    double alongX = 2.0 * lines * s.width() * 2 * s.columns();
    return s.hidden() * (alongY + alongX);
  }

  private static double factors(FnoSizes s) {
    return 8.0 * s.hidden() * s.hidden() * s.rows() * s.columns();
  }
}
