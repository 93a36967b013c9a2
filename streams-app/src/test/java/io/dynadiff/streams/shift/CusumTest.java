package io.dynadiff.streams.shift;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.streams.shift.ShiftDetector.OneStepError;
import io.dynadiff.streams.shift.ShiftDetector.Shift;
import io.dynadiff.streams.shift.ShiftDetector.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class CusumTest {

  private static final double USUAL = 0.05;

  private final Cusum cusum = new Cusum(CusumSettings.DEFAULT);
  private final List<Shift> shifts = new ArrayList<>();
  private ShiftMemory memory = ShiftMemory.NONE;
  private long sequence;

  @Test
  void shouldStayQuietWhenErrorsStayAsTheyAre() {
    observe(1, USUAL, 500);
    assertThat(shifts).isEmpty();
  }

  @Test
  void shouldDateTheShiftWhenErrorsTreble() {
    observe(1, USUAL, 20);
    observe(1, 3 * USUAL, 10);
    assertThat(shifts).hasSize(1);
    assertThat(shifts.get(0).onsetSequence()).isEqualTo(20);
    assertThat(shifts.get(0).detectedSequence()).isBetween(21L, 24L);
    assertThat(shifts.get(0).statistic()).isGreaterThan(shifts.get(0).threshold());
  }

  @Test
  void shouldStayQuietWhenASingleForecastIsFarOff() {
    observe(1, USUAL, 20);
    observe(1, 1000 * USUAL, 1);
    observe(1, USUAL, 20);
    assertThat(shifts).isEmpty();
  }

  @Test
  void shouldStayQuietWhenErrorsVaryWithinTheAllowance() {
    for (int i = 0; i < 300; i++) {
      observe(1, USUAL * Math.exp(0.3 * Math.sin(i / 4.0)), 1);
    }
    assertThat(shifts).isEmpty();
  }

  @Test
  void shouldDetectWhenForecastsDiverge() {
    observe(1, USUAL, 20);
    observe(1, Double.NaN, 4);
    assertThat(shifts).hasSize(1);
  }

  @Test
  void shouldJudgeByTheNewExpertWhenItReplacesTheOld() {
    observe(1, USUAL, 20);
    observe(2, 4 * USUAL, 30);
    assertThat(shifts).as("a worse expert is no shift of the environment").isEmpty();
    observe(2, 12 * USUAL, 6);
    assertThat(shifts).hasSize(1);
  }

  @Test
  void shouldBecomeQuietWhenRequestsBringNoBetterExpert() {
    observe(1, USUAL, 20);
    observe(1, 4 * USUAL, 400);
    assertThat(shifts).hasSizeBetween(2, 4);
    assertThat(shifts.get(shifts.size() - 1).detectedSequence()).isLessThan(120);
  }

  @Test
  void shouldReportOnceWhenTheQuietTimeLasts() {
    observe(1, USUAL, 20);
    observe(1, 5 * USUAL, CusumSettings.DEFAULT.quietFrames());
    assertThat(shifts).hasSize(1);
  }

  @Test
  void shouldIgnoreAnErrorWhenItWasSeenBefore() {
    observe(1, USUAL, 20);
    Verdict verdict = cusum.observe(memory, new OneStepError(19, 1, 100), 0.05);
    assertThat(verdict.memory()).isEqualTo(memory);
  }

  @Test
  void shouldLearnFromTheCalibrationWhenErrorsAreFew() {
    observe(1, 4 * USUAL, 1);
    assertThat(Math.exp(memory.logReference())).isBetween(USUAL, 4 * USUAL);
  }

  @Test
  void shouldReadItsMemoryBackWhenItWasStored() {
    observe(3, USUAL, 20);
    observe(3, 2 * USUAL, 2);
    assertThat(memory.statistic()).isPositive();
    assertThat(ShiftMemory.fromBytes(memory.toBytes())).isEqualTo(memory);
    assertThat(ShiftMemory.fromBytes(null)).isEqualTo(ShiftMemory.NONE);
  }

  @Property(tries = 200)
  void shouldNotDependOnTheUnitWhenErrorsAndCalibrationAreScaled(
      @ForAll @LongRange(min = 0, max = 1 << 20) long seed,
      @ForAll @IntRange(min = -6, max = 6) int exponent) {
    double scale = Math.exp(exponent);
    Random random = new Random(seed);
    ShiftMemory plain = ShiftMemory.NONE;
    ShiftMemory scaled = ShiftMemory.NONE;
    for (int i = 0; i < 100; i++) {
      double error = USUAL * Math.exp(random.nextGaussian() * 0.7 + (i > 60 ? 1 : 0));
      Verdict one = cusum.observe(plain, new OneStepError(i, i / 40, error), USUAL);
      Verdict other =
          cusum.observe(scaled, new OneStepError(i, i / 40, error * scale), USUAL * scale);
      assertThat(other.shift().map(Shift::onsetSequence))
          .isEqualTo(one.shift().map(Shift::onsetSequence));
      one.shift()
          .ifPresent(
              shift ->
                  assertThat(shift.onsetSequence()).isLessThanOrEqualTo(shift.detectedSequence()));
      assertThat(one.memory().statistic()).isBetween(0.0, CusumSettings.DEFAULT.threshold());
      plain = one.memory();
      scaled = other.memory();
    }
  }

  private void observe(long version, double error, int times) {
    for (int i = 0; i < times; i++) {
      Verdict verdict = cusum.observe(memory, new OneStepError(sequence++, version, error), USUAL);
      memory = verdict.memory();
      verdict.shift().ifPresent(shifts::add);
    }
  }
}
