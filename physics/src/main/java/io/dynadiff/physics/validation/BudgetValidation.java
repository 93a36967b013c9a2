package io.dynadiff.physics.validation;

import io.dynadiff.physics.vorticity.ForcedNavierStokes;
import io.dynadiff.physics.vorticity.KolmogorovFlow;
import io.dynadiff.physics.vorticity.VorticityBudget;
import io.dynadiff.physics.vorticity.VorticitySolver;
import io.dynadiff.physics.vorticity.VorticityState;

/** Measures whether energy and enstrophy change by what forces put in and viscosity takes. */
public final class BudgetValidation {
  private static final double STEP = 0.01;
  private static final int STEPS = 100;

  private BudgetValidation() {}

  /**
   * What is left of a budget over one time unit, relative to what there was at its beginning.
   *
   * @param energyChange change of energy
   * @param energyResidual change of energy less the integral of input and dissipation
   * @param enstrophyChange change of enstrophy
   * @param enstrophyResidual change of enstrophy less the integral of input and dissipation
   */
  public record Residuals(
      double energyChange,
      double energyResidual,
      double enstrophyChange,
      double enstrophyResidual) {}

  /** Turbulent Kolmogorov flow at Re 40 over one time unit. */
  public static Residuals forcedFlow() {
    VorticitySolver solver = KolmogorovFlow.solver(40, 48, 32, STEP);
    VorticityState state = solver.advance(solver.initial(2), 2);
    VorticityBudget first = solver.budget(state);
    double energy = 0;
    double enstrophy = 0;
    VorticityBudget now = first;
    for (int i = 0; i <= STEPS; i++) {
      // Simpson's rule, of the same order as the solver.
      double weight = STEP / 3 * (i == 0 || i == STEPS ? 1 : i % 2 == 1 ? 4 : 2);
      energy += weight * (now.energyInput() - now.energyDissipation());
      enstrophy += weight * (now.enstrophyInput() - now.enstrophyDissipation());
      if (i < STEPS) {
        state = solver.advance(state, STEP);
        now = solver.budget(state);
      }
    }
    double energyChange = now.energy() - first.energy();
    double enstrophyChange = now.enstrophy() - first.enstrophy();
    return new Residuals(
        energyChange / first.energy(),
        (energyChange - energy) / first.energy(),
        enstrophyChange / first.enstrophy(),
        (enstrophyChange - enstrophy) / first.enstrophy());
  }

  /**
   * A free flow of vanishing viscosity over two time units, which must keep both; the change is all
   * residual.
   */
  public static Residuals inviscidFlow() {
    VorticitySolver solver = ForcedNavierStokes.solver(0, 0, 1e-12, 32, 32, 0.005);
    VorticityState start = solver.initial(5);
    VorticityBudget before = solver.budget(start);
    VorticityBudget after = solver.budget(solver.advance(start, 2));
    double energy = after.energy() / before.energy() - 1;
    double enstrophy = after.enstrophy() / before.enstrophy() - 1;
    return new Residuals(energy, energy, enstrophy, enstrophy);
  }
}
