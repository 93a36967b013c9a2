package io.dynadiff.physics.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CfTimeTest {

  @ParameterizedTest
  @CsvSource({
    "hours since 1900-01-01 00:00:00.0, 1043880, 2019-02-01T00:00:00Z",
    "seconds since 1970-01-01, 1551398400, 2019-03-01T00:00:00Z",
    "days since 2000-1-1T12:00:00Z, 0.5, 2000-01-02T00:00:00Z",
    "minutes since 2000-01-01 00:30 UTC, 30, 2000-01-01T01:00:00Z",
  })
  void shouldDecodeTimes(String units, double value, String instant) {
    assertThat(Instant.ofEpochMilli(CfTime.parse(units, "gregorian").millis(value)))
        .isEqualTo(instant);
  }

  @Test
  void shouldRefuseWhatItCannotDecode() {
    assertThatThrownBy(() -> CfTime.parse("", "standard")).hasMessageContaining("found ''");
    assertThatThrownBy(() -> CfTime.parse("days since 2000-02-31", "standard"))
        .hasMessageContaining("no such reference date");
    assertThatThrownBy(() -> CfTime.parse("days since 0001-01-01", "standard"))
        .hasMessageContaining("1582-10-15");
    assertThatThrownBy(() -> CfTime.parse("days since 2000-01-01", "noleap"))
        .hasMessageContaining("noleap");
  }
}
