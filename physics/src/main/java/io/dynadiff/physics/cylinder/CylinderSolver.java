package io.dynadiff.physics.cylinder;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Coordinates;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.simulation.ConditionKind;
import io.dynadiff.physics.simulation.FieldSolver;
import io.dynadiff.physics.simulation.SimulatedSystem;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleConsumer;

/**
 * Solves the flow past a cylinder on a lattice and averages it over boxes of cells, [u|v, y, x] in
 * units of the inflow.
 *
 * <p>A state may go on under another Reynolds number; under another radius its fluid and solid
 * cells would change places, so that is refused. A solver may compute on several threads, with the
 * same numbers for every number of them. Not thread-safe towards its callers: one solver per
 * thread.
 */
public final class CylinderSolver implements FieldSolver<CylinderState> {
  /** Name of the system. */
  public static final String SYSTEM = "cylinder-flow";

  /** Model time until vortices are shed regularly, for every environment of the papers. */
  private static final double SPIN_UP = 60;

  private static final double SLOW_REYNOLDS = 20;
  private static final double PERTURBATION = 0.05;

  /** Steps between two looks at progress and at whether the flow is still finite. */
  private static final int STRETCH = 100;

  private final CylinderParameters parameters;
  private final LatticeFlow lattice;
  private final boolean[] solid;

  /** A solver that computes on the calling thread. */
  public CylinderSolver(CylinderParameters parameters) {
    this(parameters, 1);
  }

  /**
   * A solver that shares out the rows of the lattice.
   *
   * @param threads threads to compute on, at least 1, the calling thread among them
   */
  public CylinderSolver(CylinderParameters parameters, int threads) {
    this.parameters = parameters;
    this.solid = cylinder(parameters);
    this.lattice =
        new LatticeFlow(
            parameters.width(),
            parameters.height(),
            solid,
            parameters.viscosity(),
            parameters.inflow(),
            threads);
  }

  /**
   * The system whose conditions are radius, in cells of the standard lattice, and reynolds. Grid
   * and frames are the same for every lattice.
   *
   * @param latticeScale cells along a side for one of the standard lattice, as in {@link
   *     CylinderParameters#scaled}
   * @param threads threads of each solver, at least 1
   */
  public static SimulatedSystem<CylinderState> system(double latticeScale, int threads) {
    return system(
        (reynolds, radius) -> CylinderParameters.scaled(reynolds, radius, latticeScale), threads);
  }

  /**
   * The system whose conditions are radius and reynolds, on any lattice.
   *
   * @param lattice parameters for a Reynolds number and a radius; but for these all alike
   * @param threads threads of each solver, at least 1
   */
  public static SimulatedSystem<CylinderState> system(Lattices lattice, int threads) {
    CylinderParameters standard = CylinderParameters.standard(300, 16);
    // Only the size of the frames is wanted, and a slow flow is stable on every lattice.
    CylinderParameters own = lattice.under(SLOW_REYNOLDS, standard.radius());
    double spacing = (double) standard.width() / own.outputWidth();
    return new SimulatedSystem<>(
        SYSTEM,
        List.of(
            ConditionKind.fixed("radius", "1", standard.radius()),
            new ConditionKind("reynolds", "1", standard.reynolds())),
        List.of(new Channel("u", "1"), new Channel("v", "1")),
        new Grid(
            own.outputHeight(),
            own.outputWidth(),
            (spacing - 1) / 2,
            (spacing - 1) / 2,
            spacing,
            spacing,
            "1",
            Coordinates.PLANE,
            false),
        SPIN_UP,
        values -> new CylinderSolver(lattice.under(values[1], values[0]), threads));
  }

  /** Chooses the lattice of a flow. */
  @FunctionalInterface
  public interface Lattices {

    /**
     * Parameters of a flow.
     *
     * @param radius radius in cells of the standard lattice
     */
    CylinderParameters under(double reynolds, double radius);
  }

  /** The parameters this solver was made with. */
  public CylinderParameters parameters() {
    return parameters;
  }

  @Override
  public FieldShape frameShape() {
    return new FieldShape(2, parameters.outputHeight(), parameters.outputWidth());
  }

