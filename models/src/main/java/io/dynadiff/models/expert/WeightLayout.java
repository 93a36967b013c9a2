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
   * A run of features of one kind.
   *
   * @param tensor neuraloperator's name of the tensor that holds these weights
   * @param length number of features
   */
  public record Segment(String tensor, int length) {

    public Segment {
      if (length < 1) {
        throw new IllegalArgumentException(
            "weight layout, " + tensor + ": expected at least one feature, found " + length);
      }
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

  /** Layer of each node, in node order. */
  public int[] layerOfNode() {
    int[] layerOfNode = new int[nodeCount()];
    for (int layer = 0, node = 0; layer < layers.size(); layer++) {
      for (int i = 0; i < layers.get(layer).nodes(); i++) {
        layerOfNode[node++] = layer;
      }
    }
    return layerOfNode;
  }
}
