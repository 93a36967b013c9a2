package io.dynadiff.physics.throughput;

import io.dynadiff.physics.cylinder.CylinderParameters;
import io.dynadiff.physics.cylinder.CylinderSolver;
import io.dynadiff.physics.cylinder.CylinderState;
import io.dynadiff.physics.environments.LambdaOmegaEnvironments;
import io.dynadiff.physics.environments.SimulatedSystems;
import io.dynadiff.physics.lambdaomega.LambdaOmegaParameters;
import io.dynadiff.physics.simulation.FieldSolver;
import io.dynadiff.physics.simulation.SimulatedSystem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jtransforms.fft.DoubleFFT_2D;

/**
 * The solvers at their standard sizes, the transforms they are made of, and memory.
 *
 * <p>An update is one time step of one grid point with all its variables. Lotka-Volterra has one
 * grid point and steps of its own choosing, so there an update is one frame interval, 0.1 time
 * units.
 */
public final class StandardWorkloads {
  /** Two transforms in each of the four stages of a step of ETDRK4. */
  public static final int TRANSFORMS_PER_STEP = 8;

  /** Nine populations of 8 bytes, read and written. */
  public static final int LATTICE_BYTES_PER_UPDATE = 2 * 9 * Double.BYTES;

  /** Two arrays read and one written. */
  private static final int TRIAD_BYTES = 3 * Double.BYTES;

  /** 64 MiB per array, well beyond the caches. */
  private static final int TRIAD_LENGTH = 8 << 20;

  private StandardWorkloads() {}

  /**
   * A solver that transforms.
   *
   * @param name name of its workload
   * @param points grid points per side
   * @param timeStep time units
   */
  public record Spectral(String name, int points, double timeStep) {

    /** Name of the workload of its complex transforms alone. */
    public String transforms() {
      return "fft.complex-" + points;
    }
  }

  /** The solvers that transform, at the resolution and step of their environments. */
  public static List<Spectral> spectral() {
    return List.of(spectral("kolmogorov-flow"), spectral("navier-stokes"), lambdaOmega());
  }

  /** All workloads. */
  public static List<Workload> all() {
    List<Workload> workloads = new ArrayList<>();
    workloads.add(triad());
    for (Spectral solver : spectral()) {
      workloads.add(transforms(solver.transforms(), solver.points(), false));
      workloads.add(transforms("fft.real-" + solver.points(), solver.points(), true));
      workloads.add(
          steps(
              solver.name(),
              SimulatedSystems.named(solver.name()),
              solver.timeStep(),
              20,
              (double) solver.points() * solver.points()));
    }
    workloads.add(steps("lotka-volterra", SimulatedSystems.lotkaVolterra(), 0.1, 1, 1));
    workloads.add(lattice());
    return workloads;
  }

  private static Spectral spectral(String system) {
    Map<String, String> settings = SimulatedSystems.solverSettings(system);
    return new Spectral(
        system,
        Integer.parseInt(settings.get("solver-points")),
        Double.parseDouble(settings.get("time-step")));
  }

  private static Spectral lambdaOmega() {
    LambdaOmegaParameters parameters = LambdaOmegaEnvironments.standard().parameters();
    return new Spectral("lambda-omega", parameters.solverPoints(), parameters.timeStep());
  }

  private static <S> Workload steps(
      String name, SimulatedSystem<S> system, double timeStep, int steps, double points) {
    double[] conditions = system.conditions().stream().mapToDouble(c -> c.standard()).toArray();
    FieldSolver<S> solver = system.solvers().under(conditions);
    S start = solver.initial(1);
    return new Workload(
        name, "updates", steps * points, () -> solver.advance(start, steps * timeStep));
  }

  private static Workload lattice() {
    CylinderParameters parameters = CylinderParameters.standard(300, 16);
    CylinderSolver solver = new CylinderSolver(parameters);
    CylinderState start = solver.initial(1);
    double cells = (double) parameters.width() * parameters.height();
    // 50 steps of 1/1000, so that taking over the state counts for little.
    return new Workload("cylinder-flow", "updates", 50 * cells, () -> solver.advance(start, 0.05));
  }

  private static Workload transforms(String name, int points, boolean real) {
    DoubleFFT_2D transform = new DoubleFFT_2D(points, points);
    SplittableRandom random = new SplittableRandom(1);
    double[] values = random.doubles(2L * points * points).toArray();
    // There and back, so that the numbers stay of one size.
    return new Workload(
        name,
        "transforms",
        2,
        () -> {
          if (real) {
            transform.realForward(values);
            transform.realInverse(values, true);
          } else {
            transform.complexForward(values);
            transform.complexInverse(values, true);
          }
        });
  }

  private static Workload triad() {
    double[] a = new double[TRIAD_LENGTH];
    double[] b = new double[TRIAD_LENGTH];
    double[] c = new double[TRIAD_LENGTH];
    Arrays.fill(b, 1);
    Arrays.fill(c, 2);
    return new Workload(
        "memory.triad",
        "bytes",
        (double) TRIAD_BYTES * TRIAD_LENGTH,
        () -> {
          for (int i = 0; i < a.length; i++) {
            a[i] = b[i] + 3 * c[i];
          }
        });
  }
}
