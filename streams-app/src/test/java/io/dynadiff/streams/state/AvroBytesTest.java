package io.dynadiff.streams.state;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AvroBytesTest {

  @Test
  void shouldSayHowToGoOnWithoutHarmWhenStateIsOfAnotherRelease() {
    AvroBytes<ForecastSlice> slices = new AvroBytes<>(ForecastSlice.class);
    assertThatThrownBy(() -> slices.read(new byte[] {1}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "ForecastSlice: expected one record of this schema in a state store, found 1 other"
                + " bytes; run the release that wrote this state, or start afresh with another"
                + " --topic-prefix");
  }
}
