package io.dynadiff.models.expert;

import io.dynadiff.models.expert.WeightLayout.Layer;
import io.dynadiff.models.expert.WeightLayout.Segment;
import io.dynadiff.models.safetensors.NamedTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Converts between flat weights and the named tensors of a layout's segments. */
final class NamedWeights {

  private NamedWeights() {}

  /** What to do with each weight: where it stands in the flat array and in its tensor. */
  private interface Visitor {
    void visit(int flatIndex, int tensorIndex);
  }

  static List<NamedTensor> toNamed(WeightLayout layout, float[] flat) {
    if (flat.length != layout.parameterCount()) {
      throw new IllegalArgumentException(
          "expert weights: expected " + layout.parameterCount() + " values, found " + flat.length);
    }
    List<NamedTensor> tensors = new ArrayList<>();
    int layerStart = 0;
    for (Layer layer : layout.layers()) {
      int offset = 0;
      for (Segment segment : layer.segments()) {
        float[] values = new float[segment.nodes() * segment.length()];
        walk(layer, segment, layerStart + offset, (from, to) -> values[to] = flat[from]);
        tensors.add(new NamedTensor(segment.tensor(), shape(segment), values));
        offset += segment.length();
      }
      layerStart += layer.size();
    }
    return tensors;
  }

  static float[] toFlat(WeightLayout layout, Map<String, NamedTensor> tensors) {
    float[] flat = new float[layout.parameterCount()];
    int layerStart = 0;
    int used = 0;
    for (Layer layer : layout.layers()) {
      int offset = 0;
      for (Segment segment : layer.segments()) {
        float[] values = tensor(segment, tensors).values();
        used++;
        walk(layer, segment, layerStart + offset, (to, from) -> flat[to] = values[from]);
        offset += segment.length();
      }
      layerStart += layer.size();
    }
    if (used != tensors.size()) {
      throw new IllegalArgumentException(
          "expert tensors: expected " + used + ", found " + tensors.keySet());
    }
    return flat;
  }

  private static void walk(Layer layer, Segment segment, int start, Visitor visitor) {
    int length = segment.length();
    int run = segment.run();
    int features = layer.features();
    for (int node = 0; node < layer.nodes(); node++) {
      for (int feature = 0; feature < length; feature++) {
        int before = feature / run;
        visitor.visit(
            start + node * features + feature,
            (before * layer.nodes() + node) * run + feature % run);
      }
    }
  }

  private static NamedTensor tensor(Segment segment, Map<String, NamedTensor> tensors) {
    NamedTensor tensor = tensors.get(segment.tensor());
    long[] shape = shape(segment);
    if (tensor == null || !Arrays.equals(shape, tensor.shape())) {
      throw new IllegalArgumentException(
          "tensor "
              + segment.tensor()
              + ": expected shape "
              + Arrays.toString(shape)
              + ", found "
              + (tensor == null ? "none" : Arrays.toString(tensor.shape())));
    }
    return tensor;
  }

  private static long[] shape(Segment segment) {
    return segment.shape().stream().mapToLong(Integer::longValue).toArray();
  }
}
