package io.dynadiff.cli.forecasts;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a NetCDF-3 file with 64-bit offsets (CDF-2), record by record along its first dimension,
 * so that a file may be larger than the memory. The layout is that of the NetCDF Classic Format
 * Specification (Unidata; OGC 10-092r3): a header, then the arrays without a record axis, then the
 * records, each with its part of every other array. Everything is big-endian.
 *
 * <p>The file has another name until it is closed: who finds it finds all of it.
 */
final class ClassicFile implements Closeable {

  private static final int DIMENSIONS = 0x0A;
  private static final int VARIABLES = 0x0B;
  private static final int ATTRIBUTES = 0x0C;
  private static final int TEXT = 2;
  private static final long RECORD_COUNT_AT = 4;

  /** The format's field for sizes has 32 bits; readers compute larger ones themselves. */
  private static final long LARGEST_STATED_SIZE = (1L << 32) - 1;

  /** Types of elements; all fill whole words of four bytes, so that nothing is padded. */
  enum Type {
    INT(4, 4),
    FLOAT(5, 4),
    DOUBLE(6, 8);

    private final int code;
    private final int bytes;

    Type(int code, int bytes) {
      this.code = code;
      this.bytes = bytes;
    }
  }

  /**
   * An array.
   *
   * @param dimensions names, slowest first; the record dimension may only be the first
   * @param attributes texts, and numbers as Integer, Float or Double
   */
  record Variable(String name, Type type, List<String> dimensions, Map<String, Object> attributes) {
    Variable {
      dimensions = List.copyOf(dimensions);
    }
  }

  private final Path path;
  private final Path part;
  private final RandomAccessFile file;
  private final DataOutputStream out;
  private final String recordDimension;
  private final Map<String, Integer> lengths;
  private final List<Variable> variables;
  private int records;

  /**
   * Writes the header and the arrays without a record axis.
   *
   * @param recordDimension grows with each record
   * @param lengths of the other dimensions, in order
   * @param fixed elements of each array without the record dimension, by name
   * @throws IllegalArgumentException if an array's elements are not as many as its shape says
   */
  ClassicFile(
      Path path,
      String recordDimension,
      Map<String, Integer> lengths,
      List<Variable> variables,
      Map<String, Object> attributes,
      Map<String, double[]> fixed)
      throws IOException {
    this.path = path;
    this.recordDimension = recordDimension;
    this.lengths = new LinkedHashMap<>(lengths);
    this.variables = List.copyOf(variables);
    part = path.resolveSibling(path.getFileName() + ".part");
    // Also after Ctrl-C.
    part.toFile().deleteOnExit();
    file = new RandomAccessFile(part.toFile(), "rw");
    try {
      file.setLength(0);
      out =
          new DataOutputStream(
              new BufferedOutputStream(Channels.newOutputStream(file.getChannel()), 1 << 16));
      int headerBytes = header(attributes, 0).length;
      out.write(header(attributes, headerBytes));
      for (Variable variable : variables) {
        if (!recorded(variable)) {
          write(variable, fixed.get(variable.name()));
        }
      }
    } catch (IOException | RuntimeException e) {
      file.close();
      Files.deleteIfExists(part);
      throw e;
    }
  }

  /**
   * Appends one record.
   *
   * @param values elements of each array with the record dimension, by name, row-major
   * @throws IllegalArgumentException if they are not as many as the shape says
   */
  void append(Map<String, double[]> values) throws IOException {
    for (Variable variable : variables) {
      if (recorded(variable)) {
        write(variable, values.get(variable.name()));
      }
    }
    records++;
  }

  /** Says how many records there are and gives the file its name. */
  @Override
  public void close() throws IOException {
    try (file) {
      out.flush();
      file.seek(RECORD_COUNT_AT);
      file.writeInt(records);
    }
    Files.move(part, path, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Closes without a file. */
  void discard() throws IOException {
    file.close();
    Files.deleteIfExists(part);
  }

  private void write(Variable variable, double[] values) throws IOException {
    long expected = elements(variable);
    if (values == null || values.length != expected) {
      throw new IllegalArgumentException(
          "%s: expected %d elements, found %s"
              .formatted(variable.name(), expected, values == null ? "none" : values.length));
    }
    for (double value : values) {
      switch (variable.type()) {
        case INT -> out.writeInt((int) value);
        case FLOAT -> out.writeFloat((float) value);
        case DOUBLE -> out.writeDouble(value);
      }
    }
  }

  private boolean recorded(Variable variable) {
    return !variable.dimensions().isEmpty() && variable.dimensions().get(0).equals(recordDimension);
  }

  /** Elements of an array, of one record where it has the record dimension. */
  private long elements(Variable variable) {
    return variable.dimensions().stream()
        .filter(name -> !name.equals(recordDimension))
        .mapToLong(lengths::get)
        .reduce(1, Math::multiplyExact);
  }

  private long bytes(Variable variable) {
    return Math.multiplyExact(elements(variable), variable.type().bytes);
  }

  /** The header; its length does not depend on where the data begin. */
  private byte[] header(Map<String, Object> attributes, long dataAt) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream to = new DataOutputStream(bytes);
    to.write(new byte[] {'C', 'D', 'F', 2});
    to.writeInt(0);
    to.writeInt(DIMENSIONS);
    to.writeInt(1 + lengths.size());
    text(to, recordDimension);
    to.writeInt(0);
    List<String> names = new ArrayList<>(List.of(recordDimension));
    for (Map.Entry<String, Integer> dimension : lengths.entrySet()) {
      text(to, dimension.getKey());
      to.writeInt(dimension.getValue());
      names.add(dimension.getKey());
    }
    attributes(to, attributes);
    to.writeInt(VARIABLES);
    to.writeInt(variables.size());
    long fixedAt = dataAt;
    long recordAt =
        dataAt + variables.stream().filter(v -> !recorded(v)).mapToLong(this::bytes).sum();
    for (Variable variable : variables) {
      text(to, variable.name());
      to.writeInt(variable.dimensions().size());
      for (String dimension : variable.dimensions()) {
        to.writeInt(names.indexOf(dimension));
      }
      attributes(to, variable.attributes());
      to.writeInt(variable.type().code);
      to.writeInt((int) Math.min(bytes(variable), LARGEST_STATED_SIZE));
      if (recorded(variable)) {
        to.writeLong(recordAt);
        recordAt += bytes(variable);
      } else {
        to.writeLong(fixedAt);
        fixedAt += bytes(variable);
      }
    }
    return bytes.toByteArray();
  }

  private static void attributes(DataOutputStream to, Map<String, Object> attributes)
      throws IOException {
    to.writeInt(attributes.isEmpty() ? 0 : ATTRIBUTES);
    to.writeInt(attributes.size());
    for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
      text(to, attribute.getKey());
      Object value = attribute.getValue();
      if (value instanceof Integer number) {
        to.writeInt(Type.INT.code);
        to.writeInt(1);
        to.writeInt(number);
      } else if (value instanceof Float number) {
        to.writeInt(Type.FLOAT.code);
        to.writeInt(1);
        to.writeFloat(number);
      } else if (value instanceof Double number) {
        to.writeInt(Type.DOUBLE.code);
        to.writeInt(1);
        to.writeDouble(number);
      } else {
        to.writeInt(TEXT);
        text(to, (String) value);
      }
    }
  }

  /** A length, the bytes, and what fills the last word. */
  private static void text(DataOutputStream to, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    to.writeInt(bytes.length);
    to.write(bytes);
    to.write(new byte[(4 - bytes.length % 4) % 4]);
  }
}
