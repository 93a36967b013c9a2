package io.dynadiff.cli.bench;

import io.dynadiff.streams.shift.OneStepError;
import io.dynadiff.streams.shift.Shift;
import io.dynadiff.streams.shift.ShiftMemory;
import io.dynadiff.streams.shift.ShiftMonitor;
import io.dynadiff.streams.shift.ShiftMonitor.Verdict;
import io.dynadiff.streams.shift.ShiftSettings;
import java.util.Optional;

/**
 * What a detector made of one error series.
 *
 * @param watchedFrames frames before the change, or all of them
 * @param falseAlarms detections among these
 * @param shifted whether there was a change
 * @param delay frames from the first after the change to the detection; empty if it was missed
 * @param datedLate frames by which the change was dated too late, negative if too early
 */
record Trial(
    int watchedFrames,
    int falseAlarms,
    boolean shifted,
    Optional<Long> delay,
    Optional<Long> datedLate) {

  static Trial run(ShiftSettings settings, ErrorSeries series) {
    ShiftMonitor monitor = new ShiftMonitor(settings);
    ShiftMemory memory = monitor.remember(null);
    int watched = 0;
    int falseAlarms = 0;
    for (OneStepError error : series.errors()) {
      Verdict verdict = monitor.observe(memory, error, series.calibratedError());
      memory = verdict.memory();
      boolean changed = series.shifts() && error.sequence() >= series.shiftSequence();
      if (!changed) {
        watched++;
        falseAlarms += verdict.shift().isPresent() ? 1 : 0;
      } else if (verdict.shift().isPresent()) {
        Shift shift = verdict.shift().get();
        return new Trial(
            watched,
            falseAlarms,
            true,
            Optional.of(shift.detectedSequence() - series.shiftSequence() + 1),
            Optional.of(shift.onsetSequence() - series.shiftSequence()));
      }
    }
    return new Trial(watched, falseAlarms, series.shifts(), Optional.empty(), Optional.empty());
  }
}
