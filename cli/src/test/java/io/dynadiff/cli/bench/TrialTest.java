package io.dynadiff.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.streams.shift.DetectorKind;
import io.dynadiff.streams.shift.OneStepError;
import io.dynadiff.streams.shift.ShiftSettings;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrialTest {

  private static ErrorSeries series(int frames, int raisedFrom, long shiftSequence) {
    List<OneStepError> errors =
        IntStream.range(0, frames)
            .mapToObj(i -> new OneStepError(i, 1, i < raisedFrom ? 0.01 : 0.05, false))
            .toList();
    return new ErrorSeries("test", 0.01, errors, shiftSequence);
  }

  @ParameterizedTest
  @EnumSource
  void shouldCountTheDelayFromTheFirstFrameAfterTheChange(DetectorKind kind) {
    Trial trial = Trial.run(ShiftSettings.DEFAULT.with(kind), series(80, 50, 50));
    assertThat(trial.falseAlarms()).isZero();
    assertThat(trial.watchedFrames()).isEqualTo(50);
    assertThat(trial.delay().orElseThrow()).isBetween(2L, 10L);
    assertThat(trial.datedLate()).contains(0L);
  }

  @Test
  void shouldCallItAFalseAlarmWhenNothingIsSaidToHaveChanged() {
    Trial trial = Trial.run(ShiftSettings.DEFAULT, series(80, 50, -1));
    assertThat(trial.falseAlarms()).isPositive();
    assertThat(trial.watchedFrames()).isEqualTo(80);
    assertThat(trial.delay()).isEmpty();
  }

  @Test
  void shouldCountAMissedChangeAsTheHorizon() {
    Tally tally =
        Tally.of(ShiftSettings.DEFAULT, List.of(series(80, 50, 50), series(80, 90, 50)), 30);
    assertThat(tally.missed()).isEqualTo(0.5);
    double found = tally.trials().get(0).delay().orElseThrow();
    assertThat(tally.meanDelay()).isCloseTo((found + 30) / 2, within(1e-12));
    Tally steady = Tally.of(ShiftSettings.DEFAULT, List.of(series(80, 80, -1)), 30);
    assertThat(steady.falseAlarmsPerThousandFrames()).isZero();
  }
}
