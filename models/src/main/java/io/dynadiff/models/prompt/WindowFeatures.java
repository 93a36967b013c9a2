package io.dynadiff.models.prompt;

import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.physics.field.FieldShape;
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
 * @param spectra features of each frame, axes [frame, feature], as {@link FeatureSpec} says
 */
public record WindowFeatures(float[] statistics, float[][] spectra) {

  /**
   * Computes the features of a window in physical units.
   *
   * @throws IllegalArgumentException if the window has not the shape of the specification
   */
  public static WindowFeatures of(
      ObservationWindow window, FieldNormalisation normalisation, FeatureSpec spec) {
    if (!window.shape().equals(spec.fieldShape())) {
      throw new IllegalArgumentException(
          "window features: expected frames of " + spec.fieldShape() + ", found " + window.shape());
    }
    return of(
        window.frames().stream()
            .map(frame -> normalisation.normalise(window.shape(), frame))
            .toList(),
        spec);
  }

  /** Computes the features of consecutive normalised frames, oldest first. */
  public static WindowFeatures of(List<float[]> normalised, FeatureSpec spec) {
    FieldShape shape = spec.fieldShape();
    if (spec.features() == PrompterSpec.Features.SPECTRA) {
      return compose(
          normalised.stream().map(frame -> FrameFeatures.statistics(shape, frame)).toList(),
          normalised.stream().map(frame -> FullSpectrum.of(shape, frame)).toArray(float[][]::new));
    }
    List<FrameFeatures> frames = new ArrayList<>(normalised.size());
    float[] previous = null;
    for (float[] frame : normalised) {
      frames.add(FrameFeatures.of(shape, frame, previous, spec.boundary()));
      previous = frame;
    }
    return of(frames);
  }

  /**
   * Composes the features of consecutive frames, oldest first. The first frame counts as having no
   * predecessor, whatever its features were computed from.
   */
  public static WindowFeatures of(List<FrameFeatures> frames) {
    float[][] spectra = new float[frames.size()][];
    for (int i = 0; i < spectra.length; i++) {
      spectra[i] = i == 0 ? frames.get(0).withoutPredecessor() : frames.get(i).spectral();
    }
    return compose(frames.stream().map(FrameFeatures::statistics).toList(), spectra);
  }

  private static WindowFeatures compose(List<float[]> frames, float[][] spectra) {
    if (frames.isEmpty()) {
      throw new IllegalArgumentException("window features: expected at least one frame, found 0");
    }
    int last = frames.size() - 1;
    float[] statistics = new float[2 * FrameFeatures.STATISTICS];
    for (int s = 0; s < FrameFeatures.STATISTICS; s++) {
      for (float[] frame : frames) {
        statistics[s] += frame[s] / frames.size();
      }
      if (last > 0) {
        statistics[FrameFeatures.STATISTICS + s] =
            (frames.get(last)[s] - frames.get(0)[s]) / frames.size();
      }
    }
    return new WindowFeatures(statistics, spectra);
  }
}
