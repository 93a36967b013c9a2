package io.dynadiff.trainer.functional;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dynadiff.models.nn.Scalars;
import io.dynadiff.trainer.data.Equation;
import io.dynadiff.trainer.data.LambdaOmegaEquation;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.data.VorticityEquation;
import java.util.List;

/**
 * How far steps are from solving an equation x_t = F(x): the mean square of x1 - x0 - dt (F(x0) + 4
 * F(xm) + F(x1)) / 6 in normalised fields, with xm = (x0 + x1) / 2 + dt (F(x0) - F(x1)) / 8.
 *
 * <p>That is the Hermite-Simpson collocation of trajectory optimisation, exact to fourth order in
 * the frame interval dt with no frame in between. What true frames leave still bounds what the term
 * is good for: it asks for frames that follow each other quickly. Confined to one thread.
 */
final class EquationResidual {

  private final EquationRate rate;
  private final double interval;

  /**
   * @param interval dt in time units
   */
  EquationResidual(EquationRate rate, double interval) {
    this.rate = rate;
    this.interval = interval;
  }

  /** The residual of a system's equation; its constants belong to the given manager. */
  static EquationResidual of(Equation equation, SystemData data, NDManager manager) {
    EquationRate rate =
        equation instanceof VorticityEquation vorticity
            ? new VorticityRate(vorticity, data.shape(), data.normalisation(), manager)
            : new LambdaOmegaRate(
                (LambdaOmegaEquation) equation, data.shape(), data.normalisation(), manager);
    return new EquationResidual(rate, data.intervalMillis() / 1000.0);
  }

  /**
   * The residual of steps.
   *
   * @param before normalised fields, axes [expert, channel, batch, point]
   * @param after same axes
   * @param conditions physical conditions of each expert, in the system's order
   */
  NDArray meanSquare(NDArray before, NDArray after, List<double[]> conditions) {
    NDArray from = rate.physical(before);
    NDArray to = rate.physical(after);
    NDArray first = rate.of(from, conditions);
    NDArray last = rate.of(to, conditions);
    NDArray middle =
        Scalars.scale(from.add(to), 0.5).add(Scalars.scale(first.sub(last), interval / 8));
    NDArray mean = first.add(last).add(Scalars.scale(rate.of(middle, conditions), 4));
    return rate.normalised(to.sub(from).sub(Scalars.scale(mean, interval / 6))).square().mean();
  }
}
