package io.dynadiff.models.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.expert.WeightLayout;
import io.dynadiff.models.expert.WeightLayout.Layer;
import io.dynadiff.models.nn.Layers;
import io.dynadiff.models.nn.ParameterLayout;
import io.dynadiff.models.nn.Parameters;
import java.util.List;

/**
 * Node-attention variational autoencoder of expert weights (paper section 3.3).
 *
 * <p>Every node of the weight graph becomes one token: a linear map for each layer brings its
 * features to a common width, a learned embedding tells nodes apart, transformer blocks let all
 * nodes attend to each other. Encoder and decoder have separate parameters, so that a bundle
 * carries the decoder alone. Pure functions; confined to one thread.
 */
public final class WeightVae {

  private final WeightLayout layout;
  private final VaeSpec spec;

  public WeightVae(WeightLayout layout, VaeSpec spec) {
    this.layout = layout;
    this.spec = spec;
  }

  /** Parameters of the encoder. */
  public ParameterLayout encoderLayout() {
    ParameterLayout parameters = new ParameterLayout();
    for (Layer layer : layout.layers()) {
      parameters.addLinear("in." + layer.name(), layer.features(), spec.width());
    }
    describeBlocks(parameters);
    // Small log-variances from the start: the weights themselves carry almost no noise.
    return parameters
        .addLayerNorm("norm", spec.width())
        .addLinear("mean", spec.width(), spec.latent())
        .add("deviation.weight", 0, 0, spec.width(), spec.latent())
        .add("deviation.bias", -4, 0, spec.latent());
  }

  /** Parameters of the decoder. */
  public ParameterLayout decoderLayout() {
    ParameterLayout parameters =
        new ParameterLayout().addLinear("latent", spec.latent(), spec.width());
    describeBlocks(parameters);
    parameters.addLayerNorm("norm", spec.width());
    for (Layer layer : layout.layers()) {
      parameters.addLinear("out." + layer.name(), spec.width(), layer.features());
    }
    return parameters;
  }

  private void describeBlocks(ParameterLayout parameters) {
    parameters.add("node", 0, 0.1, layout.nodeCount(), spec.width());
    for (int b = 0; b < spec.blocks(); b++) {
      Layers.describeTransformerBlock(parameters, "blocks." + b, spec.width());
    }
  }

  /**
   * A normal distribution over latents.
   *
   * @param mean axes [batch, node, latent]
   * @param logVariance same axes
   */
  public record Posterior(NDArray mean, NDArray logVariance) {}

  /** Encodes whitened weights, axes [batch, parameter]. */
  public Posterior encode(Parameters encoder, NDArray whitened) {
    long batch = whitened.getShape().get(0);
    NDList layers = whitened.split(layout.layerStarts(), 1);
    NDList tokens = new NDList();
    for (int l = 0; l < layers.size(); l++) {
      Layer layer = layout.layers().get(l);
      NDArray nodes = layers.get(l).reshape(batch, layer.nodes(), layer.features());
      tokens.add(Layers.linear(encoder, "in." + layer.name(), nodes));
    }
    NDArray x = NDArrays.concat(tokens, 1).add(encoder.get("node"));
    NDArray hidden = Layers.layerNorm(encoder, "norm", blocks(encoder, x));
    return new Posterior(
        Layers.linear(encoder, "mean", hidden), Layers.linear(encoder, "deviation", hidden));
  }

  /** Decodes latents, axes [batch, node, latent], to whitened weights, axes [batch, parameter]. */
  public NDArray decode(Parameters decoder, NDArray latents) {
    long batch = latents.getShape().get(0);
    NDArray x = Layers.linear(decoder, "latent", latents).add(decoder.get("node"));
    NDArray hidden = Layers.layerNorm(decoder, "norm", blocks(decoder, x));
    List<Layer> layers = layout.layers();
    long[] starts = new long[layers.size() - 1];
    long at = 0;
    for (int l = 0; l < starts.length; l++) {
      at += layers.get(l).nodes();
      starts[l] = at;
    }
    NDList nodes = hidden.split(starts, 1);
    NDList weights = new NDList();
    for (int l = 0; l < layers.size(); l++) {
      NDArray features = Layers.linear(decoder, "out." + layers.get(l).name(), nodes.get(l));
      weights.add(features.reshape(new Shape(batch, layers.get(l).size())));
    }
    return NDArrays.concat(weights, 1);
  }

  private NDArray blocks(Parameters parameters, NDArray x) {
    for (int b = 0; b < spec.blocks(); b++) {
      x = Layers.transformerBlock(parameters, "blocks." + b, x, spec.heads());
    }
    return x;
  }
}
