package io.dynadiff.trainer.labels;

import io.dynadiff.models.prompt.FeatureSpec;
import io.dynadiff.models.prompt.WindowFeatures;

/** A window as one vector, whatever its length: for regressions that know no sequences. */
final class WindowSummary {

  private WindowSummary() {}

  /**
   * The window's statistics, then the mean over its frames of every feature that the prompter
   * reads. The first frame counts only if it is alone: it lacks what needs a predecessor.
   */
  static double[] of(WindowFeatures features, FeatureSpec spec) {
    int used = spec.streams().stream().mapToInt(FeatureSpec.Stream::length).sum();
    double[] summary = new double[spec.statistics() + used];
    int at = 0;
    for (float statistic : features.statistics()) {
      summary[at++] = statistic;
    }
    float[][] frames = features.spectra();
    int first = frames.length > 1 ? 1 : 0;
    for (FeatureSpec.Stream stream : spec.streams()) {
      for (int i = stream.first(); i < stream.first() + stream.length(); i++, at++) {
        for (int t = first; t < frames.length; t++) {
          summary[at] += frames[t][i] / (double) (frames.length - first);
        }
      }
    }
    return summary;
  }
}
