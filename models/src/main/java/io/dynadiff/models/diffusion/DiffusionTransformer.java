package io.dynadiff.models.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.dynadiff.models.nn.Layers;
import io.dynadiff.models.nn.ParameterLayout;
import io.dynadiff.models.nn.Parameters;

/**
 * Transformer over node latents with adaLN-Zero conditioning ("Scalable Diffusion Models with
 * Transformers", section 3.2; paper section 3.3), predicting what its specification names.
 *
 * <p>Time and condition set the scale, shift and gate of every block; gates start at zero, so every
 * block starts as the identity. Where examples are trained without their condition, a learned
 * vector stands in its place. Pure functions; confined to one thread.
 */
public final class DiffusionTransformer {

  private static final double MAX_FREQUENCY = 1000;
  private static final String NULL_CONDITION = "condition.null";

  private final DiffusionSpec spec;
  private final int nodes;
  private final int latent;

  /**
   * @param spec sizes
   * @param nodes number of nodes of the weight graph
   * @param latent latent numbers per node
   */
  public DiffusionTransformer(DiffusionSpec spec, int nodes, int latent) {
    this.spec = spec;
    this.nodes = nodes;
    this.latent = latent;
  }

  /** The network's parameters. */
  public ParameterLayout layout() {
    int width = spec.width();
    ParameterLayout layout =
        new ParameterLayout()
            .addLinear("in", latent, width)
            .add("node", 0, 0.1, nodes, width)
            .add("one", 1, 0, width)
            .add("zero", 0, 0, width);
    Layers.describeFeedForward(layout, "time", width, width);
    layout.addLinear("condition.in", spec.condition(), width);
    layout.addLinear("condition.out", width, width);
    for (int b = 0; b < spec.blocks(); b++) {
      Layers.describeAttention(layout, "blocks." + b + ".attention", width);
      Layers.describeFeedForward(layout, "blocks." + b + ".mlp", width, 4 * width);
      layout.addZeroLinear("blocks." + b + ".modulation", width, 6 * width);
    }
    layout.addZeroLinear("final.modulation", width, 2 * width).addZeroLinear("out", width, latent);
    return spec.guidable() ? layout.add(NULL_CONDITION, 0, 0, 1, spec.condition()) : layout;
  }

  /** Sizes and process. */
  public DiffusionSpec spec() {
    return spec;
  }

  /**
   * The learned condition that stands for "nothing known".
   *
   * @param like a condition, axes [batch, condition]
   * @return same axes, in its manager
   * @throws IllegalArgumentException if the network was trained without
   */
  public NDArray nullCondition(Parameters parameters, NDArray like) {
    if (!spec.guidable()) {
      throw new IllegalArgumentException(
          "guidance: expected a diffusion model that was trained with conditionDropout above 0,"
              + " found 0; sample with guidance 1 or train again");
    }
    return like.zerosLike().add(parameters.get(NULL_CONDITION));
  }

  /**
   * Replaces the conditions of some examples by the learned one.
   *
   * @param condition axes [batch, condition]
   * @param drop which examples
   * @return same axes, in its manager
   */
  public NDArray dropConditions(Parameters parameters, NDArray condition, boolean[] drop) {
    float[] keep = new float[drop.length];
    for (int b = 0; b < drop.length; b++) {
      keep[b] = drop[b] ? 0 : 1;
    }
    NDArray mask = condition.getManager().create(keep, new Shape(drop.length, 1));
    return condition.mul(mask).add(nullCondition(parameters, condition).mul(mask.neg().add(1f)));
  }

  /**
   * Predicts {@code spec().target()}.
   *
   * @param parameters parameters of {@link #layout()}
   * @param z noised latents, axes [batch, node, latent]
   * @param times time of each sample, in (0, 1]
   * @param condition axes [batch, condition]
   */
  public NDArray predict(Parameters parameters, NDArray z, float[] times, NDArray condition) {
    NDArray time = z.getManager().create(embed(times), new Shape(times.length, spec.width()));
    NDArray sum =
        Layers.feedForward(parameters, "time", time)
            .add(Layers.feedForward(parameters, "condition", condition));
    NDArray c = sum.mul(Activation.sigmoid(sum));
    NDArray x = Layers.linear(parameters, "in", z).add(parameters.get("node"));
    for (int b = 0; b < spec.blocks(); b++) {
      x = block(parameters, "blocks." + b, x, c);
    }
    NDList m = modulation(parameters, "final.modulation", c, 2);
    return Layers.linear(parameters, "out", modulate(parameters, x, m.get(0), m.get(1)));
  }

  private NDArray block(Parameters parameters, String name, NDArray x, NDArray c) {
    NDList m = modulation(parameters, name + ".modulation", c, 6);
    NDArray attended =
        Layers.attention(
            parameters,
            name + ".attention",
            modulate(parameters, x, m.get(0), m.get(1)),
            spec.heads());
    NDArray y = x.add(attended.mul(m.get(2)));
    NDArray fed =
        Layers.feedForward(parameters, name + ".mlp", modulate(parameters, y, m.get(3), m.get(4)));
    return y.add(fed.mul(m.get(5)));
  }

  /** Shifts, scales and gates of one block, each axes [batch, 1, width]. */
  private static NDList modulation(Parameters parameters, String name, NDArray c, int parts) {
    return Layers.linear(parameters, name, c).expandDims(1).split(parts, 2);
  }

  private static NDArray modulate(Parameters parameters, NDArray x, NDArray shift, NDArray scale) {
    NDArray plain = Layers.normalise(x, parameters.get("one"), parameters.get("zero"));
    return plain.mul(scale.add(1f)).add(shift);
  }

  /** Sinusoids of the time with geometrically spaced frequencies 1 .. 1000. */
  private float[] embed(float[] times) {
    int half = spec.width() / 2;
    float[] embedding = new float[times.length * spec.width()];
    for (int b = 0; b < times.length; b++) {
      for (int i = 0; i < half; i++) {
        double angle = times[b] * Math.pow(MAX_FREQUENCY, (double) i / half);
        embedding[b * spec.width() + i] = (float) Math.sin(angle);
        embedding[b * spec.width() + half + i] = (float) Math.cos(angle);
      }
    }
    return embedding;
  }
}
