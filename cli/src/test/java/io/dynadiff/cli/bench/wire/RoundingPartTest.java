package io.dynadiff.cli.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.cli.bench.measure.BenchRun;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class RoundingPartTest {

  private static final Path HOME = Path.of("..");

  /** What weights may lose on the wire: a fiftieth of a forecast's error, and none of its skill. */
  private static final double LARGEST_DIFFERENCE = 0.02;

  private static final double LARGEST_LOSS = 0.001;

  @Test
  void shouldKeepForecastsOfEveryShippedBundleWhenWeightsTravelInHalfPrecision(@TempDir Path work)
      throws Exception {
    BenchRun run =
        new BenchRun(HOME, HOME.resolve("bundles/lambda-omega"), work, true, Map.of(), done -> {});
    new RoundingPart().measure(run);
    Map<String, Double> figures = run.figures().byName();
    assertThat(ShippedSystem.bundles(HOME)).hasSizeGreaterThan(1);
    for (Path bundle : ShippedSystem.bundles(HOME)) {
      String name = "wire.rounding." + bundle.getFileName() + ".float16.";
      assertThat(figures.get(name + "differenceToError"))
          .as(name)
          .isPositive()
          .isLessThan(LARGEST_DIFFERENCE);
      assertThat(figures.get(name + "errorRatio")).as(name).isLessThan(1 + LARGEST_LOSS);
    }
  }
}
