package io.dynadiff.models.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The named tensors of a network as views of its flat vector; gradients flow back to the vector.
 *
 * <p>The views live in the vector's manager. Confined to one thread.
 */
public final class Parameters {

  private final Map<String, NDArray> byName = new HashMap<>();

  /**
   * Splits a flat vector.
   *
   * @param layout names and shapes
   * @param flat the vector, axes [parameter]
   */
  public Parameters(ParameterLayout layout, NDArray flat) {
    if (layout.size() == 0) {
      return;
    }
    NDList parts = flat.split(layout.starts());
    List<String> names = layout.names();
    for (int i = 0; i < names.size(); i++) {
      byName.put(names.get(i), parts.get(i).reshape(layout.shape(names.get(i))));
    }
  }

  /** Returns one tensor. */
  public NDArray get(String name) {
    NDArray tensor = byName.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("parameter " + name + " is unknown");
    }
    return tensor;
  }
}
