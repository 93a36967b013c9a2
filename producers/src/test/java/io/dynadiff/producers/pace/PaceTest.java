package io.dynadiff.producers.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

  @ParameterizedTest
  @CsvSource({"1x, 1", "3600x, 3600", "0.5X, 0.5", "' 2x ', 2"})
  void shouldReadFactors(String text, double factor) {
    assertThat(Pace.parse(text).factor()).isEqualTo(factor);
  }

  @Test
  void shouldReadMaxAndWriteWhatItReads() {
    assertThat(Pace.parse("max")).isEqualTo(Pace.MAX);
    assertThat(Pace.parse("max").unbounded()).isTrue();
    for (String text : new String[] {"1x", "3600x", "0.5x", "max"}) {
      assertThat(Pace.parse(text)).hasToString(text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "fast", "-1x", "0x", "1", "1e3x", "x", "infinityx", "1xx"})
  void shouldRefuseAnythingElse(String text) {
    assertThatThrownBy(() -> Pace.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3600x")
        .hasMessageContaining("'" + text + "'");
  }

  @Test
  void shouldHoldFramesBackByEventTimeAndPace() {
    AtomicLong now = new AtomicLong(5);
    PaceClock clock = new PaceClock(new Pace(3600), 1_000_000, now::get);
    assertThat(clock.nanosUntil(1_000_000)).isZero();
    assertThat(clock.nanosUntil(1_000_000 + 3_600_000)).isEqualTo(1_000_000_000);
    now.addAndGet(2_500_000_000L);
    assertThat(clock.nanosUntil(1_000_000 + 3_600_000)).isEqualTo(-1_500_000_000);
    assertThat(clock.nanosUntil(1_000_000 + 3 * 3_600_000)).isEqualTo(500_000_000);
  }

  @Test
  void shouldNeverHoldBackAtMax() {
    PaceClock clock = new PaceClock(Pace.MAX, 0, () -> 0);
    assertThat(clock.nanosUntil(Long.MAX_VALUE)).isZero();
  }
}
