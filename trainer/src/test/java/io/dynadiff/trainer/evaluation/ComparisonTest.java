package io.dynadiff.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ComparisonTest {

  /** Student's sleep data (1908): extra hours of sleep of ten patients under two drugs. */
  private static final double[] DRUG_1 = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2};

  private static final double[] DRUG_2 = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

  /** The values that the documentation of R's t.test prints for these data. */
  @Test
  void shouldAgreeWithPublishedValuesWhenTheDataAreStudents() {
    assertThat(Comparison.welch(DRUG_1, DRUG_2)).isCloseTo(0.07939, within(5e-6));
    assertThat(Comparison.paired(DRUG_1, DRUG_2)).isCloseTo(0.002833, within(5e-7));
  }

  @Test
  void shouldSummariseWhenGivenValues() {
    Comparison.Summary summary = Comparison.summary(new double[] {1, 2, 3, 10});

    assertThat(summary.mean()).isEqualTo(4);
    assertThat(summary.median()).isEqualTo(2.5);
    assertThat(summary.deviation()).isCloseTo(Math.sqrt(50 / 3.0), within(1e-12));
    assertThat(Comparison.summary(new double[] {7}).deviation()).isZero();
  }

  @Test
  void shouldNotGuessWhenThereIsTooLittleToCompare() {
    assertThat(Comparison.welch(new double[] {1}, DRUG_2)).isNaN();
    assertThat(Comparison.paired(new double[] {1}, new double[] {2})).isNaN();
    assertThatThrownBy(() -> Comparison.paired(new double[] {1, 2}, DRUG_2))
        .hasMessageContaining("found 2 and 10");
  }
}
