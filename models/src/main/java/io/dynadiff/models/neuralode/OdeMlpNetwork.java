package io.dynadiff.models.neuralode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.StackedWeights;
import io.dynadiff.models.expert.WeightLayout;

/**
 * Integrates dx/dt = s f(x), time in frame intervals and s the residual scale, by the classical
 * Runge-Kutta method; many experts at once.
 *
 * <p>The solver runs on the displacement in units of s, so that what the network gives is of order
 * one whatever the interval, and gradients flow through every stage. Confined to one thread.
 */
final class OdeMlpNetwork implements ExpertNetwork {

  private final ExpertSpec spec;
  private final WeightLayout layout;
  private final NDManager manager;
  private final int substeps;
  private final NDArray residualScale;
  private final NDArray halfStep;
  private final NDArray wholeStep;
  private final NDArray sixthStep;
  private final NDArray two;

  /** Keeps its constants under {@code parent} until {@link #close}. */
  OdeMlpNetwork(ExpertSpec spec, NDManager parent) {
    this.spec = spec;
    this.layout = spec.layout();
    this.manager = parent.newSubManager();
    this.substeps = spec.size(OdeMlpArchitecture.SUBSTEPS);
    double step = 1.0 / substeps;
    this.residualScale = manager.create((float) spec.residualScale());
    this.halfStep = manager.create((float) (step / 2));
    this.wholeStep = manager.create((float) step);
    this.sixthStep = manager.create((float) (step / 6));
    this.two = manager.create(2f);
  }

  @Override
  public NDArray step(NDArray weights, NDArray state, NDArray clock) {
    return spec.next(state, change(weights, state, clock));
  }

  @Override
  public NDArray change(NDArray weights, NDArray state, NDArray clock) {
    StackedWeights layers = new StackedWeights(layout, weights);
    NDList inner = layers.next();
    NDList outer = layers.next();
    NDArray y = state.zerosLike();
    for (int i = 0; i < substeps; i++) {
      NDArray k1 = slope(inner, outer, state, y);
      NDArray k2 = slope(inner, outer, state, y.add(k1.mul(halfStep)));
      NDArray k3 = slope(inner, outer, state, y.add(k2.mul(halfStep)));
      NDArray k4 = slope(inner, outer, state, y.add(k3.mul(wholeStep)));
      y = y.add(k1.add(k2.add(k3).mul(two)).add(k4).mul(sixthStep));
    }
    return y;
  }

  /** The vector field at a displacement {@code y} of the state, in units of the residual scale. */
  private NDArray slope(NDList inner, NDList outer, NDArray state, NDArray y) {
    NDArray x = state.add(y.mul(residualScale));
    return StackedWeights.affine(outer, Activation.tanh(StackedWeights.affine(inner, x)));
  }

  @Override
  public void close() {
    manager.close();
  }
}
