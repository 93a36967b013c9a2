package io.dynadiff.cli.bench;

import io.dynadiff.streams.shift.ShiftSettings;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a detector made of many error series.
 *
 * @param horizon frames after a change that were watched; a missed change counts as so long a delay
 */
record Tally(List<Trial> trials, int horizon) {

  Tally {
    trials = List.copyOf(trials);
  }

  static Tally of(ShiftSettings settings, Collection<ErrorSeries> series, int horizon) {
    return new Tally(series.stream().map(one -> Trial.run(settings, one)).toList(), horizon);
  }

  /** Frames of the series in which nothing changes; series that change share their beginnings. */
  double watchedFrames() {
    return trials.stream().filter(t -> !t.shifted()).mapToInt(Trial::watchedFrames).sum();
  }

  double falseAlarms() {
    return trials.stream().filter(t -> !t.shifted()).mapToInt(Trial::falseAlarms).sum();
  }

  double falseAlarmsPerThousandFrames() {
    return 1000 * falseAlarms() / watchedFrames();
  }

  double changes() {
    return trials.stream().filter(Trial::shifted).count();
  }

  /** Share of the changes that were not detected within the horizon. */
  double missed() {
    return trials.stream().filter(t -> t.shifted() && t.delay().isEmpty()).count() / changes();
  }

  /** Mean frames to detection. */
  double meanDelay() {
    return trials.stream()
        .filter(Trial::shifted)
        .mapToDouble(t -> t.delay().map(Long::doubleValue).orElse((double) horizon))
        .average()
        .orElse(Double.NaN);
  }

  /** Mean distance of the dated from the true first frame after the change, of the detected. */
  double meanDatingError() {
    return trials.stream()
        .map(Trial::datedLate)
        .flatMap(Optional::stream)
        .mapToDouble(late -> Math.abs(late.doubleValue()))
        .average()
        .orElse(Double.NaN);
  }
}
