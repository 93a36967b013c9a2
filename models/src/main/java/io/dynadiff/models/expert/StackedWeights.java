package io.dynadiff.models.expert;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.expert.WeightLayout.Layer;
import io.dynadiff.models.expert.WeightLayout.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * The flat weights of many experts, handed out layer by layer in the layout's order, so that a
 * network reads them in the order in which it uses them.
 *
 * <p>Confined to one thread and to one pass through a network.
 */
public final class StackedWeights {

  private final WeightLayout layout;
  private final long experts;
  private final NDList layers;
  private int next;

  /**
   * Splits flat weights.
   *
   * @param weights axes [expert, parameter]
   */
  public StackedWeights(WeightLayout layout, NDArray weights) {
    this.layout = layout;
    this.experts = weights.getShape().get(0);
    this.layers = weights.split(layout.layerStarts(), 1);
  }

  /** Segments of the next layer, in order: each axes [expert, node, feature]. */
  public NDList next() {
    Layer layer = layout.layers().get(next);
    NDArray nodes = layers.get(next).reshape(experts, layer.nodes(), layer.features());
    next++;
    List<Long> starts = new ArrayList<>();
    long at = 0;
    for (Segment segment : layer.segments()) {
      at += segment.length();
      starts.add(at);
    }
    starts.remove(starts.size() - 1);
    return nodes.split(starts.stream().mapToLong(Long::longValue).toArray(), 2);
  }

  /**
   * Product of every expert's own matrix with its channels.
   *
   * @param weight axes [expert, out, in]
   * @param u axes [expert, in, batch, point]
   * @return axes [expert, out, batch, point], in the manager of {@code u}
   */
  public static NDArray multiply(NDArray weight, NDArray u) {
    Shape axes = u.getShape();
    NDArray flat = u.reshape(axes.get(0), axes.get(1), axes.get(2) * axes.get(3));
    // A product belongs to its first operand's manager; here it must go with the activations.
    NDArray product = weight.matMul(flat);
    product.attach(u.getManager());
    return product.reshape(axes.get(0), weight.getShape().get(1), axes.get(2), axes.get(3));
  }

  /**
   * Affine map of every expert's channels.
   *
   * @param parts matrix [expert, out, in] and bias [expert, out, 1]
   * @param u axes [expert, in, batch, point]
   * @return axes [expert, out, batch, point], in the manager of {@code u}
   */
  public static NDArray affine(NDList parts, NDArray u) {
    return multiply(parts.get(0), u).add(parts.get(1).expandDims(3));
  }
}
