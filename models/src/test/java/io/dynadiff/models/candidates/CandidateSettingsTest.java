package io.dynadiff.models.candidates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CandidateSettingsTest {

  private static CandidateSettings settings(double headStart, CandidateKind... kinds) {
    return new CandidateSettings(List.of(kinds), 9, 0, 0, headStart, 1, ConditionSearch.NONE);
  }

  @Test
  void shouldRefuseAHeadStartOfASampleThatNothingExpects() {
    assertThatThrownBy(() -> settings(0.1, CandidateKind.SAMPLES, CandidateKind.SAMPLE_AVERAGE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a headStart of 0 where SAMPLES come first")
        .hasMessageContaining("found 0.1");
  }

  @Test
  void shouldDropTheHeadStartWithTheKindThatHadIt() {
    CandidateSettings regressed =
        settings(0.1, CandidateKind.REGRESSED_MEAN, CandidateKind.SAMPLES);
    assertThat(regressed.withKinds(CandidateKind.SAMPLES).headStart()).isZero();
    assertThat(regressed.withKinds(CandidateKind.SAMPLES, CandidateKind.SAMPLE_AVERAGE).headStart())
        .isZero();
    assertThat(regressed.withKinds(CandidateKind.REGRESSED_MEAN, CandidateKind.SAMPLES).headStart())
        .isEqualTo(0.1);
  }

  @Test
  void shouldAskSourcesInTheirOwnOrderWhateverTheOrderTheyAreNamedIn() {
    CandidateSettings named = settings(0.1, CandidateKind.SAMPLES, CandidateKind.REGRESSED_MEAN);
    assertThat(named.kinds()).containsExactly(CandidateKind.REGRESSED_MEAN, CandidateKind.SAMPLES);
    assertThat(named.withKinds(CandidateKind.SAMPLES, CandidateKind.REGRESSED_MEAN).headStart())
        .isEqualTo(0.1);
  }
}
