package io.dynadiff.models.regression;

/**
 * Interpolates the zoo's mean latents by Gaussian radial functions of the conditions: {@code offset
 * + sum over centres of exp(-d^2 / (2 width^2)) coefficient}.
 *
 * <p>Immutable as long as callers leave the arrays alone.
 *
 * @param spec number of centres and width
 * @param centres standardised conditions of the environments, axes [centre, condition] flattened
 * @param coefficients axes [centre, node, latent] flattened
 * @param offset axes [node, latent] flattened; empty where there is no interpolation
 */
public record LatentInterpolation(
    InterpolationSpec spec, float[] centres, float[] coefficients, float[] offset) {

  public LatentInterpolation {
    if (coefficients.length != spec.centres() * offset.length
        || spec.present() != offset.length > 0
        || spec.present() && (centres.length == 0 || centres.length % spec.centres() != 0)) {
      throw new IllegalArgumentException(
          "interpolation of "
              + spec
              + ": expected as many coefficients per centre as the offset has, found "
              + coefficients.length
              + " for an offset of "
              + offset.length
              + " and centres of "
              + centres.length);
    }
  }

  /** No interpolation. */
  public static LatentInterpolation none() {
    return new LatentInterpolation(
        InterpolationSpec.NONE, new float[0], new float[0], new float[0]);
  }

  /**
   * The interpolated standardised latent.
   *
   * @param conditions standardised conditions
   * @return axes [node, latent] flattened
   */
  public float[] latent(float[] conditions) {
    float[] latent = offset.clone();
    for (int e = 0; e < spec.centres(); e++) {
      double distance = 0;
      for (int i = 0; i < conditions.length; i++) {
        double difference = conditions[i] - centres[e * conditions.length + i];
        distance += difference * difference;
      }
      float near = (float) Math.exp(-distance / (2 * spec.width() * spec.width()));
      for (int k = 0; k < latent.length; k++) {
        latent[k] += near * coefficients[e * latent.length + k];
      }
    }
    return latent;
  }
}
