package io.dynadiff.models.expert;

import java.util.List;

/**
 * The weight graph of an expert and, at the same time, the order of its flat weight array.
 *
 * <p>Each layer is a matrix [node, feature]: one node per output channel, its features being all
 * weights that lead to it (paper section 3.2: weights, bias and merged skip). The flat array is the
 * concatenation of the layers' matrices, so splitting it gives the graph without moving a number.
 *
 * @param layers the layers, input side first
 */
public record WeightLayout(List<Layer> layers) {

  /**
   * Nodes that have the same features.
   *
   * @param name name of the layer
   * @param nodes number of nodes (output channels)
   * @param segments the features, in order
   */
  public record Layer(String name, int nodes, List<Segment> segments) {

    public Layer {
      segments = List.copyOf(segments);
      if (segments.isEmpty() || segments.stream().anyMatch(s -> s.nodes() != nodes)) {
        throw new IllegalArgumentException(
            "weight layout, "
                + name
                + ": expected segments for "
                + nodes
                + " nodes, found "
                + segments);
      }
    }

    /** Number of features of each node. */
    public int features() {
      return segments.stream().mapToInt(Segment::length).sum();
    }

    /** Number of weights: nodes times features. */
    public int size() {
      return Math.multiplyExact(nodes, features());
    }
  }

  /**
   * A run of features of one kind: one named tensor, of which each node has its part.
   *
   * @param tensor name of the tensor that holds these weights, as other software calls it
   * @param shape length of each axis of that tensor
   * @param nodeAxis the axis that runs over the layer's nodes; the others, row-major, are the
   *     features
   */
  public record Segment(String tensor, List<Integer> shape, int nodeAxis) {

    public Segment {
      shape = List.copyOf(shape);
      if (nodeAxis < 0 || nodeAxis >= shape.size() || shape.stream().anyMatch(axis -> axis < 1)) {
        throw new IllegalArgumentException(
            "weight layout, "
                + tensor
                + ": expected positive axes and one of them for the nodes, found axes "
                + shape
                + " and node axis "
                + nodeAxis);
      }
    }

    /** A tensor whose first axis runs over the nodes. */
    public static Segment of(String tensor, Integer... shape) {
      return new Segment(tensor, List.of(shape), 0);
    }

    /** Number of nodes. */
    public int nodes() {
      return shape.get(nodeAxis);
    }

    /** Number of features of each node. */
    public int length() {
      return Math.multiplyExact(product(0, nodeAxis), run());
    }

    /** Number of features that stand side by side in the row-major tensor. */
    int run() {
      return product(nodeAxis + 1, shape.size());
    }

    private int product(int from, int to) {
      return shape.subList(from, to).stream().reduce(1, Math::multiplyExact);
    }
  }

  public WeightLayout {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("weight layout: expected at least one layer, found none");
    }
  }

  /** Length of the flat weight array. */
  public int parameterCount() {
    return layers.stream().mapToInt(Layer::size).reduce(0, Math::addExact);
  }

  /** Number of nodes of all layers. */
  public int nodeCount() {
    return layers.stream().mapToInt(Layer::nodes).sum();
  }

  /** Index in the flat array at which each layer after the first begins. */
  public long[] layerStarts() {
    long[] starts = new long[layers.size() - 1];
    long at = 0;
    for (int i = 0; i < starts.length; i++) {
      at += layers.get(i).size();
      starts[i] = at;
    }
    return starts;
  }
}
