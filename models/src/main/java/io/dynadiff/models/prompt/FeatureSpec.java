package io.dynadiff.models.prompt;

import io.dynadiff.models.prompt.PrompterSpec.Features;
import io.dynadiff.physics.field.FieldShape;
import java.util.List;

/**
 * What is computed of a window.
 *
 * @param fieldShape shape of every frame, axes [channel, y, x]
 * @param features which features of a frame
 * @param boundary how spectra treat the edges; {@link Features#SPECTRA} are Fourier modes always
 */
public record FeatureSpec(FieldShape fieldShape, Features features, Boundary boundary) {

  public FeatureSpec {
    if (fieldShape == null || features == null || boundary == null) {
      throw new IllegalArgumentException(
          "features of a window: expected a fieldShape, features and a boundary, found "
              + fieldShape
              + ", "
              + features
              + ", "
              + boundary);
    }
  }

  /** Number of statistics of a window. */
  public int statistics() {
    return 2 * FrameFeatures.STATISTICS;
  }

  /** Number of features of each frame. */
  public int spectralFeatures() {
    return features == Features.SPECTRA
        ? FullSpectrum.length(fieldShape)
        : FrameFeatures.spectralFeatures(fieldShape.channels());
  }

  /**
   * A run of a frame's features that one recurrent network reads.
   *
   * @param first index of the first
   * @param length their number
   */
  public record Stream(int first, int length) {}

  /** What each recurrent network reads. */
  public List<Stream> streams() {
    int all = spectralFeatures();
    int low = FrameFeatures.lowModeFeatures(fieldShape.channels());
    return switch (features) {
      case SPECTRA, ALL -> List.of(new Stream(0, all));
      case INVARIANT -> List.of(new Stream(low, all - low));
      case TWO_STREAM -> List.of(new Stream(low, all - low), new Stream(0, low));
    };
  }
}
