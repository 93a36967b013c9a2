package io.dynadiff.models.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.norm.LayerNorm;

/**
 * The few layers that the weight autoencoder, the diffusion transformer and the prompter share, as
 * pure functions of explicit parameters.
 *
 * <p>Results live in the manager of the first operand. Confined to one thread.
 */
public final class Layers {

  private static final float EPSILON = 1e-5f;

  private Layers() {}

  /** Linear map of the last axis. */
  public static NDArray linear(Parameters parameters, String name, NDArray x) {
    return x.matMul(parameters.get(name + ".weight")).add(parameters.get(name + ".bias"));
  }

  /** Layer normalisation over the last axis with learned scale and shift. */
  public static NDArray layerNorm(Parameters parameters, String name, NDArray x) {
    return normalise(x, parameters.get(name + ".weight"), parameters.get(name + ".bias"));
  }

  /** Layer normalisation over the last axis with the given scale and shift, axes [width]. */
  public static NDArray normalise(NDArray x, NDArray scale, NDArray shift) {
    Shape width = new Shape(x.getShape().get(x.getShape().dimension() - 1));
    return LayerNorm.layerNorm(x, width, scale, shift, EPSILON).singletonOrThrow();
  }

  /** Describes {@link #attention}. */
  public static void describeAttention(ParameterLayout layout, String name, int width) {
    layout.addLinear(name + ".qkv", width, 3 * width).addLinear(name + ".out", width, width);
  }

  /**
   * Multi-head self-attention over all nodes.
   *
   * @param x axes [batch, node, width]
   * @param heads number of heads; divides the width
   */
  public static NDArray attention(Parameters parameters, String name, NDArray x, int heads) {
    long batch = x.getShape().get(0);
    long nodes = x.getShape().get(1);
    long width = x.getShape().get(2);
    long perHead = width / heads;
    NDList qkv = linear(parameters, name + ".qkv", x).split(3, 2);
    NDArray q =
        Scalars.scale(heads(qkv.get(0), batch, nodes, heads, perHead), 1 / Math.sqrt(perHead));
    NDArray k = heads(qkv.get(1), batch, nodes, heads, perHead);
    NDArray v = heads(qkv.get(2), batch, nodes, heads, perHead);
    NDArray mixed = q.matMul(k.transpose(0, 1, 3, 2)).softmax(-1).matMul(v);
    return linear(
        parameters, name + ".out", mixed.transpose(0, 2, 1, 3).reshape(batch, nodes, width));
  }

  private static NDArray heads(NDArray x, long batch, long nodes, int heads, long perHead) {
    return x.reshape(batch, nodes, heads, perHead).transpose(0, 2, 1, 3);
  }

  /** Describes {@link #feedForward}. */
  public static void describeFeedForward(
      ParameterLayout layout, String name, int width, int inner) {
    layout.addLinear(name + ".in", width, inner).addLinear(name + ".out", inner, width);
  }

  /** Two linear maps with a GELU between. */
  public static NDArray feedForward(Parameters parameters, String name, NDArray x) {
    return linear(parameters, name + ".out", Activation.gelu(linear(parameters, name + ".in", x)));
  }

  /** Describes {@link #transformerBlock}. */
  public static void describeTransformerBlock(ParameterLayout layout, String name, int width) {
    layout.addLayerNorm(name + ".norm1", width).addLayerNorm(name + ".norm2", width);
    describeAttention(layout, name + ".attention", width);
    describeFeedForward(layout, name + ".mlp", width, 4 * width);
  }

  /** Pre-norm transformer block over nodes, axes [batch, node, width]. */
  public static NDArray transformerBlock(Parameters parameters, String name, NDArray x, int heads) {
    NDArray attended =
        x.add(
            attention(
                parameters, name + ".attention", layerNorm(parameters, name + ".norm1", x), heads));
    return attended.add(
        feedForward(parameters, name + ".mlp", layerNorm(parameters, name + ".norm2", attended)));
  }
}
