package io.dynadiff.models.regression;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.dynadiff.models.nn.Layers;
import io.dynadiff.models.nn.ParameterLayout;
import io.dynadiff.models.nn.Parameters;

/**
 * Predicts the expected standardised latent of an expert from the condition vector: hidden layers
 * with GELU, then a linear map to all nodes' latents.
 *
 * <p>Experts of one environment scatter around a mean that is itself a good expert. With that mean
 * regressed, the diffusion has only the scatter left to model. Pure functions; confined to one
 * thread.
 */
public final class LatentRegressor {

  private final RegressorSpec spec;
  private final int condition;
  private final int nodes;
  private final int latent;

  /**
   * @param spec sizes
   * @param condition length of the condition vector
   * @param nodes number of nodes of the weight graph
   * @param latent latent numbers per node
   */
  public LatentRegressor(RegressorSpec spec, int condition, int nodes, int latent) {
    this.spec = spec;
    this.condition = condition;
    this.nodes = nodes;
    this.latent = latent;
  }

  /** The network's parameters; none where there is no regressor. */
  public ParameterLayout layout() {
    ParameterLayout layout = new ParameterLayout();
    if (!spec.present()) {
      return layout;
    }
    int width = condition;
    for (int l = 0; l < spec.layers(); l++) {
      layout.addLinear("hidden." + l, width, spec.hidden());
      width = spec.hidden();
    }
    return layout.addZeroLinear("out", width, nodes * latent);
  }

  /**
   * Predicts latents.
   *
   * @param parameters parameters of {@link #layout()}
   * @param conditions axes [batch, condition]
   * @return standardised latents, axes [batch, node, latent]; zeros where there is no regressor
   */
  public NDArray predict(Parameters parameters, NDArray conditions) {
    long batch = conditions.getShape().get(0);
    Shape shape = new Shape(batch, nodes, latent);
    if (!spec.present()) {
      return conditions.getManager().zeros(shape);
    }
    NDArray x = conditions;
    for (int l = 0; l < spec.layers(); l++) {
      x = Activation.gelu(Layers.linear(parameters, "hidden." + l, x));
    }
    return Layers.linear(parameters, "out", x).reshape(shape);
  }
}
