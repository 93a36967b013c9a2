package io.dynadiff.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorMeanTest {

  @Test
  void shouldLeaveOutAPairWhenEitherErrorIsNotFinite() {
    ErrorMean mean = new ErrorMean();
    mean.add(0.2, 0.4);
    mean.add(Double.NaN, 1);
    mean.add(1, Double.POSITIVE_INFINITY);

    assertThat(mean.count()).isEqualTo(1);
    assertThat(mean.mean()).hasValue(0.2);
    assertThat(mean.otherMean()).hasValue(0.4);
  }

  @Test
  void shouldHaveNoMeanWhenNothingWasAdded() {
    assertThat(new ErrorMean().mean()).isEmpty();
  }
}
