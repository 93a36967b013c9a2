package io.dynadiff.physics.cylinder;

/**
 * Decay of Taylor-Green vortices on a periodic lattice, whose solution is exact: the velocity dies
 * away as exp(-2 nu k^2 t).
 *
 * @param points cells along a side, which is one wavelength, at least 4
 * @param viscosity cells squared per step, greater than 0
 * @param speed largest velocity at the start in cells per step, above 0, at most 0.1
 */
public record TaylorGreenDecay(int points, double viscosity, double speed) {

  public TaylorGreenDecay {
    if (points < 4 || !(viscosity > 0) || !(speed > 0 && speed <= 0.1)) {
      throw new IllegalArgumentException(
          "taylor-green: expected at least 4 points, a viscosity above 0 and a speed in (0, 0.1],"
              + " found "
              + points
              + ", "
              + viscosity
              + " and "
              + speed);
    }
  }

  /** Steps after which the velocity has fallen to 1 / e. */
  public int decaySteps() {
    return (int) Math.round(1 / (2 * viscosity * wavenumber() * wavenumber()));
  }

  /**
   * Root mean square error of the velocity along x after some steps, over the root mean square of
   * the exact one.
   */
  public double error(int steps) {
    LatticeFlow flow =
        new LatticeFlow(points, points, new boolean[points * points], viscosity, Double.NaN, 1);
    double[] u = new double[points * points];
    double[] v = new double[points * points];
    double[] density = new double[points * points];
    double k = wavenumber();
    for (int y = 0; y < points; y++) {
      for (int x = 0; x < points; x++) {
        u[y * points + x] = speed * Math.sin(k * x) * Math.cos(k * y);
        v[y * points + x] = -speed * Math.cos(k * x) * Math.sin(k * y);
        // The pressure that belongs to the velocity; without it sound waves would hide the error.
        density[y * points + x] =
            1 + 0.75 * speed * speed * (Math.cos(2 * k * x) + Math.cos(2 * k * y));
      }
    }
    flow.setFlow(density, u, v);
    flow.run(steps);
    double decay = Math.exp(-2 * viscosity * k * k * steps);
    double[] found = flow.velocityX();
    double error = 0;
    double size = 0;
    for (int i = 0; i < found.length; i++) {
      error += Math.pow(found[i] - decay * u[i], 2);
      size += Math.pow(decay * u[i], 2);
    }
    return Math.sqrt(error / size);
  }

  private double wavenumber() {
    return 2 * Math.PI / points;
  }
}
