package io.dynadiff.models.fno;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.dynadiff.models.expert.Coordinates;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.StackedWeights;
import io.dynadiff.models.expert.WeightLayout;
import io.dynadiff.physics.field.FieldShape;

/**
 * Fourier neural operator (paper appendix I), many experts at once.
 *
 * <p>Lifting (two 1x1 maps with a GELU between), blocks, projection (two 1x1 maps with a GELU
 * between). A block is {@code v = K u + W u + b}, with a map over channels followed by {@code M
 * GELU(v) + g u}; every block but the last ends with a GELU, and only those have the one inside.
 * Activations keep axes [expert, channel, batch, point], so that every 1x1 map is one product per
 * expert and every transform one product for all. Confined to one thread.
 */
final class FnoNetwork implements ExpertNetwork {

  private final ExpertSpec spec;
  private final FnoForm form;
  private final WeightLayout layout;
  private final NDManager manager;
  private final SpectralConvolution convolution;
  private final NDArray coordinates;

  /** Keeps the constant matrices under {@code parent} until {@link #close}. */
  FnoNetwork(ExpertSpec spec, FnoForm form, NDManager parent) {
    this.spec = spec;
    this.form = form;
    this.layout = spec.layout();
    this.manager = parent.newSubManager();
    this.convolution = new SpectralConvolution(form.shape(), form.wavenumbers(), manager);
    int channels = form.coordinates().channels();
    this.coordinates =
        channels == 0
            ? null
            : manager.create(
                coordinates(form.shape(), form.coordinates()),
                new Shape(1, channels, 1, form.shape().points()));
  }

  /** Coordinates of every point, axes [1, coordinate, 1, point]; y before x, sine before cosine. */
  static float[] coordinates(FieldShape shape, Coordinates kind) {
    int points = shape.points();
    float[] values = new float[kind.channels() * points];
    for (int p = 0; p < points; p++) {
      // In [0, 1) with the right end excluded.
      double y = (double) (p / shape.width()) / shape.height();
      double x = (double) (p % shape.width()) / shape.width();
      double[] place =
          switch (kind) {
            case NONE -> new double[0];
            case LINEAR -> new double[] {y, x};
            case CYCLIC ->
                new double[] {
                  Math.sin(2 * Math.PI * y),
                  Math.cos(2 * Math.PI * y),
                  Math.sin(2 * Math.PI * x),
                  Math.cos(2 * Math.PI * x)
                };
          };
      for (int c = 0; c < place.length; c++) {
        values[c * points + p] = (float) place[c];
      }
    }
    return values;
  }

  @Override
  public NDArray step(NDArray weights, NDArray state, NDArray clock) {
    return spec.next(state, change(weights, state, clock));
  }

  @Override
  public NDArray change(NDArray weights, NDArray state, NDArray clock) {
    StackedWeights layers = new StackedWeights(layout, weights);
    NDArray u = withInputs(state, clock);
    u = Activation.gelu(StackedWeights.affine(layers.next(), u));
    u = StackedWeights.affine(layers.next(), u);
    for (int l = 0; l < form.layers(); l++) {
      u = block(layers, u, l == form.layers() - 1);
    }
    u = Activation.gelu(StackedWeights.affine(layers.next(), u));
    return StackedWeights.affine(layers.next(), u);
  }

  /** Appends the coordinate and clock channels. */
  private NDArray withInputs(NDArray state, NDArray clock) {
    Shape axes = state.getShape();
    Shape pair = new Shape(axes.get(0), 2, axes.get(2), axes.get(3));
    NDList inputs = new NDList(state);
    if (coordinates != null) {
      NDArray spread =
          coordinates.broadcast(
              new Shape(axes.get(0), form.coordinates().channels(), axes.get(2), axes.get(3)));
      spread.attach(state.getManager());
      inputs.add(spread);
    }
    if (form.clock()) {
      inputs.add(clock.broadcast(pair));
    }
    return inputs.size() == 1 ? state : NDArrays.concat(inputs, 1);
  }

  private NDArray block(StackedWeights layers, NDArray u, boolean last) {
    // spectral weights, skip, bias
    NDList parts = layers.next();
    NDArray v =
        convolution
            .apply(parts.get(0), u)
            .add(StackedWeights.multiply(parts.get(1), u))
            .add(parts.get(2).expandDims(3));
    if (!last) {
      v = Activation.gelu(v);
    }
    if (!form.channelMlp()) {
      return v;
    }
    NDArray inner = Activation.gelu(StackedWeights.affine(layers.next(), v));
    // weight, bias, gate of the skip from the block's input
    NDList outer = layers.next();
    NDArray mapped = StackedWeights.affine(outer, inner).add(u.mul(outer.get(2).expandDims(3)));
    return last ? mapped : Activation.gelu(mapped);
  }

  @Override
  public void close() {
    manager.close();
  }
}
