package io.dynadiff.physics.vorticity;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Coordinates;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.simulation.FieldSolver;
import io.dynadiff.physics.spectral.DealiasedModes;
import io.dynadiff.physics.spectral.EtdRungeKutta;
import io.dynadiff.physics.spectral.ModePlacement;
import java.util.List;
import java.util.Locale;
import org.jtransforms.fft.DoubleFFT_2D;

/**
 * Solves the two-dimensional Navier-Stokes equation in vorticity form on a periodic square: Fourier
 * pseudo-spectral with the 2/3 rule in space, ETDRK4 in time, float64 inside.
 *
 * <p>Advection is computed as the curl of the momentum flux, which needs u^2 - v^2 and u v only:
 * one transform gives both velocities and one takes both products, two complex transforms a stage.
 * With the 2/3 rule that is the exact Galerkin truncation, so it conserves energy and enstrophy.
 *
 * <p>Not thread-safe (it keeps scratch arrays): one solver per thread.
 */
public final class VorticitySolver implements FieldSolver<VorticityState> {
  /** What the channels of a frame hold, in order. */
  static final List<Channel> CHANNELS =
      List.of(new Channel("w", "1"), new Channel("u", "1"), new Channel("v", "1"));

  private final VorticityParameters parameters;
  private final InitialVorticity initial;
  private final int points;
  private final double unit;
  private final DealiasedModes modes;
  private final ModePlacement placement;
  private final ModePlacement outputPlacement;
  private final DoubleFFT_2D transform;
  private final DoubleFFT_2D outputTransform;
  private final EtdRungeKutta scheme;
  private final double[] velocityFactors;
  private final double[] squareFactors;
  private final double[] crossFactors;
  private final double[] force;
  private final double[] work;
  private double speed;

  /** Prepares a solver; the force is the sum of the forcing modes. */
  VorticitySolver(
      VorticityParameters parameters, List<ForcingMode> forcing, InitialVorticity initial) {
    this.parameters = parameters;
    this.initial = initial;
    this.points = parameters.solverPoints();
    this.unit = 2 * Math.PI / parameters.domainLength();
    this.modes = new DealiasedModes(points);
    this.placement = modes.on(points);
    this.outputPlacement = modes.on(parameters.outputPoints());
    this.transform = new DoubleFFT_2D(points, points);
    this.outputTransform = new DoubleFFT_2D(parameters.outputPoints(), parameters.outputPoints());
    this.velocityFactors = new double[2 * modes.count()];
    this.squareFactors = new double[modes.count()];
    this.crossFactors = new double[modes.count()];
    this.force = new double[2 * modes.count()];
    this.work = new double[2 * points * points];
    double[] rates = new double[2 * modes.count()];
    double scale = 1.0 / ((double) points * points);
    for (int m = 0; m < modes.count(); m++) {
      double kx = unit * modes.kx(m);
      double ky = unit * modes.ky(m);
      double square = kx * kx + ky * ky;
      velocityFactors[2 * m] = kx / square;
      velocityFactors[2 * m + 1] = ky / square;
      squareFactors[m] = -kx * ky * scale;
      crossFactors[m] = (kx * kx - ky * ky) * scale;
      rates[2 * m] = -parameters.viscosity() * square;
    }
    this.scheme = new EtdRungeKutta(rates, this::remainder);
    forcing.forEach(this::addForce);
  }

  /** Grid of the frames. */
  static Grid grid(double origin, double length, int outputPoints) {
    double spacing = length / outputPoints;
    return new Grid(
        outputPoints, outputPoints, origin, origin, spacing, spacing, "1", Coordinates.PLANE, true);
  }

  /** The parameters this solver was made with. */
  public VorticityParameters parameters() {
    return parameters;
  }

  @Override
  public FieldShape frameShape() {
    return new FieldShape(3, parameters.outputPoints(), parameters.outputPoints());
  }

  @Override
  public VorticityState initial(long seed) {
    return new VorticityState(points, 0, initial.draw(seed, modes));
  }

