package io.dynadiff.streams.shift;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.streams.shift.ShiftMonitor.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every detector, by the default settings. */
class ShiftMonitorTest {

  private static final double USUAL = 0.05;

  private final List<Shift> shifts = new ArrayList<>();
  private ShiftMonitor monitor;
  private ShiftMemory memory;
  private long sequence;

  private void watchWith(DetectorKind kind) {
    monitor = new ShiftMonitor(ShiftSettings.DEFAULT.with(kind));
    memory = monitor.remember(null);
  }

  @ParameterizedTest
  @EnumSource
  void shouldStayQuietWhenErrorsStayAsTheyAre(DetectorKind kind) {
    watchWith(kind);
    observe(1, USUAL, 500);
    assertThat(shifts).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void shouldDateTheShiftBeforeAWindowHasPassedWhenErrorsTreble(DetectorKind kind) {
    watchWith(kind);
    observe(1, USUAL, 40);
    observe(1, 3 * USUAL, 10);
    assertThat(shifts).hasSize(1);
    assertThat(shifts.get(0).onsetSequence()).isEqualTo(40);
    assertThat(shifts.get(0).detectedSequence()).isBetween(41L, 49L);
    assertThat(shifts.get(0).statistic()).isGreaterThan(shifts.get(0).threshold());
  }

  @ParameterizedTest
  @EnumSource
  void shouldStayQuietWhenASingleForecastIsFarOff(DetectorKind kind) {
    watchWith(kind);
    observe(1, USUAL, 40);
    observe(1, 1000 * USUAL, 1);
    observe(1, USUAL, 40);
    assertThat(shifts).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void shouldStayQuietWhenErrorsBecomeSmaller(DetectorKind kind) {
    watchWith(kind);
    observe(1, USUAL, 40);
    observe(1, 0.3 * USUAL, 200);
    assertThat(shifts).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void shouldDetectWhenForecastsDiverge(DetectorKind kind) {
    watchWith(kind);
    observe(1, USUAL, 40);
    observe(1, Double.NaN, 9);
    assertThat(shifts).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void shouldJudgeByTheNewExpertWhenItReplacesTheOld(DetectorKind kind) {
    watchWith(kind);
    observe(1, USUAL, 40);
    observe(2, 2 * USUAL, 40);
    assertThat(shifts).as("a worse expert is no shift of the environment").isEmpty();
    observe(2, 8 * USUAL, 10);
    assertThat(shifts).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void shouldBecomeQuietWhenRequestsBringNoBetterExpert(DetectorKind kind) {
    watchWith(kind);
    observe(1, USUAL, 40);
    observe(1, 4 * USUAL, 400);
    assertThat(shifts).hasSizeBetween(1, 4);
    assertThat(shifts.get(shifts.size() - 1).detectedSequence()).isLessThan(160);
  }

  @ParameterizedTest
  @EnumSource
  void shouldReportOnceWhenTheQuietTimeLasts(DetectorKind kind) {
    watchWith(kind);
    observe(1, USUAL, 40);
    observe(1, 5 * USUAL, MonitorSettings.DEFAULT.quietFrames());
    assertThat(shifts).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void shouldPassOverErrorsWhenTheFieldStandsStill(DetectorKind kind) {
    watchWith(kind);
    observe(1, USUAL, 40);
    for (int i = 0; i < 30; i++) {
      observe(new OneStepError(sequence++, 1, 20 * USUAL, true));
    }
    // The forecast of this frame was issued from a stale one.
    observe(1, 20 * USUAL, 1);
    observe(1, USUAL, 40);
    assertThat(shifts).isEmpty();
    observe(1, 4 * USUAL, 10);
    assertThat(shifts).as("it watches again").hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void shouldIgnoreAnErrorWhenItWasSeenBefore(DetectorKind kind) {
    watchWith(kind);
    observe(1, USUAL, 40);
    Verdict verdict = monitor.observe(memory, new OneStepError(39, 1, 100, false), USUAL);
    assertThat(verdict.memory()).isEqualTo(memory);
  }

  @ParameterizedTest
  @EnumSource
  void shouldReadItsMemoryBackWhenItWasStored(DetectorKind kind) {
    watchWith(kind);
    observe(3, USUAL, 20);
    observe(3, 2 * USUAL, 2);
    assertThat(memory.evidence()).isNotEmpty();
    assertThat(monitor.remember(memory.toBytes())).isEqualTo(memory);
  }

  @Property(tries = 60)
  void shouldNotDependOnTheUnitWhenErrorsAndCalibrationAreScaled(
      @ForAll DetectorKind kind,
      @ForAll @LongRange(min = 0, max = 1 << 20) long seed,
      @ForAll @IntRange(min = -6, max = 6) int exponent) {
    ShiftMonitor any = new ShiftMonitor(ShiftSettings.DEFAULT.with(kind));
    double scale = Math.pow(2, exponent);
    Random random = new Random(seed);
    ShiftMemory plain = any.remember(null);
    ShiftMemory scaled = any.remember(null);
    for (int i = 0; i < 100; i++) {
      double error = USUAL * Math.exp(random.nextGaussian() * 0.7 + (i > 60 ? 1 : 0));
      Verdict one = any.observe(plain, new OneStepError(i, i / 40, error, false), USUAL);
      Verdict other =
          any.observe(scaled, new OneStepError(i, i / 40, error * scale, false), USUAL * scale);
      assertThat(other.shift().map(Shift::onsetSequence))
          .isEqualTo(one.shift().map(Shift::onsetSequence));
      one.shift()
          .ifPresent(
              shift ->
                  assertThat(shift.onsetSequence()).isLessThanOrEqualTo(shift.detectedSequence()));
      plain = one.memory();
      scaled = other.memory();
    }
  }

  private void observe(long version, double error, int times) {
    for (int i = 0; i < times; i++) {
      observe(new OneStepError(sequence++, version, error, false));
    }
  }

  private void observe(OneStepError error) {
    Verdict verdict = monitor.observe(memory, error, USUAL);
    memory = verdict.memory();
    verdict.shift().ifPresent(shifts::add);
  }
}
