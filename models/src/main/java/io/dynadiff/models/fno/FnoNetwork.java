package io.dynadiff.models.fno;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.WeightLayout;
import io.dynadiff.models.expert.WeightLayout.Layer;
import io.dynadiff.models.expert.WeightLayout.Segment;
import io.dynadiff.physics.field.FieldShape;
import java.util.List;

/**
 * Fourier neural operator (paper appendix I, without the channel MLP), many experts at once.
 *
 * <p>Lifting (two 1x1 maps with a GELU between), blocks {@code GELU(K u + W u + b)} without the
 * GELU in the last one, projection (two 1x1 maps with a GELU between). Activations keep axes
 * [expert, channel, batch, point], so that every 1x1 map is one product per expert and every
 * transform one product for all. Confined to one thread.
 */
final class FnoNetwork implements ExpertNetwork {

  private final ExpertSpec spec;
  private final FnoSizes sizes;
  private final WeightLayout layout;
  private final NDManager manager;
  private final NDArray analysis;
  private final NDArray synthesis;
  private final NDArray coordinates;

  /** Keeps the constant matrices under {@code parent} until {@link #close}. */
  public FnoNetwork(ExpertSpec spec, NDManager parent) {
    this.spec = spec;
    this.sizes = FnoSizes.of(spec);
    this.layout = spec.layout();
    this.manager = parent.newSubManager();
    FieldShape shape = spec.fieldShape();
    int modes = sizes.modes();
    this.analysis =
        manager.create(FourierBasis.analysis(spec), new Shape(shape.points(), 2L * modes));
    this.synthesis =
        manager.create(FourierBasis.synthesis(spec), new Shape(2L * modes, shape.points()));
    this.coordinates = spec.periodic() ? null : coordinates(shape);
  }

  /** Coordinates in [0, 1) with the right end excluded, axes [1, (y, x), 1, point]. */
  private NDArray coordinates(FieldShape shape) {
    float[] values = new float[2 * shape.points()];
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        values[y * shape.width() + x] = (float) y / shape.height();
        values[shape.points() + y * shape.width() + x] = (float) x / shape.width();
      }
    }
    return manager.create(values, new Shape(1, 2, 1, shape.points()));
  }

  @Override
  public NDArray step(NDArray weights, NDArray state, NDArray clock) {
    return spec.next(state, change(weights, state, clock));
  }

  @Override
  public NDArray change(NDArray weights, NDArray state, NDArray clock) {
    Shape axes = state.getShape();
    long experts = axes.get(0);
    long batch = axes.get(2);
    NDList layers = weights.split(layout.layerStarts(), 1);
    NDArray u = withInputs(state, clock);
    u = Activation.gelu(pointwise(matrix(layers, 0, experts), u));
    u = pointwise(matrix(layers, 1, experts), u);
    for (int l = 0; l < sizes.layers(); l++) {
      u = block(matrix(layers, 2 + l, experts), u, experts, batch);
      if (l < sizes.layers() - 1) {
        u = Activation.gelu(u);
      }
    }
    u = Activation.gelu(pointwise(matrix(layers, 2 + sizes.layers(), experts), u));
    return pointwise(matrix(layers, 3 + sizes.layers(), experts), u);
  }

  /** Appends the coordinate and clock channels. */
  private NDArray withInputs(NDArray state, NDArray clock) {
    Shape axes = state.getShape();
    Shape pair = new Shape(axes.get(0), 2, axes.get(2), axes.get(3));
    NDList inputs = new NDList(state);
    if (coordinates != null) {
      NDArray spread = coordinates.broadcast(pair);
      spread.attach(state.getManager());
      inputs.add(spread);
    }
    if (spec.clockPeriodMillis() > 0) {
      inputs.add(clock.broadcast(pair));
    }
    return inputs.size() == 1 ? state : NDArrays.concat(inputs, 1);
  }

  /** Features of one layer's nodes, split into segments: each [expert, node, feature]. */
  private NDList matrix(NDList layers, int index, long experts) {
    Layer layer = layout.layers().get(index);
    NDArray nodes = layers.get(index).reshape(experts, layer.nodes(), layer.features());
    List<Segment> segments = layer.segments();
    long[] starts = new long[segments.size() - 1];
    long at = 0;
    for (int i = 0; i < starts.length; i++) {
      at += segments.get(i).length();
      starts[i] = at;
    }
    return nodes.split(starts, 2);
  }

  /** A 1x1 map with bias; {@code parts} are its weight and bias. */
  private static NDArray pointwise(NDList parts, NDArray u) {
    return multiply(parts.get(0), u).add(parts.get(1).expandDims(3));
  }

  /** Product over channels: [expert, out, in] with [expert, in, batch, point]. */
  private static NDArray multiply(NDArray weight, NDArray u) {
    Shape axes = u.getShape();
    NDArray flat = u.reshape(axes.get(0), axes.get(1), axes.get(2) * axes.get(3));
    // A product belongs to its first operand's manager; here it must go with the activations.
    NDArray product = weight.matMul(flat);
    product.attach(u.getManager());
    return product.reshape(axes.get(0), weight.getShape().get(1), axes.get(2), axes.get(3));
  }

  /** Spectral convolution + 1x1 skip + bias; {@code parts} are spectral, skip and bias. */
  private NDArray block(NDList parts, NDArray u, long experts, long batch) {
    NDArray spectral = spectral(parts.get(0), u, experts, batch);
    return spectral.add(multiply(parts.get(1), u)).add(parts.get(2).expandDims(3));
  }

  private NDArray spectral(NDArray weight, NDArray u, long experts, long batch) {
    int hidden = sizes.hidden();
    int modes = sizes.modes();
    NDArray coefficients =
        u.matMul(analysis)
            .reshape(experts, hidden, batch, 2, modes)
            .transpose(0, 4, 2, 3, 1)
            .reshape(experts, modes, batch, 2L * hidden);
    NDArray mixed = coefficients.matMul(realBlocks(weight, experts));
    return mixed
        .reshape(experts, modes, batch, 2, hidden)
        .transpose(0, 4, 2, 3, 1)
        .reshape(experts, hidden, batch, 2L * modes)
        .matMul(synthesis);
  }

  /** Complex weights as real blocks [[Re, Im], [-Im, Re]], axes [expert, mode, 2 in, 2 out]. */
  private NDArray realBlocks(NDArray weight, long experts) {
    int hidden = sizes.hidden();
    int modes = sizes.modes();
    NDList parts =
        weight.reshape(experts, hidden, hidden, modes, 2).transpose(0, 3, 4, 2, 1).split(2, 2);
    NDArray re = parts.get(0).squeeze(2);
    NDArray im = parts.get(1).squeeze(2);
    return re.concat(im, 3).concat(im.neg().concat(re, 3), 2);
  }

  @Override
  public void close() {
    manager.close();
  }
}
