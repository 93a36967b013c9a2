package io.dynadiff.physics.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One array of a Zarr store; keeps a bounded number of unpacked chunks. */
final class ZarrVariable implements ArrayVariable {
  /** Neighbouring blocks share chunks; so many bytes of them are kept. */
  private static final long KEPT_BYTES = 32L << 20;

  private final Path store;
  private final String name;
  private final ZarrLayout layout;
  private final JsonNode attributes;
  private final Map<String, ByteBuffer> kept = new LinkedHashMap<>(16, 0.75f, true);

  ZarrVariable(Path store, String name, ZarrLayout layout, JsonNode attributes) {
    this.store = store;
    this.name = name;
    this.layout = layout;
    this.attributes = attributes;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> dimensions() {
    List<String> names = new ArrayList<>();
    JsonNode given = attributes.path("_ARRAY_DIMENSIONS");
    for (int axis = 0; axis < layout.shape().length; axis++) {
      names.add(given.path(axis).asText("?"));
    }
    return List.copyOf(names);
  }

  @Override
  public int[] shape() {
    return layout.shape().clone();
  }

  @Override
  public boolean numeric() {
    return layout.numeric();
  }

  @Override
  public Optional<String> text(String attribute) {
    JsonNode value = attributes.path(attribute);
    return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
  }

  /** Zarr's own fill value counts as CF's, unless the attributes name another. */
  @Override
  public Optional<Double> number(String attribute) {
    JsonNode value = attributes.path(attribute);
    if (value.isNumber()) {
      return Optional.of(value.asDouble());
    }
    return attribute.equals("_FillValue") ? Optional.ofNullable(layout.fill()) : Optional.empty();
  }

  @Override
  public double[] read(int[] offset, int[] count) {
    int axes = offset.length;
    int values = 1;
    for (int n : count) {
      values = Math.multiplyExact(values, n);
    }
    double[] out = new double[values];
    int[] first = new int[axes];
    int[] last = new int[axes];
    for (int axis = 0; axis < axes; axis++) {
      first[axis] = offset[axis] / layout.chunks()[axis];
      last[axis] = (offset[axis] + count[axis] - 1) / layout.chunks()[axis];
    }
    int[] chunk = first.clone();
    do {
      copy(chunk(chunk), chunk, offset, count, out);
    } while (next(chunk, first, last));
    return out;
  }

  /** Steps to the next index within bounds, last axis fastest; false after the last one. */
  private static boolean next(int[] index, int[] first, int[] last) {
    for (int axis = index.length - 1; axis >= 0; axis--) {
      if (++index[axis] <= last[axis]) {
        return true;
      }
      index[axis] = first[axis];
    }
    return false;
  }

  /** Copies what a chunk and a block have in common. */
  private void copy(ByteBuffer data, int[] chunk, int[] offset, int[] count, double[] out) {
    int axes = chunk.length;
    int[] from = new int[axes];
    int[] to = new int[axes];
    for (int axis = 0; axis < axes; axis++) {
      int begin = chunk[axis] * layout.chunks()[axis];
      from[axis] = Math.max(offset[axis], begin);
      to[axis] = Math.min(offset[axis] + count[axis], begin + layout.chunks()[axis]) - 1;
    }
    int[] index = from.clone();
    do {
      int source = 0;
      int target = 0;
      for (int axis = 0; axis < axes; axis++) {
        source = source * layout.chunks()[axis] + index[axis] % layout.chunks()[axis];
        target = target * count[axis] + index[axis] - offset[axis];
      }
      out[target] = data == null ? layout.fill() : layout.number(data, source);
    } while (next(index, from, to));
  }

  /** An unpacked chunk; null where the store has none and its fill value stands for it. */
  private ByteBuffer chunk(int[] index) {
    StringBuilder key = new StringBuilder();
    for (int i : index) {
      key.append(key.isEmpty() ? "" : layout.separator()).append(i);
    }
    String chunkName = key.isEmpty() ? "0" : key.toString();
    ByteBuffer known = kept.get(chunkName);
    if (known != null) {
      return known;
    }
    Path file = store.resolve(name).resolve(chunkName);
    if (!Files.exists(file)) {
      if (layout.fill() == null) {
        throw new RecordedDataException(
            file + ": expected a chunk, found none; the store is incomplete, copy it again");
      }
      return null;
    }
    ByteBuffer unpacked =
        ByteBuffer.wrap(unpack(file))
            .order(layout.order())
            .asReadOnlyBuffer()
            .order(layout.order());
    long room = Math.max(1, KEPT_BYTES / Math.max(1, layout.chunkBytes()));
    while (kept.size() >= room) {
      kept.remove(kept.keySet().iterator().next());
    }
    kept.put(chunkName, unpacked);
    return unpacked;
  }

  private byte[] unpack(Path file) {
    try {
      return ZarrCodec.unpack(layout.codec(), Files.readAllBytes(file), layout.chunkBytes());
    } catch (IOException e) {
      throw new RecordedDataException(file + ": cannot be read: " + e, e);
    } catch (IllegalArgumentException e) {
      throw new RecordedDataException(file + ": " + e.getMessage(), e);
    }
  }
}
