package io.dynadiff.models.fno;

import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.WeightLayout.Layer;
import io.dynadiff.models.expert.WeightLayout.Segment;
import io.dynadiff.models.safetensors.NamedTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Converts between flat weights and named tensors with neuraloperator's names and shapes: 1x1 maps
 * (out, in, 1), spectral weights (in, out, modesY, modesX, 2) with the real and imaginary part as
 * last axis, block biases (out, 1, 1), other biases (out).
 */
final class FnoTensors {

  private FnoTensors() {}

  /** Flat weights to named tensors. */
  public static List<NamedTensor> toNamed(ExpertSpec spec, float[] flat) {
    if (flat.length != spec.parameterCount()) {
      throw new IllegalArgumentException(
          "expert weights: expected " + spec.parameterCount() + " values, found " + flat.length);
    }
    List<NamedTensor> tensors = new ArrayList<>();
    int at = 0;
    for (Layer layer : spec.layout().layers()) {
      int offset = 0;
      for (Segment segment : layer.segments()) {
        float[] values = new float[layer.nodes() * segment.length()];
        for (int node = 0; node < layer.nodes(); node++) {
          for (int f = 0; f < segment.length(); f++) {
            values[position(spec, layer, segment, node, f)] =
                flat[at + node * layer.features() + offset + f];
          }
        }
        tensors.add(new NamedTensor(segment.tensor(), shape(spec, layer, segment), values));
        offset += segment.length();
      }
      at += layer.size();
    }
    return tensors;
  }

  /**
   * Named tensors to flat weights.
   *
   * @throws IllegalArgumentException if a tensor is missing, unknown or of another shape
   */
  public static float[] toFlat(ExpertSpec spec, Map<String, NamedTensor> tensors) {
    float[] flat = new float[spec.parameterCount()];
    int at = 0;
    int used = 0;
    for (Layer layer : spec.layout().layers()) {
      int offset = 0;
      for (Segment segment : layer.segments()) {
        NamedTensor tensor = tensors.get(segment.tensor());
        long[] shape = shape(spec, layer, segment);
        if (tensor == null || !java.util.Arrays.equals(shape, tensor.shape())) {
          throw new IllegalArgumentException(
              "tensor "
                  + segment.tensor()
                  + ": expected shape "
                  + java.util.Arrays.toString(shape)
                  + ", found "
                  + (tensor == null ? "none" : java.util.Arrays.toString(tensor.shape())));
        }
        used++;
        for (int node = 0; node < layer.nodes(); node++) {
          for (int f = 0; f < segment.length(); f++) {
            flat[at + node * layer.features() + offset + f] =
                tensor.values()[position(spec, layer, segment, node, f)];
          }
        }
        offset += segment.length();
      }
      at += layer.size();
    }
    if (used != tensors.size()) {
      throw new IllegalArgumentException(
          "expert tensors: expected " + used + ", found " + tensors.keySet());
    }
    return flat;
  }

  private static boolean isSpectral(Layer layer, Segment segment) {
    return layer.segments().size() == 3 && segment == layer.segments().get(0);
  }

  private static long[] shape(ExpertSpec spec, Layer layer, Segment segment) {
    if (isSpectral(layer, segment)) {
      FnoSizes sizes = FnoSizes.of(spec);
      return new long[] {sizes.hidden(), layer.nodes(), sizes.modesY(), sizes.modesX(), 2};
    }
    if (segment.tensor().endsWith(".bias")) {
      return layer.segments().size() == 3
          ? new long[] {layer.nodes(), 1, 1}
          : new long[] {layer.nodes()};
    }
    return new long[] {layer.nodes(), segment.length(), 1};
  }

  private static int position(
      ExpertSpec spec, Layer layer, Segment segment, int node, int feature) {
    if (isSpectral(layer, segment)) {
      int perInput = segment.length() / FnoSizes.of(spec).hidden();
      int input = feature / perInput;
      return (input * layer.nodes() + node) * perInput + feature % perInput;
    }
    return node * segment.length() + feature;
  }
}