  /**
   * State at time 0 from vorticity on the solver's grid.
   *
   * @param vorticity [y, x], solverPoints squared values, of zero mean
   * @throws IllegalArgumentException if the number of values or the mean is wrong
   */
  public VorticityState fromVorticity(double[] vorticity) {
    if (vorticity.length != points * points) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "vorticity: expected %d x %d values, found %d",
              points,
              points,
              vorticity.length));
    }
    double mean = 0;
    double largest = 0;
    for (int i = 0; i < vorticity.length; i++) {
      work[2 * i] = vorticity[i] / vorticity.length;
      work[2 * i + 1] = 0;
      mean += work[2 * i];
      largest = Math.max(largest, Math.abs(vorticity[i]));
    }
    if (!(Math.abs(mean) <= 1e-9 * largest)) {
      throw new IllegalArgumentException(
          "vorticity: expected a mean of 0, as every flow on a periodic square has, found " + mean);
    }
    transform.complexForward(work);
    return new VorticityState(points, 0, placement.gather(work));
  }

  @Override
  public VorticityState advance(VorticityState state, double duration) {
    requireOwnResolution(state);
    if (!(duration > 0) || Double.isInfinite(duration)) {
      throw new IllegalArgumentException(
          "vorticity advance: expected a finite duration greater than 0, found " + duration);
    }
    long steps = Math.max(1, (long) Math.ceil(duration / parameters.timeStep() - 1e-9));
    double step = duration / steps;
    double[] current = state.modes().clone();
    for (long i = 0; i < steps; i++) {
      speed = 0;
      scheme.step(current, step);
      if (!Double.isFinite(speed)) {
        throw new ArithmeticException(
            "vorticity advance: velocity no longer finite after time "
                + (state.time() + i * step)
                + " with time step "
                + step
                + "; choose a shorter time step");
      }
      parameters.requireStable(step, speed);
    }
    return new VorticityState(points, state.time() + duration, current);
  }

  /** Field of a state, [channel, y, x] = [w|u|v, outputPoints, outputPoints]. */
  @Override
  public float[] frame(VorticityState state) {
    requireOwnResolution(state);
    int output = parameters.outputPoints();
    int cells = output * output;
    double[] grid = new double[2 * cells];
    float[] frame = new float[3 * cells];
    outputPlacement.scatter(state.modes(), grid);
    outputTransform.complexInverse(grid, false);
    for (int i = 0; i < cells; i++) {
      frame[i] = (float) grid[2 * i];
    }
    outputPlacement.scatterPair(state.modes(), velocityFactors, grid);
    outputTransform.complexInverse(grid, false);
    for (int i = 0; i < cells; i++) {
      frame[cells + i] = (float) grid[2 * i];
      frame[2 * cells + i] = (float) grid[2 * i + 1];
    }
    return frame;
  }

  /** Vorticity of a state on the solver's grid, [y, x], in full precision. */
  public double[] vorticity(VorticityState state) {
    requireOwnResolution(state);
    placement.scatter(state.modes(), work);
    transform.complexInverse(work, false);
    double[] vorticity = new double[points * points];
    for (int i = 0; i < vorticity.length; i++) {
      vorticity[i] = work[2 * i];
    }
    return vorticity;
  }

  /** Energy, enstrophy and what changes them at a state. */
  public VorticityBudget budget(VorticityState state) {
    requireOwnResolution(state);
    double energy = 0;
    double enstrophy = 0;
    double palinstrophy = 0;
    double energyInput = 0;
    double enstrophyInput = 0;
    for (int m = 0; m < modes.count(); m++) {
      double re = state.modes()[2 * m];
      double im = state.modes()[2 * m + 1];
      double square = unit * unit * (modes.kx(m) * modes.kx(m) + modes.ky(m) * modes.ky(m));
      double power = re * re + im * im;
      double input = 2 * (re * force[2 * m] + im * force[2 * m + 1]);
      energy += power / square;
      enstrophy += power;
      palinstrophy += power * square;
      energyInput += input / square;
      enstrophyInput += input;
    }
    double twice = 2 * parameters.viscosity();
    return new VorticityBudget(
        energy, enstrophy, energyInput, twice * enstrophy, enstrophyInput, twice * palinstrophy);
  }

  private void requireOwnResolution(VorticityState state) {
    if (state.solverPoints() != points) {
      throw new IllegalArgumentException(
          "vorticity state: expected "
              + points
              + " points per side as this solver has, found "
              + state.solverPoints());
    }
  }

  /** Advection and force; also notes the largest speed met, which the stability check needs. */
  private void remainder(double[] vorticity, double[] out) {
    placement.scatterPair(vorticity, velocityFactors, work);
    transform.complexInverse(work, false);
    double fastest = speed;
    for (int i = 0; i < work.length; i += 2) {
      double u = work[i];
      double v = work[i + 1];
      fastest = Math.max(fastest, Math.abs(u) + Math.abs(v));
      work[i] = u * u - v * v;
      work[i + 1] = u * v;
    }
    speed = fastest;
    transform.complexForward(work);
    for (int m = 0; m < modes.count(); m++) {
      int at = placement.place(m);
      int mirror = placement.conjugatePlace(m);
      // Twice the transforms of u^2 - v^2 and of u v, taken apart from that of their complex sum.
      double squareRe = work[at] + work[mirror];
      double squareIm = work[at + 1] - work[mirror + 1];
      double crossRe = work[at + 1] + work[mirror + 1];
      double crossIm = work[mirror] - work[at];
      out[2 * m] = 0.5 * (squareFactors[m] * squareRe + crossFactors[m] * crossRe) + force[2 * m];
      out[2 * m + 1] =
          0.5 * (squareFactors[m] * squareIm + crossFactors[m] * crossIm) + force[2 * m + 1];
    }
  }

  private void addForce(ForcingMode wave) {
    if (Math.max(Math.abs(wave.periodsX()), Math.abs(wave.periodsY())) > modes.cutoff()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "vorticity forcing: expected at most %d periods per side on %d points, found (%d, %d);"
                  + " choose more solver points",
              modes.cutoff(),
              points,
              wave.periodsX(),
              wave.periodsY()));
    }
    boolean stored = wave.periodsX() > 0 || (wave.periodsX() == 0 && wave.periodsY() > 0);
    int kx = stored ? wave.periodsX() : -wave.periodsX();
    int ky = stored ? wave.periodsY() : -wave.periodsY();
    // (cosine - i sine) / 2 at k and its conjugate at -k, moved to where the grid begins.
    double re = wave.cosine() / 2;
    double im = (stored ? -wave.sine() : wave.sine()) / 2;
    double phase = unit * parameters.origin() * (kx + ky);
    for (int m = 0; m < modes.count(); m++) {
      if (modes.kx(m) == kx && modes.ky(m) == ky) {
        force[2 * m] += re * Math.cos(phase) - im * Math.sin(phase);
        force[2 * m + 1] += re * Math.sin(phase) + im * Math.cos(phase);
      }
    }
  }
}
