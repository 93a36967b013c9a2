package io.dynadiff.trainer.preset;

/**
 * What is asked of decoded experts on frames, besides their weights.
 *
 * @param target what their steps are compared with
 * @param rollout steps from a frame, each from the last one's result, at least 1
 * @param spectralWeight weight of the difference in energy by band of wavenumbers, 0 for none
 * @param conservationWeight weight of what a step changes of quantities that the system conserves
 * @param equationWeight weight of how far a step is from solving the system's equation
 */
public record FunctionalTerms(
    Target target,
    int rollout,
    double spectralWeight,
    double conservationWeight,
    double equationWeight) {

  /** What steps of a decoded expert are compared with. */
  public enum Target {
    /** Steps of the expert that was encoded. */
    EXPERT,
    /** The frames that truly follow; for mixes of experts, which have none, as EXPERT. */
    TRUTH
  }

  public FunctionalTerms {
    if (target == null
        || rollout < 1
        || !(spectralWeight >= 0)
        || !(conservationWeight >= 0)
        || !(equationWeight >= 0)) {
      throw new IllegalArgumentException(
          "functional loss: expected a target, a rollout of at least 1 and weights of at least 0,"
              + " found "
              + target
              + ", "
              + rollout
              + ", "
              + spectralWeight
              + ", "
              + conservationWeight
              + ", "
              + equationWeight);
    }
  }

  /** The difference to one step of the encoded expert and nothing else. */
  public static FunctionalTerms ofExpert() {
    return new FunctionalTerms(Target.EXPERT, 1, 0, 0, 0);
  }

  /** Whether this is {@link #ofExpert()}. */
  public boolean plain() {
    return equals(ofExpert());
  }
}
