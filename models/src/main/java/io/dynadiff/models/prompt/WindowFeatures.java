package io.dynadiff.models.prompt;

import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.window.ObservationWindow;
import java.util.ArrayList;
import java.util.List;

/**
 * What the prompter sees of an observation window: physical statistics and, for each frame,
 * spectral features.
 *
 * <p>The online side and the trainer both call {@link #of}, so that they cannot drift apart.
 *
 * @param statistics the 8 physical statistics (paper section 3.4): temporal mean and mean trend of
 *     the spatial mean, variance, energy and squared gradient
 * @param spectra features of each frame, axes [frame, feature], see {@link FrameFeatures}
 */
public record WindowFeatures(float[] statistics, float[][] spectra) {

  /** Computes the features of a window. */
  public static WindowFeatures of(ObservationWindow window, FieldNormalisation normalisation) {
    List<FrameFeatures> frames = new ArrayList<>(window.length());
    float[] previous = null;
    for (float[] frame : window.frames()) {
      float[] normalised = normalisation.normalise(window.shape(), frame);
      frames.add(FrameFeatures.of(window.shape(), normalised, previous));
      previous = normalised;
    }
    return of(frames);
  }

  /**
   * Composes the features of consecutive frames, oldest first. The first frame counts as having no
   * predecessor, whatever its features were computed from.
   */
  public static WindowFeatures of(List<FrameFeatures> frames) {
    if (frames.isEmpty()) {
      throw new IllegalArgumentException("window features: expected at least one frame, found 0");
    }
    int last = frames.size() - 1;
    float[] statistics = new float[2 * FrameFeatures.STATISTICS];
    float[][] spectra = new float[frames.size()][];
    for (int i = 0; i <= last; i++) {
      FrameFeatures frame = frames.get(i);
      spectra[i] = i == 0 ? frame.withoutPredecessor() : frame.spectral();
      for (int s = 0; s < FrameFeatures.STATISTICS; s++) {
        statistics[s] += frame.statistics()[s] / frames.size();
      }
    }
    for (int s = 0; s < FrameFeatures.STATISTICS && last > 0; s++) {
      statistics[FrameFeatures.STATISTICS + s] =
          (frames.get(last).statistics()[s] - frames.get(0).statistics()[s]) / frames.size();
    }
    return new WindowFeatures(statistics, spectra);
  }
}
