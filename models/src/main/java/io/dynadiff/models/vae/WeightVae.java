package io.dynadiff.models.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.dynadiff.models.expert.WeightLayout;
import io.dynadiff.models.expert.WeightLayout.Layer;
import io.dynadiff.models.nn.Layers;
import io.dynadiff.models.nn.ParameterLayout;
import io.dynadiff.models.nn.Parameters;

/**
 * Node-attention variational autoencoder of expert weights (paper section 3.3).
 *
 * <p>Every node of the weight graph becomes one token: a linear map for each layer brings its
 * features to a common width, a learned embedding tells nodes apart, transformer blocks let all
 * nodes attend to each other. Encoder and decoder have separate parameters, so that a bundle
 * carries the decoder alone. The specification may ask for tokens of equal length instead, or for
 * no autoencoder at all, which has no parameters. Pure functions; confined to one thread.
 */
public final class WeightVae {

  private final WeightTokens tokens;
  private final VaeSpec spec;

  public WeightVae(WeightLayout layout, VaeSpec spec) {
    this.tokens = new WeightTokens(layout, spec.tokenLength());
    this.spec = spec;
  }

  /** Number of tokens: axis [node] of latents. */
  public int nodes() {
    return tokens.count();
  }

  /** Latent numbers per token. */
  public int latent() {
    return spec.present() ? spec.latent() : tokens.longest();
  }

  /** Parameters of the encoder. */
  public ParameterLayout encoderLayout() {
    ParameterLayout parameters = new ParameterLayout();
    if (!spec.present()) {
      return parameters;
    }
    for (Layer layer : tokens.groups()) {
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
    ParameterLayout parameters = new ParameterLayout();
    if (!spec.present()) {
      return parameters;
    }
    parameters.addLinear("latent", spec.latent(), spec.width());
    describeBlocks(parameters);
    parameters.addLayerNorm("norm", spec.width());
    for (Layer layer : tokens.groups()) {
      parameters.addLinear("out." + layer.name(), spec.width(), layer.features());
    }
    return parameters;
  }

  private void describeBlocks(ParameterLayout parameters) {
    parameters.add("node", 0, 0.1, tokens.count(), spec.width());
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

  /**
   * Encodes whitened weights, axes [batch, parameter].
   *
   * @throws IllegalStateException if there is no autoencoder
   */
  public Posterior encode(Parameters encoder, NDArray whitened) {
    if (!spec.present()) {
      throw new IllegalStateException("expected an autoencoder to encode with, found none");
    }
    NDList groups = tokens.cut(whitened);
    NDList embedded = new NDList();
    for (int g = 0; g < groups.size(); g++) {
      embedded.add(Layers.linear(encoder, "in." + tokens.groups().get(g).name(), groups.get(g)));
    }
    NDArray x = WeightTokens.sideBySide(embedded).add(encoder.get("node"));
    NDArray hidden = Layers.layerNorm(encoder, "norm", blocks(encoder, x));
    return new Posterior(
        Layers.linear(encoder, "mean", hidden), Layers.linear(encoder, "deviation", hidden));
  }

  /**
   * Latents without noise, axes [batch, node, latent], of whitened weights, axes [batch,
   * parameter]: the posterior's mean, or the padded weights where there is no autoencoder.
   */
  public NDArray latents(Parameters encoder, NDArray whitened) {
    return spec.present() ? encode(encoder, whitened).mean() : tokens.padded(whitened);
  }

  /** Decodes latents, axes [batch, node, latent], to whitened weights, axes [batch, parameter]. */
  public NDArray decode(Parameters decoder, NDArray latents) {
    if (!spec.present()) {
      return tokens.unpadded(latents);
    }
    NDArray x = Layers.linear(decoder, "latent", latents).add(decoder.get("node"));
    NDArray hidden = Layers.layerNorm(decoder, "norm", blocks(decoder, x));
    NDList groups = tokens.ofGroups(hidden);
    NDList weights = new NDList();
    for (int g = 0; g < groups.size(); g++) {
      weights.add(Layers.linear(decoder, "out." + tokens.groups().get(g).name(), groups.get(g)));
    }
    return tokens.join(weights);
  }

  private NDArray blocks(Parameters parameters, NDArray x) {
    for (int b = 0; b < spec.blocks(); b++) {
      x = Layers.transformerBlock(parameters, "blocks." + b, x, spec.heads());
    }
    return x;
  }
}
