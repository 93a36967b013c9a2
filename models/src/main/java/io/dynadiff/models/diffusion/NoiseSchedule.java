package io.dynadiff.models.diffusion;

/**
 * How much of a latent is signal and how much is noise at a time in (0, 1]: a noised latent is
 * {@code alpha z + sigma noise} with {@code alpha^2 + sigma^2 = 1}.
 */
public enum NoiseSchedule {

  /** Continuous cosine schedule: alpha = cos(pi t / 2), sigma = sin(pi t / 2), t in (0, 1). */
  COSINE(0.99, 0.02) {
    @Override
    public double alpha(double time) {
      return Math.cos(Math.PI / 2 * time);
    }

    @Override
    public double sigma(double time) {
      return Math.sin(Math.PI / 2 * time);
    }

    @Override
    public double lambda(double time) {
      return Math.log(alpha(time) / sigma(time));
    }

    @Override
    public double timeOf(double lambda) {
      return 2 / Math.PI * Math.atan(Math.exp(-lambda));
    }

    @Override
    public double trainingTime(double uniform) {
      return SHORTEST_TIME + (1 - 2 * SHORTEST_TIME) * uniform;
    }
  },

  /**
   * The paper's 1000 steps with variances that rise linearly from 1e-4 to 0.02 ("Denoising
   * Diffusion Probabilistic Models", section 4). Step n = 0..999 is time (n + 1) / 1000; between
   * steps the logarithm of alpha^2 is linear.
   */
  LINEAR_BETA(1, 1e-3) {
    @Override
    public double alpha(double time) {
      return Math.exp(0.5 * LinearBeta.logSignal(time));
    }

    @Override
    public double sigma(double time) {
      return Math.sqrt(-Math.expm1(LinearBeta.logSignal(time)));
    }

    @Override
    public double lambda(double time) {
      return Math.log(alpha(time) / sigma(time));
    }

    @Override
    public double timeOf(double lambda) {
      return LinearBeta.timeOfLogSignal(-Math.log1p(Math.exp(-2 * lambda)));
    }

    @Override
    public double trainingTime(double uniform) {
      return (Math.floor(LinearBeta.STEPS * uniform) + 1) / LinearBeta.STEPS;
    }
  };

  private static final double SHORTEST_TIME = 0.005;

  private final double noisiest;
  private final double cleanest;

  NoiseSchedule(double noisiest, double cleanest) {
    this.noisiest = noisiest;
    this.cleanest = cleanest;
  }

  /** Share of the signal. */
  public abstract double alpha(double time);

  /** Share of the noise. */
  public abstract double sigma(double time);

  /** Half the logarithm of the signal-to-noise ratio; falls with time. */
  public abstract double lambda(double time);

  /** The time at which {@link #lambda} has the given value. */
  public abstract double timeOf(double lambda);

  /** The time of a training example, for a uniform number from 0, inclusive, to 1, exclusive. */
  public abstract double trainingTime(double uniform);

  /** Where samplers begin, from noise alone. */
  public double noisiest() {
    return noisiest;
  }

  /** Where samplers ask the network for the last time. */
  public double cleanest() {
    return cleanest;
  }

  /** Cumulated logarithm of alpha^2. */
  private static final class LinearBeta {

    static final int STEPS = 1000;
    private static final double FIRST = 1e-4;
    private static final double LAST = 0.02;
    private static final double[] LOG_SIGNAL = new double[STEPS + 1];

    static {
      for (int n = 0; n < STEPS; n++) {
        double beta = FIRST + (LAST - FIRST) * n / (STEPS - 1);
        LOG_SIGNAL[n + 1] = LOG_SIGNAL[n] + Math.log1p(-beta);
      }
    }

    static double logSignal(double time) {
      double place = Math.max(0, Math.min(1, time)) * STEPS;
      int below = Math.min(STEPS - 1, (int) place);
      return LOG_SIGNAL[below] + (place - below) * (LOG_SIGNAL[below + 1] - LOG_SIGNAL[below]);
    }

    static double timeOfLogSignal(double logSignal) {
      int below = 0;
      int above = STEPS;
      while (above - below > 1) {
        int middle = (below + above) / 2;
        if (LOG_SIGNAL[middle] >= logSignal) {
          below = middle;
        } else {
          above = middle;
        }
      }
      double share = (logSignal - LOG_SIGNAL[below]) / (LOG_SIGNAL[above] - LOG_SIGNAL[below]);
      return (below + Math.max(0, Math.min(1, share))) / STEPS;
    }
  }
}
