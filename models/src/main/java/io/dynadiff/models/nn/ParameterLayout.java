package io.dynadiff.models.nn;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Names, shapes and order of a network's parameters inside one flat vector.
 *
 * <p>One vector per network keeps the optimiser, the exponential average and a checkpoint at a few
 * engine calls each, whatever the number of layers. Filled once while a network is described, then
 * only read.
 */
public final class ParameterLayout {

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private int size;

  private record Entry(Shape shape, double mean, double deviation) {}

  /** Adds a tensor whose initial values are normal with the given mean and standard deviation. */
  public ParameterLayout add(String name, double mean, double deviation, long... shape) {
    Entry entry = new Entry(new Shape(shape), mean, deviation);
    if (entries.put(name, entry) != null) {
      throw new IllegalArgumentException("parameter " + name + " is described twice");
    }
    size = Math.addExact(size, Math.toIntExact(entry.shape.size()));
    return this;
  }

  /** Adds the weight [in, out] and the zero bias [out] of a linear map. */
  public ParameterLayout addLinear(String name, int in, int out) {
    return add(name + ".weight", 0, 1 / Math.sqrt(in), in, out).add(name + ".bias", 0, 0, out);
  }

  /** Adds a linear map that starts at zero. */
  public ParameterLayout addZeroLinear(String name, int in, int out) {
    return add(name + ".weight", 0, 0, in, out).add(name + ".bias", 0, 0, out);
  }

  /** Adds the scale and shift of a layer normalisation. */
  public ParameterLayout addLayerNorm(String name, int width) {
    return add(name + ".weight", 1, 0, width).add(name + ".bias", 0, 0, width);
  }

  /** Length of the flat vector. */
  public int size() {
    return size;
  }

  /** Names in order. */
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /** Shape of one tensor. */
  public Shape shape(String name) {
    return entry(name).shape;
  }

  /** Draws initial values, the same for the same seed. */
  public float[] initialValues(long seed) {
    Random random = new Random(seed);
    float[] values = new float[size];
    int at = 0;
    for (Entry entry : entries.values()) {
      for (long i = 0; i < entry.shape.size(); i++) {
        values[at++] = (float) (entry.mean + entry.deviation * random.nextGaussian());
      }
    }
    return values;
  }

  /** Index at which each tensor after the first begins. */
  long[] starts() {
    List<Long> starts = new ArrayList<>();
    long at = 0;
    for (Entry entry : entries.values()) {
      if (at > 0) {
        starts.add(at);
      }
      at += entry.shape.size();
    }
    return starts.stream().mapToLong(Long::longValue).toArray();
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "parameter " + name + " is unknown; known are " + entries.keySet());
    }
    return entry;
  }
}
