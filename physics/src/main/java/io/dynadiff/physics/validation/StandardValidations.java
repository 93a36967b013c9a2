package io.dynadiff.physics.validation;

import io.dynadiff.physics.lotkavolterra.LotkaVolterraParameters;
import io.dynadiff.physics.lotkavolterra.LotkaVolterraSolver;
import io.dynadiff.physics.validation.Plot.Scale;
import io.dynadiff.physics.vorticity.ForcedNavierStokes;
import io.dynadiff.physics.vorticity.KolmogorovFlow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleConsumer;

/** Everything that the solvers and readers are held to, with the tolerances of the report. */
public final class StandardValidations {
  private static final String EXACT = "exact solution";

  private StandardValidations() {}

  /**
   * All parts in the order of the report.
   *
   * @param data folder of the recorded files
   */
  public static List<Validation> all(Path data) {
    List<Validation> all = new ArrayList<>();
    all.add(new Validation("Exact solutions of the flow solver", 2, progress -> exactFlow()));
    all.add(new Validation("Onset of the Kolmogorov instability", 4, StandardValidations::onset));
    all.add(new Validation("Energy and enstrophy budgets", 1, progress -> budgets()));
    all.add(
        new Validation(
            "Lambda-Omega waves",
            1,
            progress -> new Findings(LambdaOmegaValidation.checks(), List.of())));
    all.add(new Validation("Cylinder wake", 35, CylinderValidation::findings));
    all.add(new Validation("Order of convergence", 4, progress -> ConvergenceFindings.all()));
    all.add(new Validation("Lotka-Volterra invariant", 1, progress -> invariant()));
    all.add(new Validation("Recorded files", 4, progress -> recorded(data)));
    return List.copyOf(all);
  }

  private static Findings exactFlow() {
    Curve decay = FlowValidation.taylorGreenError(0.01, 2, 20);
    Curve laminar = FlowValidation.laminarError(5, 10, 20);
    double steady =
        Math.max(
            FlowValidation.forcedSteadyStateError(0.1, 0),
            FlowValidation.forcedSteadyStateError(0.3, 0.35));
    double tolerance = 1e-6;
    return new Findings(
        List.of(
            error(
                ForcedNavierStokes.SYSTEM,
                "Taylor-Green decay, largest error of vorticity",
                EXACT,
                decay.largest(),
                tolerance),
            error(
                KolmogorovFlow.SYSTEM,
                "laminar flow at Re 5, largest error of vorticity",
                EXACT,
                laminar.largest(),
                tolerance),
            error(
                ForcedNavierStokes.SYSTEM,
                "forced steady state, largest error of vorticity",
                EXACT,
                steady,
                tolerance)),
        List.of(
            new Plot(
                "exact-flow-error",
                "Error against the exact solution",
                "time (model units)",
                "largest error of vorticity",
                Scale.LOGARITHMIC_Y,
                List.of(decay, laminar, Curve.level("tolerance", 0, 10, tolerance)),
                List.of("tolerance"))));
  }

  private static Findings onset(DoubleConsumer progress) {
    Curve growth = FlowValidation.growthRates(progress, 6, 6.3, 6.64, 6.78, 7.1);
    double known = FlowValidation.KNOWN_ONSET;
    String source = "linear theory, 6.710 (method: Meshalkin and Sinai 1961)";
    List<Check> checks = new ArrayList<>();
    for (int i = 2; i <= 3; i++) {
      String sign = i == 2 ? "decays" : "grows";
      checks.add(
          new Check(
              KolmogorovFlow.SYSTEM,
              "perturbation %s at Re %s: sign of its growth rate".formatted(sign, growth.x()[i]),
              source,
              Math.signum(growth.y()[i]),
              i == 2 ? -1 : 1,
              0,
              "1"));
    }
    checks.add(
        new Check(
            KolmogorovFlow.SYSTEM,
            "Reynolds number of the onset",
            source,
            FlowValidation.onset(growth),
            known,
            0.01,
            "1"));
    return new Findings(
        checks,
        List.of(
            new Plot(
                "kolmogorov-onset",
                "Growth of a perturbation of laminar Kolmogorov flow",
                "Reynolds number",
                "growth rate per time unit",
                Scale.LINEAR,
                List.of(
                    growth,
                    Curve.level("zero", growth.x()[0], growth.x()[growth.x().length - 1], 0),
                    new Curve(
                        "linear theory: onset at 6.710",
                        new double[] {known, known},
                        new double[] {growth.y()[0], growth.largest()})),
                List.of("zero", "linear theory: onset at 6.710"))));
  }

