package io.dynadiff.models.prompt;

/**
 * Sizes of the prompter.
 *
 * @param input what is computed of a window
 * @param hidden width of the state of each GRU
 * @param conditions number of values that the prompter infers, at least 1
 * @param conditioning what the diffusion model is given
 */
public record PrompterSpec(
    FeatureSpec input, int hidden, int conditions, Conditioning conditioning) {

  /** Which features of a frame the prompter looks at. */
  public enum Features {
    /** The paper's: the whole flattened Fourier spectrum, see {@link FullSpectrum}. */
    SPECTRA,
    /** Low modes, their changes and the invariant features, read by one GRU. */
    ALL,
    /** Only what does not depend on where a pattern sits; right for homogeneous domains. */
    INVARIANT,
    /**
     * The same as {@link #ALL}, the invariant features and the low modes each read by a GRU of its
     * own: where one condition shows in how a pattern changes and another in where it sits.
     */
    TWO_STREAM
  }

  /** What of the prompt conditions the diffusion model. */
  public enum Conditioning {
    /** The inferred conditions alone: a few numbers, which interpolate between environments. */
    CONDITIONS,
    /** The true conditions, which come with the request: for comparison with inferred ones. */
    KNOWN,
    /** The inferred conditions, the statistics and the GRUs' states, as in the paper. */
    PROMPT
  }

  public PrompterSpec {
    if (input == null || hidden < 1 || conditions < 1 || conditioning == null) {
      throw new IllegalArgumentException(
          "prompter: expected an input, positive sizes and a conditioning, found input "
              + input
              + ", hidden "
              + hidden
              + ", conditions "
              + conditions
              + ", conditioning "
              + conditioning);
    }
  }

  /** Length of the states of all GRUs together. */
  public int stateLength() {
    return input.streams().size() * hidden;
  }

  /** Length of the vector that conditions the diffusion model. */
  public int conditionLength() {
    return conditioning == Conditioning.PROMPT
        ? conditions + input.statistics() + stateLength()
        : conditions;
  }
}
