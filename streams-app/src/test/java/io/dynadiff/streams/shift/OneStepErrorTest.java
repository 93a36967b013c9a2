package io.dynadiff.streams.shift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OneStepErrorTest {

  private static final double USUAL_CHANGE = 0.2;

  private static OneStepError of(double error, double change) {
    return OneStepError.of(7, 1, error, change, USUAL_CHANGE);
  }

  @Test
  void shouldNotCareWhetherTheFieldMovesFasterThanUsual() {
    assertThat(of(0.05, 0.2).atUsualPace()).isCloseTo(0.05, within(1e-12));
    assertThat(of(0.10, 0.4).atUsualPace()).isCloseTo(0.05, within(1e-12));
    assertThat(of(0.10, 0.2).atUsualPace()).isCloseTo(0.10, within(1e-12));
  }

  @Test
  void shouldNotBlowUpAnErrorWhenTheFieldHardlyMoves() {
    assertThat(of(0.001, 1e-9).atUsualPace()).isCloseTo(0.004, within(1e-12));
  }

  @Test
  void shouldBeStillOnlyWhenTheFieldRepeatsToTheLastBit() {
    assertThat(of(0.001, 0).still()).isTrue();
    assertThat(of(0.001, 1e-300).still()).isFalse();
    assertThat(of(0.001, Double.NaN).still()).isFalse();
  }

  @Test
  void shouldTakeTheErrorAsItIsWhenTheIssueFrameIsNotKnown() {
    assertThat(of(0.05, Double.NaN).atUsualPace()).isEqualTo(0.05);
  }
}
