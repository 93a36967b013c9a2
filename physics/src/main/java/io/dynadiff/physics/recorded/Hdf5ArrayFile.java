package io.dynadiff.physics.recorded;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Node;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** NetCDF-4: HDF5 with dimension scales. */
final class Hdf5ArrayFile implements ArrayFile {
  private final HdfFile file;
  private final List<ArrayVariable> variables;

  private Hdf5ArrayFile(HdfFile file, List<ArrayVariable> variables) {
    this.file = file;
    this.variables = List.copyOf(variables);
  }

  static Hdf5ArrayFile open(Path path, long fileLength) {
    HdfFile file = null;
    try {
      file = new HdfFile(path);
      long declared = file.getHdfBackingStorage().getSuperblock().getEndOfFileAddress();
      if (declared > fileLength) {
        throw new RecordedDataException(
            path
                + ": expected "
                + declared
                + " bytes as its header says, found "
                + fileLength
                + "; the file is truncated, copy it again");
      }
      Map<Long, String> namesByAddress = new HashMap<>();
      for (Node node : file) {
        namesByAddress.put(node.getAddress(), node.getName());
      }
      List<ArrayVariable> variables = new ArrayList<>();
      for (Node node : file) {
        if (node instanceof Dataset dataset) {
          variables.add(new Variable(path, dataset, dimensionNames(dataset, namesByAddress)));
        }
      }
      return new Hdf5ArrayFile(file, variables);
    } catch (RuntimeException e) {
      closeQuietly(file);
      throw e instanceof RecordedDataException known
          ? known
          : new RecordedDataException(
              path + ": not a readable NetCDF-4 file, it may be truncated or damaged: " + e, e);
    }
  }

  private static void closeQuietly(HdfFile file) {
    if (file != null) {
      file.close();
    }
  }

  /** Dimension scales name their own axis; other arrays refer to the scales by address. */
  private static List<String> dimensionNames(Dataset dataset, Map<Long, String> namesByAddress) {
    int axes = dataset.isScalar() ? 0 : dataset.getDimensions().length;
    List<String> names = new ArrayList<>();
    Attribute list = dataset.getAttribute("DIMENSION_LIST");
    boolean scale = dataset.getAttribute("CLASS") != null && axes == 1;
    for (int axis = 0; axis < axes; axis++) {
      String name = scale ? dataset.getName() : null;
      if (list != null && list.getData() instanceof Object[] references) {
        Object reference = axis < references.length ? references[axis] : null;
        if (reference != null
            && reference.getClass().isArray()
            && Array.getLength(reference) > 0
            && Array.get(reference, 0) instanceof Number address) {
          name = namesByAddress.get(address.longValue());
        }
      }
      names.add(name == null ? "?" : name);
    }
    return List.copyOf(names);
  }

  @Override
  public List<ArrayVariable> variables() {
    return variables;
  }

  @Override
  public void close() {
    file.close();
  }

  private record Variable(Path path, Dataset dataset, List<String> dimensions)
      implements ArrayVariable {

    @Override
    public String name() {
      return dataset.getName();
    }

    @Override
    public int[] shape() {
      return dataset.isScalar() ? new int[0] : dataset.getDimensions();
    }

    @Override
    public boolean numeric() {
      Class<?> type = dataset.getJavaType();
      return type.isPrimitive() && type != boolean.class && type != char.class
          || Number.class.isAssignableFrom(type);
    }

    @Override
    public Optional<String> text(String attribute) {
      return value(attribute).filter(String.class::isInstance).map(String.class::cast);
    }

    @Override
    public Optional<Double> number(String attribute) {
      return value(attribute).filter(Number.class::isInstance).map(n -> ((Number) n).doubleValue());
    }

    private Optional<Object> value(String attribute) {
      Attribute found = dataset.getAttribute(attribute);
      Object data = found == null ? null : found.getData();
      if (data != null && data.getClass().isArray()) {
        data = Array.getLength(data) == 0 ? null : Array.get(data, 0);
      }
      return Optional.ofNullable(data);
    }

    @Override
    public double[] read(int[] offset, int[] count) {
      long[] from = new long[offset.length];
      int values = 1;
      for (int i = 0; i < offset.length; i++) {
        from[i] = offset[i];
        values *= count[i];
      }
      double[] out = new double[values];
      Object data;
      try {
        data = offset.length == 0 ? dataset.getData() : dataset.getData(from, count);
      } catch (RuntimeException e) {
        throw new RecordedDataException(
            path + ": variable " + name() + " cannot be read, the file may be damaged: " + e, e);
      }
      if (flatten(data, out, 0) != values) {
        throw new RecordedDataException(
            path + ": variable " + name() + ": expected " + values + " numbers, found fewer");
      }
      return out;
    }

    private static int flatten(Object data, double[] out, int at) {
      if (data instanceof float[] floats) {
        for (float value : floats) {
          out[at++] = value;
        }
      } else if (data instanceof double[] doubles) {
        System.arraycopy(doubles, 0, out, at, doubles.length);
        at += doubles.length;
      } else if (data.getClass().isArray()) {
        for (int i = 0; i < Array.getLength(data); i++) {
          at = flatten(Array.get(data, i), out, at);
        }
      } else {
        out[at++] = ((Number) data).doubleValue();
      }
      return at;
    }
  }
}
