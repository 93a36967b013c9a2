package io.dynadiff.streams.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SwapDecisionTest {

  @Test
  void shouldGiveScoresToFourDigitsWhenPeopleReadThem() {
    assertThat(SwapDecision.of(0.12345678901234567, 0.098765432109876, 0.1).reason())
        .isEqualTo("challenger scores 0.09877, not above 0.1358, on the latest window");
    assertThat(SwapDecision.of(0.1, 12.3456789, 0).reason())
        .isEqualTo(
            "challenger scores 12.35, above or not comparable with 0.1000, on the latest window");
  }

  @Test
  void shouldSayThatTheIncumbentProtectsNothingWhenItHasDiverged() {
    SwapDecision decision = SwapDecision.of(Double.POSITIVE_INFINITY, 0.5, 0.1);
    assertThat(decision.accepted()).isTrue();
    assertThat(decision.reason())
        .isEqualTo(
            "challenger scores 0.5000, not above an incumbent that has diverged, on the latest"
                + " window");
  }
}
