package io.dynadiff.models.prompt;

/**
 * Sizes of the prompter.
 *
 * @param channels channels of the field
 * @param hidden width of the GRU's state
 * @param conditions number of conditions that the prompter infers, at least 1
 * @param features which features of a frame it looks at
 * @param conditioning what the diffusion model is given
 */
public record PrompterSpec(
    int channels, int hidden, int conditions, Features features, Conditioning conditioning) {

  /** Which features of a frame the prompter looks at. */
  public enum Features {
    /** Low Fourier modes and everything else, as the paper's spectra. */
    ALL,
    /** Only what does not depend on where a pattern sits; right for homogeneous domains. */
    INVARIANT
  }

  /** What of the prompt conditions the diffusion model. */
  public enum Conditioning {
    /** The inferred conditions alone: a few numbers, which interpolate between environments. */
    CONDITIONS,
    /** The inferred conditions, the statistics and the GRU's state, as in the paper. */
    PROMPT
  }

  public PrompterSpec {
    if (channels < 1 || hidden < 1 || conditions < 1 || features == null || conditioning == null) {
      throw new IllegalArgumentException(
          "prompter: expected positive sizes, features and a conditioning, found channels "
              + channels
              + ", hidden "
              + hidden
              + ", conditions "
              + conditions
              + ", features "
              + features
              + ", conditioning "
              + conditioning);
    }
  }

  /** Number of statistics of a window. */
  public int statistics() {
    return 2 * FrameFeatures.STATISTICS;
  }

  /** Number of features of each frame as the window features have them. */
  public int spectralFeatures() {
    return FrameFeatures.spectralFeatures(channels);
  }

  /** Index of the first of them that the prompter looks at. */
  public int firstFeature() {
    return features == Features.ALL ? 0 : FrameFeatures.lowModeFeatures(channels);
  }

  /** Length of the vector that conditions the diffusion model. */
  public int conditionLength() {
    return conditioning == Conditioning.CONDITIONS
        ? conditions
        : conditions + statistics() + hidden;
  }
}
