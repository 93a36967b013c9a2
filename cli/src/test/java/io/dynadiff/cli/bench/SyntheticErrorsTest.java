package io.dynadiff.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.streams.shift.OneStepError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticErrorsTest {

  private final SyntheticErrors errors = new SyntheticErrors("test", 0.5, 0.2);

  @Test
  void shouldHaveTheDeviationAndPersistenceAskedForWhenLong() {
    double[] logs =
        errors.stationary(1, 20_000).errors().stream()
            .mapToDouble(e -> Math.log(e.atUsualPace() / 0.01))
            .toArray();
    double square = 0;
    double product = 0;
    for (int i = 1; i < logs.length; i++) {
      square += logs[i] * logs[i];
      product += logs[i] * logs[i - 1];
    }
    // Standard errors of 20000 values are about 0.002 and 0.006.
    assertThat(Math.sqrt(square / logs.length)).isCloseTo(0.2, within(0.01));
    assertThat(product / square).isCloseTo(0.5, within(0.03));
  }

  @Test
  void shouldMultiplyErrorsFromTheChangeOn() {
    List<OneStepError> plain = errors.shift(3, 10, 10, 1).errors();
    List<OneStepError> raised = errors.shift(3, 10, 10, 2).errors();
    for (int i = 0; i < 20; i++) {
      assertThat(raised.get(i).atUsualPace() / plain.get(i).atUsualPace())
          .isCloseTo(i < 10 ? 1 : 2, within(1e-12));
    }
  }

  @Test
  void shouldReadSeriesBackWithoutMakingThemAgain(@TempDir Path directory) throws IOException {
    KeptSeries kept = new KeptSeries(directory);
    List<ErrorSeries> made = List.of(errors.stationary(1, 5), errors.shift(2, 3, 4, 2));
    assertThat(kept.of("key", () -> made)).isEqualTo(made);
    assertThat(
            kept.of(
                "key",
                () -> {
                  throw new AssertionError("made again");
                }))
        .isEqualTo(made);
  }
}
