package io.dynadiff.streams.shift;

import io.dynadiff.streams.shift.ShiftDetector.Evidence;
import java.util.List;
import java.util.Optional;

/**
 * Tells from a sequence of one-step errors whether an environment has changed under its expert: a
 * {@link ShiftDetector} with everything around it that any of them needs.
 *
 * <pre>
 *   swap        warm-up         watching                detected   quiet time      watching
 *   ----|-------------------|---------------------------------|------------------|----------
 *        reference is learnt  excess = log(error / reference)    nothing reported  reference
 *                             goes to the detector                                 half-way up
 * </pre>
 *
 * <ul>
 *   <li><em>Reference</em>: what this expert usually achieves on this environment. It begins at the
 *       bundle's calibration, is blended with the first errors after each swap, and follows slowly
 *       while the detector has no evidence, so a rise under suspicion is not swallowed.
 *   <li><em>Hysteresis</em>: evidence is forgotten only when the detector lets go of all of it.
 *   <li><em>Cool-down</em>: after a detection a quiet time; if no swap ends it, the reference moves
 *       half-way to the new level, so requests that bring no better expert become rarer and stop.
 *   <li><em>Frozen sensors</em>: an error of a frame that repeats the one before it, or of a
 *       forecast that was issued from such a frame, is passed over.
 * </ul>
 *
 * <p>Pure: what it remembers is in the {@link ShiftMemory} that it is given and returns.
 * Thread-safe.
 */
public final class ShiftMonitor {

  /** Errors are bounded to this factor (as a logarithm) around the calibration. */
  private static final double WIDEST = Math.log(1e4);

  private final DetectorKind kind;
  private final ShiftDetector detector;
  private final MonitorSettings settings;

  public ShiftMonitor(ShiftSettings settings) {
    this.kind = settings.detector();
    this.detector = settings.create();
    this.settings = settings.monitor();
  }

  /** What to remember, and the change if this error settles it. */
  public record Verdict(ShiftMemory memory, Optional<Shift> shift) {}

  /** Reads what an earlier call returned from its bytes; null if there was none. */
  public ShiftMemory remember(byte[] bytes) {
    return ShiftMemory.fromBytes(bytes, kind);
  }

  /**
   * Takes one error into account.
   *
   * @param memory what is known so far
   * @param error the next error; its sequence must be higher than that of the errors before, else
   *     it is ignored
   * @param calibratedError normalised one-step error that good experts of the system achieve,
   *     positive
   */
  public Verdict observe(ShiftMemory memory, OneStepError error, double calibratedError) {
    if (error.sequence() <= memory.lastSequence()) {
      return new Verdict(memory, Optional.empty());
    }
    ShiftMemory m = seen(memory, error);
    if (m.stillSequence() >= 0 && error.sequence() - m.stillSequence() <= 1) {
      return new Verdict(m, Optional.empty());
    }
    double calibration = Math.log(calibratedError);
    double level = level(error.atUsualPace(), calibration);
    if (error.weightsVersion() != m.weightsVersion()) {
      m = swapped(m, error.weightsVersion(), calibration);
    }
    if (error.sequence() <= m.quietUntil()) {
      return new Verdict(
          quiet(m, m.logReference(), m.quietSamples() + 1, m.quietLogSum() + level),
          Optional.empty());
    }
    if (m.quietSamples() > 0) {
      double rise = m.quietLogSum() / m.quietSamples() - m.logReference();
      m = quiet(m, m.logReference() + Math.max(0, rise) / 2, 0, 0);
    }
    if (m.samples() < settings.warmUp()) {
      double weight = settings.calibrationWeight() + m.samples();
      double reference = (weight * m.logReference() + level) / (weight + 1);
      return new Verdict(judged(m, m.samples() + 1, reference, List.of()), Optional.empty());
    }
    return judge(m, level);
  }

  private static double level(double error, double calibration) {
    if (!Double.isFinite(error)) {
      return calibration + WIDEST;
    }
    double level = error > 0 ? Math.log(error) : calibration - WIDEST;
    return Math.max(calibration - WIDEST, Math.min(calibration + WIDEST, level));
  }

  private Verdict judge(ShiftMemory m, double level) {
    double excess = level - m.logReference();
    double bounded =
        Math.max(-settings.largestExcess(), Math.min(settings.largestExcess(), excess));
    Evidence evidence = detector.update(m.evidence(), bounded);
    if (!evidence.certain()) {
      double follow = evidence.run() > 0 ? 0 : settings.adaptation() * excess;
      return new Verdict(
          judged(m, m.samples(), m.logReference() + follow, evidence.memory()), Optional.empty());
    }
    Shift shift =
        new Shift(
            m.lastSequence() - evidence.run() + 1,
            m.lastSequence(),
            evidence.statistic(),
            evidence.threshold(),
            Math.exp(m.logReference()));
    ShiftMemory waiting =
        new ShiftMemory(
            kind,
            m.weightsVersion(),
            m.lastSequence(),
            m.stillSequence(),
            m.samples(),
            m.logReference(),
            m.lastSequence() + settings.quietFrames(),
            0,
            0,
            List.of());
    return new Verdict(waiting, Optional.of(shift));
  }

  private ShiftMemory seen(ShiftMemory m, OneStepError error) {
    return new ShiftMemory(
        kind,
        m.weightsVersion(),
        error.sequence(),
        error.still() ? error.sequence() : m.stillSequence(),
        m.samples(),
        m.logReference(),
        m.quietUntil(),
        m.quietSamples(),
        m.quietLogSum(),
        m.evidence());
  }

  private ShiftMemory swapped(ShiftMemory m, long version, double calibration) {
    return new ShiftMemory(
        kind, version, m.lastSequence(), m.stillSequence(), 0, calibration, -1, 0, 0, List.of());
  }

  private ShiftMemory quiet(ShiftMemory m, double reference, int samples, double logSum) {
    return new ShiftMemory(
        kind,
        m.weightsVersion(),
        m.lastSequence(),
        m.stillSequence(),
        m.samples(),
        reference,
        m.quietUntil(),
        samples,
        logSum,
        List.of());
  }

  private ShiftMemory judged(ShiftMemory m, int samples, double reference, List<Double> evidence) {
    return new ShiftMemory(
        kind,
        m.weightsVersion(),
        m.lastSequence(),
        m.stillSequence(),
        samples,
        reference,
        m.quietUntil(),
        0,
        0,
        evidence);
  }
}
