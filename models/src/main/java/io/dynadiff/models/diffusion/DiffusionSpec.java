package io.dynadiff.models.diffusion;

/**
 * Sizes of the diffusion transformer and the process that it was trained for.
 *
 * @param width width of a token, even and a multiple of {@code heads}
 * @param heads attention heads
 * @param blocks transformer blocks
 * @param condition length of the condition vector
 * @param target what the transformer predicts
 * @param schedule signal and noise over time
 * @param conditionDropout share of the training examples, from 0 to below 1, whose condition is
 *     replaced by a learned one that stands for "nothing known"; with 0 there is none, and no
 *     classifier-free guidance
 */
public record DiffusionSpec(
    int width,
    int heads,
    int blocks,
    int condition,
    PredictionTarget target,
    NoiseSchedule schedule,
    double conditionDropout) {

  public DiffusionSpec {
    if (width < 2 || heads < 1 || blocks < 1 || condition < 1 || width % (2 * heads) != 0) {
      throw new IllegalArgumentException(
          "diffusion: expected positive sizes and a width divisible by twice the heads, found width "
              + width
              + ", heads "
              + heads
              + ", blocks "
              + blocks
              + ", condition "
              + condition);
    }
    if (target == null || schedule == null || !(conditionDropout >= 0 && conditionDropout < 1)) {
      throw new IllegalArgumentException(
          "diffusion: expected a target, a schedule and a conditionDropout of at least 0 and below"
              + " 1, found "
              + target
              + ", "
              + schedule
              + ", "
              + conditionDropout);
    }
  }

  /**
   * Prediction of v on the cosine schedule, always conditioned: what trains best at small sizes.
   */
  public DiffusionSpec(int width, int heads, int blocks, int condition) {
    this(width, heads, blocks, condition, PredictionTarget.V, NoiseSchedule.COSINE, 0);
  }

  /** Whether there is a learned condition for "nothing known", which guidance needs. */
  public boolean guidable() {
    return conditionDropout > 0;
  }
}
