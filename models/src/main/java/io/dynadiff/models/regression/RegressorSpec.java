package io.dynadiff.models.regression;

/**
 * Sizes of the latent regressor.
 *
 * @param hidden width of its hidden layers; 0 for no regressor: the expected latent is then the
 *     zoo's mean, whatever the condition
 * @param layers hidden layers, at least 1 where there is a regressor
 */
public record RegressorSpec(int hidden, int layers) {

  public RegressorSpec {
    if (hidden < 0 || layers < 0 || (hidden > 0) != (layers > 0)) {
      throw new IllegalArgumentException(
          "regressor: expected hidden and layers both positive or both 0, found hidden "
              + hidden
              + " and layers "
              + layers);
    }
  }

  /** No regressor. */
  public static RegressorSpec none() {
    return new RegressorSpec(0, 0);
  }

  /** Whether there is a regressor. */
  public boolean present() {
    return hidden > 0;
  }
}
