package io.dynadiff.models.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionEncodingTest {

  private static final ConditionEncoding ENCODING =
      new ConditionEncoding(
          List.of(
              new ConditionSpec("amplitude", "1", 0.2, 0.05),
              new ConditionSpec("shift", "1", 0.5, 0.3, 1)));

  @Test
  void shouldGiveBackTheConditionsThatWereEncoded() {
    for (double shift = 0; shift < 1; shift += 0.07) {
      double[] decoded = ENCODING.decode(ENCODING.encode(new double[] {0.13, shift}));
      assertThat(decoded[0]).isCloseTo(0.13, within(1e-6));
      assertThat(ENCODING.distance(1, decoded[1], shift)).isLessThan(1e-6);
      assertThat(decoded[1]).isBetween(0.0, 1.0);
    }
  }

  @Test
  void shouldEncodeEnvironmentsAPeriodApartAlike() {
    float[] zero = ENCODING.encode(new double[] {0.2, 0});
    float[] one = ENCODING.encode(new double[] {0.2, 1});
    assertThat(zero).hasSize(3).containsExactly(one, within(1e-6f));
    assertThat(ENCODING.distance(1, 0.95, 0.05)).isCloseTo(0.1, within(1e-12));
    assertThat(ENCODING.distance(0, 0.95, 0.05)).isCloseTo(0.9, within(1e-12));
  }

  @Test
  void shouldNameBothNumbersWhenAConditionIsMissing() {
    assertThatThrownBy(() -> ENCODING.encode(new double[] {0.2}))
        .hasMessage("conditions: expected 2 values, found 1");
  }
}