  private static Findings budgets() {
    BudgetValidation.Residuals forced = BudgetValidation.forcedFlow();
    BudgetValidation.Residuals inviscid = BudgetValidation.inviscidFlow();
    String closed = "change = input - dissipation";
    String kept = "conserved without viscosity and force";
    return new Findings(
        List.of(
            error(
                KolmogorovFlow.SYSTEM,
                percentChanged("energy", forced.energyChange()),
                closed,
                Math.abs(forced.energyResidual()),
                1e-7),
            error(
                KolmogorovFlow.SYSTEM,
                percentChanged("enstrophy", forced.enstrophyChange()),
                closed,
                Math.abs(forced.enstrophyResidual()),
                1e-6),
            error(
                ForcedNavierStokes.SYSTEM,
                "relative change of energy over 2 time units",
                kept,
                Math.abs(inviscid.energyResidual()),
                1e-8),
            error(
                ForcedNavierStokes.SYSTEM,
                "relative change of enstrophy over 2 time units",
                kept,
                Math.abs(inviscid.enstrophyResidual()),
                1e-7)),
        List.of());
  }

  private static String percentChanged(String quantity, double change) {
    return String.format(
        Locale.ROOT,
        "%s budget at Re 40 over 1 time unit (%+.1f %%), relative residual",
        quantity,
        100 * change);
  }

  private static Findings invariant() {
    List<Check> checks = new ArrayList<>();
    List<Curve> curves = new ArrayList<>();
    double tolerance = 1e-8;
    for (double[] rates : new double[][] {{0.5, 0.5}, {0.75, 0.6}, {1, 1}}) {
      LotkaVolterraParameters parameters = LotkaVolterraParameters.standard(rates[0], rates[1]);
      curves.add(LotkaVolterraValidation.invariantDrift(parameters, 0));
      checks.add(
          error(
              LotkaVolterraSolver.SYSTEM,
              "drift of the invariant, 5 orbits of 100 time units, beta %s, delta %s"
                  .formatted(rates[0], rates[1]),
              "conserved",
              LotkaVolterraValidation.invariantDrift(parameters),
              tolerance));
    }
    curves.add(Curve.level("tolerance", 10, 100, tolerance));
    return new Findings(
        checks,
        List.of(
            new Plot(
                "lotka-volterra-invariant",
                "Drift of the Lotka-Volterra invariant",
                "time (model units)",
                "largest drift so far",
                Scale.LOGARITHMIC_Y,
                curves,
                List.of("tolerance"))));
  }

  private static Findings recorded(Path data) {
    String variable = "t2m";
    String known = "data/README.md";
    Path cds = data.resolve("era5-2mt-2019-03-uk-cds.nc");
    List<Check> checks = new ArrayList<>();
    for (String file :
        List.of(
            "era5-2mt-2019-03-uk-cds.nc",
            "era5-2mt-2019-03-uk-legacy.nc",
            "era5-2mt-2019-03-uk.grib",
            "era5-2mt-2019-03-uk.zarr")) {
      String format = file.substring("era5-2mt-2019-03-uk".length() + 1);
      RecordedValidation.Content found = RecordedValidation.content(data.resolve(file), variable);
      checks.add(new Check("era5", format + ": times", known, found.times(), 744, 0, "1"));
      checks.add(kelvin(format + ": first value", known, found.first(), 282.425));
      checks.add(kelvin(format + ": last value", known, found.last(), 281.455));
      checks.add(kelvin(format + ": minimum", known, found.lowest(), 265.680));
      checks.add(kelvin(format + ": maximum", known, found.highest(), 291.559));
      checks.add(kelvin(format + ": mean", known, found.mean(), 280.774));
      if (!data.resolve(file).equals(cds)) {
        checks.add(
            new Check(
                "era5",
                format + " against cds.nc: largest difference",
                "half a packing step and half a float32 step",
                RecordedValidation.largestDifference(cds, data.resolve(file), variable),
                0,
                0.5e-3 + 1.6e-5,
                "K"));
      }
    }
    return new Findings(checks, List.of());
  }

  private static Check kelvin(String name, String reference, double measured, double expected) {
    return new Check("era5", name, reference, measured, expected, 1e-3, "K");
  }

  private static Check error(
      String system, String name, String reference, double measured, double tolerance) {
    return new Check(system, name, reference, measured, 0, tolerance, "1");
  }
}
