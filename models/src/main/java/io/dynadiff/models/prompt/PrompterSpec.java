package io.dynadiff.models.prompt;

/**
 * Sizes of the prompter.
 *
 * @param channels channels of the field
 * @param hidden width of the GRU's state
 * @param conditions number of conditions that the prompter infers, at least 1
 * @param conditioning what the diffusion model is given
 */
public record PrompterSpec(int channels, int hidden, int conditions, Conditioning conditioning) {

  /** What of the prompt conditions the diffusion model. */
  public enum Conditioning {
    /** The inferred conditions alone: a few numbers, which interpolate between environments. */
    CONDITIONS,
    /** The inferred conditions, the statistics and the GRU's state, as in the paper. */
    PROMPT
  }

  public PrompterSpec {
    if (channels < 1 || hidden < 1 || conditions < 1 || conditioning == null) {
      throw new IllegalArgumentException(
          "prompter: expected positive sizes and a conditioning, found channels "
              + channels
              + ", hidden "
              + hidden
              + ", conditions "
              + conditions
              + ", conditioning "
              + conditioning);
    }
  }

  /** Number of statistics of a window. */
  public int statistics() {
    return 2 * FrameFeatures.STATISTICS;
  }

  /** Number of features of each frame. */
  public int features() {
    return FrameFeatures.spectralFeatures(channels);
  }

  /** Length of the vector that conditions the diffusion model. */
  public int conditionLength() {
    return conditioning == Conditioning.CONDITIONS
        ? conditions
        : conditions + statistics() + hidden;
  }
}