  /** Uniform inflow with a random sideways wave, which starts the shedding of vortices. */
  @Override
  public CylinderState initial(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double phase = random.nextDouble() * 2 * Math.PI;
    double slope = random.nextDouble(1, 4);
    double[] u = new double[solid.length];
    double[] v = new double[solid.length];
    for (int cell = 0; cell < solid.length; cell++) {
      double along = (double) (cell % parameters.width()) / parameters.width();
      u[cell] = parameters.inflow();
      v[cell] = parameters.inflow() * PERTURBATION * Math.sin(2 * Math.PI * slope * along + phase);
    }
    return fromVelocity(u, v);
  }

  /**
   * State at time 0 from velocity, without stress.
   *
   * @param u velocity along x of every cell of the lattice, axes [y, x], in cells per step
   * @param v velocity along y
   */
  public CylinderState fromVelocity(double[] u, double[] v) {
    if (u.length != solid.length || v.length != solid.length) {
      throw new IllegalArgumentException(
          "cylinder-flow velocity: expected "
              + solid.length
              + " cells, found "
              + u.length
              + " and "
              + v.length);
    }
    lattice.setFlow(u, v);
    return new CylinderState(0, parameters.radius(), lattice.populations());
  }

  @Override
  public CylinderState advance(CylinderState state, double duration) {
    return advance(state, duration, advanced -> {});
  }

  @Override
  public CylinderState advance(CylinderState state, double duration, DoubleConsumer advanced) {
    double perUnit = parameters.stepsPerTimeUnit();
    long steps = Math.round(duration * perUnit);
    if (steps < 1) {
      throw new IllegalArgumentException(
          "cylinder-flow advance: expected at least one lattice step, "
              + 1 / perUnit
              + " time units, found "
              + duration);
    }
    take(state);
    for (long done = 0; done < steps; ) {
      int stretch = (int) Math.min(STRETCH, steps - done);
      lattice.run(stretch);
      done += stretch;
      if (!Double.isFinite(lattice.mass())) {
        throw new ArithmeticException(
            "cylinder-flow advance: populations no longer finite after time "
                + (state.time() + done / perUnit)
                + " at viscosity "
                + parameters.viscosity()
                + "; choose a larger radius, a smaller Reynolds number or a finer lattice");
      }
      advanced.accept(done / perUnit);
    }
    return new CylinderState(state.time() + duration, parameters.radius(), lattice.populations());
  }

  /** Velocity averaged over boxes of cells, in units of the inflow; solid cells count as 0. */
  @Override
  public float[] frame(CylinderState state) {
    take(state);
    float[] frame = new float[frameShape().size()];
    average(lattice.velocityX(), frame, 0);
    average(lattice.velocityY(), frame, frameShape().points());
    return frame;
  }

  private void take(CylinderState state) {
    if (state.populations().length != 9 * solid.length || state.radius() != parameters.radius()) {
      throw new IllegalArgumentException(
          "cylinder-flow state: expected "
              + solid.length
              + " cells and radius "
              + parameters.radius()
              + " as this solver has, found "
              + state.populations().length / 9
              + " cells and radius "
              + state.radius()
              + "; a running flow can change its Reynolds number only");
    }
    lattice.setPopulations(state.populations());
  }

  private void average(double[] cells, float[] frame, int from) {
    int boxWidth = parameters.width() / parameters.outputWidth();
    int boxHeight = parameters.height() / parameters.outputHeight();
    double scale = 1 / (parameters.inflow() * boxWidth * boxHeight);
    for (int y = 0; y < parameters.outputHeight(); y++) {
      for (int x = 0; x < parameters.outputWidth(); x++) {
        double sum = 0;
        for (int inner = 0; inner < boxHeight; inner++) {
          int row = (y * boxHeight + inner) * parameters.width() + x * boxWidth;
          for (int i = 0; i < boxWidth; i++) {
            sum += cells[row + i];
          }
        }
        frame[from + y * parameters.outputWidth() + x] = (float) (sum * scale);
      }
    }
  }

  private static boolean[] cylinder(CylinderParameters p) {
    boolean[] solid = new boolean[p.width() * p.height()];
    double centreX = p.width() / 4.0 - 0.5;
    double centreY = p.height() / 2.0 - 0.5;
    for (int y = 0; y < p.height(); y++) {
      for (int x = 0; x < p.width(); x++) {
        solid[y * p.width() + x] = Math.hypot(x - centreX, y - centreY) <= p.radius();
      }
    }
    return solid;
  }
}
