package io.dynadiff.physics.validation;

import io.dynadiff.physics.cylinder.CylinderParameters;
import io.dynadiff.physics.cylinder.CylinderSolver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/** What the lattice of the cylinder flow is checked against. */
public final class CylinderValidation {
  /** Reynolds numbers, by the diameter, at which the Strouhal number is measured. */
  public static final List<Integer> STROUHAL_REYNOLDS = List.of(80, 100, 150, 200);

  /** The published curve holds from here on, ... */
  private static final double WILLIAMSON_FROM = 49;

  /** ... to where the wake of a real cylinder becomes three-dimensional. */
  private static final double WILLIAMSON_TO = 178;

  private CylinderValidation() {}

  /**
   * Strouhal number of two-dimensional shedding in the literature.
   *
   * <p>To Reynolds number 178 the curve of Williamson (1989), St = 0.1816 - 3.3265 / Re + 1.6e-4
   * Re, fitted to parallel shedding. A real wake is three-dimensional beyond it and sheds more
   * slowly; two-dimensional computations go on along the curve, which gives 0.197 at 200 as Barkley
   * and Henderson (1996) do.
   *
   * @param reynolds Reynolds number by the diameter, 49 to 250
   */
  public static double strouhalOfTheLiterature(double reynolds) {
    if (!(reynolds >= WILLIAMSON_FROM && reynolds <= 250)) {
      throw new IllegalArgumentException(
          "strouhal number: expected a Reynolds number from 49 to 250, found " + reynolds);
    }
    return 0.1816 - 3.3265 / reynolds + 1.6e-4 * reynolds;
  }

  /**
   * The lattice on which Strouhal numbers are measured: a diameter of 10 cells, 24 diameters long
   * with 6 before the cylinder's centre, 16 diameters from each cylinder of the row to the next, an
   * inflow of 0.07 cells per step.
   *
   * <p>What that costs, measured at Reynolds number 80 in single changes of 20 x 20 diameters at
   * inflow 0.08 (St 0.1596): 30 diameters long 0.1552; inflow 0.05 0.1559; 30 diameters of pitch
   * 0.1593. So the distance of the inflow and the compressibility count, the blockage does not.
   */
  public static CylinderParameters strouhalLattice(double reynolds) {
    return new CylinderParameters(reynolds, 5, 240, 160, 48, 32, 0.07, 1000);
  }

  /**
   * Strouhal number beside that of the literature, to 5 percent; some 5 to 10 seconds on one core.
   *
   * @param reynolds Reynolds number by the diameter, 49 to 250
   * @param threads threads to compute on, at least 1; the number does not depend on it
   * @param progress told how much of the work is done, 0 to 1
   */
  public static Check strouhal(double reynolds, int threads, DoubleConsumer progress) {
    double expected = strouhalOfTheLiterature(reynolds);
    double measured =
        StrouhalNumber.measure(strouhalLattice(reynolds), 1, threads, progress).value();
    return new Check(
        CylinderSolver.SYSTEM,
        String.format(Locale.ROOT, "Strouhal number at Re %.0f", reynolds),
        reynolds <= WILLIAMSON_TO
            ? "Williamson (1989)"
            : "two-dimensional computations: Barkley and Henderson (1996)",
        measured,
        expected,
        0.05 * expected,
        "1");
  }

  /** Error of Taylor-Green vortices that have decayed to 1 / e, to 1 percent. */
  public static Check taylorGreenDecay(double viscosity) {
    return new Check(
        CylinderSolver.SYSTEM,
        String.format(Locale.ROOT, "relative error of Taylor-Green decay, viscosity %s", viscosity),
        "exact solution of Taylor and Green (1937)",
        ConvergenceValidation.latticeTaylorGreenError(48, viscosity, 0.02),
        0,
        0.01,
        "1");
  }

  /**
   * Every check of the cylinder flow.
   *
   * @param threads threads to compute on, at least 1
   * @param progress told how much of the work is done, 0 to 1
   */
  public static List<Check> checks(int threads, DoubleConsumer progress) {
    List<Check> checks = new ArrayList<>();
    for (double viscosity : new double[] {0.002, 0.02, 0.1}) {
      checks.add(taylorGreenDecay(viscosity));
    }
    for (int i = 0; i < STROUHAL_REYNOLDS.size(); i++) {
      double before = i;
      checks.add(
          strouhal(
              STROUHAL_REYNOLDS.get(i),
              threads,
              part -> progress.accept((before + part) / STROUHAL_REYNOLDS.size())));
    }
    progress.accept(1);
    return List.copyOf(checks);
  }

  /** Every check of the cylinder flow and the curve of Strouhal numbers, computed on all cores. */
  public static Findings findings(DoubleConsumer progress) {
    List<Check> checks = checks(Runtime.getRuntime().availableProcessors(), progress);
    double[] reynolds = STROUHAL_REYNOLDS.stream().mapToDouble(Integer::doubleValue).toArray();
    double[] measured =
        checks.subList(checks.size() - reynolds.length, checks.size()).stream()
            .mapToDouble(Check::measured)
            .toArray();
    // As close as the eye needs: pictures round to pixels, which would show on shorter pieces.
    double[] places = IntStream.rangeClosed(10, 44).mapToDouble(i -> 5 * i).toArray();
    String known = "literature: Williamson (1989), two-dimensional computations";
    return new Findings(
        checks,
        List.of(
            new Plot(
                "cylinder-strouhal",
                "Strouhal number of the cylinder wake",
                "Reynolds number (by the diameter)",
                "Strouhal number",
                Plot.Scale.LINEAR,
                List.of(
                    new Curve("lattice", reynolds, measured),
                    new Curve(
                        known,
                        places,
                        Arrays.stream(places)
                            .map(CylinderValidation::strouhalOfTheLiterature)
                            .toArray())),
                List.of(known))));
  }
}
