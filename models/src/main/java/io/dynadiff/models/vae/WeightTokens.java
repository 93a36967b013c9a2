package io.dynadiff.models.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.expert.WeightLayout;
import io.dynadiff.models.expert.WeightLayout.Layer;
import io.dynadiff.models.expert.WeightLayout.Segment;
import java.util.List;

/**
 * How flat expert weights are cut into tokens: by the nodes of the weight graph, or into pieces of
 * one length without regard to what leads where, as other work on weight generation does.
 *
 * <p>Tokens of equal length form a group; every group has linear maps of its own. Confined to one
 * thread.
 */
final class WeightTokens {

  private final WeightLayout layout;
  private final int weights;

  /**
   * @param layout the weight graph
   * @param length weights per token, 0 for the nodes
   */
  WeightTokens(WeightLayout layout, int length) {
    this.weights = layout.parameterCount();
    this.layout = length == 0 ? layout : sequence(weights, length);
  }

  /** Pieces of the flat array; the last one is filled up with zeros. */
  private static WeightLayout sequence(int weights, int length) {
    int pieces = (weights + length - 1) / length;
    return new WeightLayout(
        List.of(new Layer("sequence", pieces, List.of(Segment.of("sequence", pieces, length)))));
  }

  /** Groups of tokens, in order. */
  List<Layer> groups() {
    return layout.layers();
  }

  /** Number of tokens. */
  int count() {
    return layout.nodeCount();
  }

  /** Length of the longest token. */
  int longest() {
    return groups().stream().mapToInt(Layer::features).max().orElseThrow();
  }

  /** Cuts weights, axes [batch, weight], into the tokens of each group, [batch, token, feature]. */
  NDList cut(NDArray flat) {
    long batch = flat.getShape().get(0);
    NDList groups = filled(flat, layout.parameterCount()).split(layout.layerStarts(), 1);
    NDList tokens = new NDList();
    for (int g = 0; g < groups.size(); g++) {
      Layer group = groups().get(g);
      tokens.add(groups.get(g).reshape(batch, group.nodes(), group.features()));
    }
    return tokens;
  }

  /** The inverse of {@link #cut}. */
  NDArray join(NDList tokens) {
    NDList groups = new NDList();
    for (int g = 0; g < tokens.size(); g++) {
      NDArray group = tokens.get(g);
      groups.add(group.reshape(new Shape(group.getShape().get(0), groups().get(g).size())));
    }
    NDArray flat = sideBySide(groups);
    return layout.parameterCount() == weights ? flat : flat.split(new long[] {weights}, 1).get(0);
  }

  /** Puts groups one after the other along axis 1. */
  static NDArray sideBySide(NDList groups) {
    // The engine library copies a single array, without what it takes to compute gradients.
    return groups.size() == 1 ? groups.get(0) : NDArrays.concat(groups, 1);
  }

  /** Splits what is the same for all tokens, axes [batch, token, x], into the groups. */
  NDList ofGroups(NDArray all) {
    long[] starts = new long[groups().size() - 1];
    long at = 0;
    for (int g = 0; g < starts.length; g++) {
      at += groups().get(g).nodes();
      starts[g] = at;
    }
    return all.split(starts, 1);
  }

  /** All tokens side by side, each filled up with zeros to the longest. */
  NDArray padded(NDArray flat) {
    NDList same = new NDList();
    for (NDArray group : cut(flat)) {
      same.add(filled(group, longest()));
    }
    return sideBySide(same);
  }

  /** The inverse of {@link #padded}, whatever stands where it was filled up. */
  NDArray unpadded(NDArray padded) {
    NDList groups = ofGroups(padded);
    NDList tokens = new NDList();
    for (int g = 0; g < groups.size(); g++) {
      int features = groups().get(g).features();
      tokens.add(
          features == longest()
              ? groups.get(g)
              : groups.get(g).split(new long[] {features}, 2).get(0));
    }
    return join(tokens);
  }

  /** Fills the last axis up with zeros. */
  private static NDArray filled(NDArray x, long length) {
    int last = x.getShape().dimension() - 1;
    long[] axes = x.getShape().getShape().clone();
    axes[last] = length - axes[last];
    return axes[last] == 0
        ? x
        : NDArrays.concat(new NDList(x, x.getManager().zeros(new Shape(axes))), last);
  }
}
