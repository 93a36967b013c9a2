package io.dynadiff.models.diffusion;

/**
 * Continuous cosine schedule: at time t in (0, 1) a noised latent is {@code alpha z + sigma noise}
 * with {@code alpha = cos(pi t / 2)} and {@code sigma = sin(pi t / 2)}.
 */
public final class CosineSchedule {

  private CosineSchedule() {}

  /** Share of the signal at time t. */
  public static double alpha(double t) {
    return Math.cos(Math.PI / 2 * t);
  }

  /** Share of the noise at time t. */
  public static double sigma(double t) {
    return Math.sin(Math.PI / 2 * t);
  }

  /** Half the logarithm of the signal-to-noise ratio at time t in (0, 1). */
  public static double lambda(double t) {
    return Math.log(alpha(t) / sigma(t));
  }

  /** The time at which {@link #lambda} has the given value. */
  public static double timeOf(double lambda) {
    return 2 / Math.PI * Math.atan(Math.exp(-lambda));
  }
}
