package io.dynadiff.streams.shift;

import java.util.Optional;

/**
 * One-sided cumulative sum test on the logarithm of the one-step error (Page 1954).
 *
 * <pre>
 *   S(n) = max(0, S(n-1) + min(largestStep, log(error / reference) - allowance)),   shift if S > threshold
 * </pre>
 *
 * <p>The reference is what this expert usually achieves on this environment: the bundle's
 * calibration at first, blended with the first errors after each swap, then following slowly while
 * there is no evidence. The change is dated to the first error of the present run of evidence,
 * which is forgotten only when the statistic has returned to zero (hysteresis). After a detection
 * comes a quiet time; if no swap ends it, the reference moves half-way to the new level, so that
 * requests that bring no better expert become rarer and stop.
 */
public final class Cusum implements ShiftDetector {

  /** Errors are clipped to this factor (as a logarithm) around the calibration. */
  private static final double WIDEST = Math.log(1e4);

  private final CusumSettings settings;

  public Cusum(CusumSettings settings) {
    this.settings = settings;
  }

  @Override
  public Verdict observe(ShiftMemory memory, OneStepError error, double calibratedError) {
    if (error.sequence() <= memory.lastSequence()) {
      return new Verdict(memory, Optional.empty());
    }
    double calibration = Math.log(calibratedError);
    double level = level(error.normalisedRmse(), calibration);
    ShiftMemory known =
        error.weightsVersion() == memory.weightsVersion()
            ? memory
            : swapped(memory, error.weightsVersion(), calibration);
    if (error.sequence() <= known.quietUntil()) {
      return new Verdict(endure(known, error.sequence(), level), Optional.empty());
    }
    if (known.quietSamples() > 0) {
      known = acceptNewLevel(known);
    }
    if (known.samples() < settings.warmUp()) {
      return new Verdict(learn(known, error.sequence(), level, calibration), Optional.empty());
    }
    return judge(known, error.sequence(), level);
  }

  private static double level(double error, double calibration) {
    if (!Double.isFinite(error)) {
      return calibration + WIDEST;
    }
    double level = error > 0 ? Math.log(error) : calibration - WIDEST;
    return Math.max(calibration - WIDEST, Math.min(calibration + WIDEST, level));
  }

  private static ShiftMemory swapped(ShiftMemory memory, long version, double calibration) {
    return new ShiftMemory(version, memory.lastSequence(), 0, calibration, 0, -1, -1, 0, 0);
  }

  private ShiftMemory learn(ShiftMemory m, long sequence, double level, double calibration) {
    double weight = settings.calibrationWeight() + m.samples();
    double known = m.samples() == 0 ? calibration : m.logReference();
    double reference = (weight * known + level) / (weight + 1);
    return new ShiftMemory(
        m.weightsVersion(), sequence, m.samples() + 1, reference, 0, -1, m.quietUntil(), 0, 0);
  }

  private Verdict judge(ShiftMemory m, long sequence, double level) {
    double excess = level - m.logReference();
    double step = Math.min(settings.largestStep(), excess - settings.allowance());
    double statistic = Math.max(0, m.statistic() + step);
    long onset = m.statistic() > 0 ? m.onsetSequence() : sequence;
    if (statistic > settings.threshold()) {
      Shift shift =
          new Shift(onset, sequence, statistic, settings.threshold(), Math.exp(m.logReference()));
      ShiftMemory quiet =
          new ShiftMemory(
              m.weightsVersion(),
              sequence,
              m.samples(),
              m.logReference(),
              0,
              -1,
              sequence + settings.quietFrames(),
              0,
              0);
      return new Verdict(quiet, Optional.of(shift));
    }
    double reference =
        statistic > 0 ? m.logReference() : m.logReference() + settings.adaptation() * excess;
    return new Verdict(
        new ShiftMemory(
            m.weightsVersion(),
            sequence,
            m.samples(),
            reference,
            statistic,
            statistic > 0 ? onset : -1,
            m.quietUntil(),
            0,
            0),
        Optional.empty());
  }

  private static ShiftMemory endure(ShiftMemory m, long sequence, double level) {
    return new ShiftMemory(
        m.weightsVersion(),
        sequence,
        m.samples(),
        m.logReference(),
        0,
        -1,
        m.quietUntil(),
        m.quietSamples() + 1,
        m.quietLogSum() + level);
  }

  private static ShiftMemory acceptNewLevel(ShiftMemory m) {
    double level = m.quietLogSum() / m.quietSamples();
    return new ShiftMemory(
        m.weightsVersion(),
        m.lastSequence(),
        m.samples(),
        m.logReference() + Math.max(0, level - m.logReference()) / 2,
        0,
        -1,
        m.quietUntil(),
        0,
        0);
  }
}
