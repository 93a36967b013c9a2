package io.dynadiff.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.streams.shift.DetectorKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShiftDetectionStudyTest {

  @Test
  void shouldFindLargeChangesSoonerThanSmallOnesWhenErrorsVaryQuickly() {
    ShiftDetectionStudy study = new ShiftDetectionStudy();
    study.addSynthetic(SyntheticErrors.standard().get(0), 5);
    Map<String, Double> figures = study.figures();
    for (DetectorKind kind : DetectorKind.values()) {
      String detector = "synthetic-quick." + kind.text();
      assertThat(figures.get(detector + ".ratio-5.0.delayFrames"))
          .as(kind.text())
          .isLessThanOrEqualTo(10)
          .isLessThan(figures.get(detector + ".ratio-1.5.delayFrames"));
      assertThat(figures.get(detector + ".ratio-5.0.missed")).isZero();
      assertThat(figures.get(detector + ".falseAlarmsPerThousandFrames")).isLessThan(1);
    }
    assertThat(study.plots()).hasSize(2);
    assertThat(figures.values()).doesNotContainNull().allMatch(Double::isFinite);
  }
}
