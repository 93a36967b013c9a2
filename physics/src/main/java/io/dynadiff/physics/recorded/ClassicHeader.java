package io.dynadiff.physics.recorded;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Header of a NetCDF-3 file: where every array lies. Everything is big-endian. */
final class ClassicHeader {
  private static final int TAG_DIMENSION = 0x0A;
  private static final int TAG_VARIABLE = 0x0B;
  private static final int TAG_ATTRIBUTE = 0x0C;
  private static final int LONGEST_LIST = 100_000;
  private static final int LONGEST_ATTRIBUTE = 16 << 20;

  /** External types of NetCDF-3. */
  enum Type {
    BYTE(1),
    CHAR(1),
    SHORT(2),
    INT(4),
    FLOAT(4),
    DOUBLE(8);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    int bytes() {
      return bytes;
    }

    double next(ByteBuffer buffer) {
      return switch (this) {
        case BYTE, CHAR -> buffer.get();
        case SHORT -> buffer.getShort();
        case INT -> buffer.getInt();
        case FLOAT -> buffer.getFloat();
        case DOUBLE -> buffer.getDouble();
      };
    }
  }

  /** One array: its axes, attributes (String or Double) and the byte it begins at. */
  record Variable(
      String name,
      Type type,
      List<String> dimensions,
      int[] shape,
      boolean record,
      Map<String, Object> attributes,
      long begin) {

    /** Bytes of one record, or of the whole array where it has no record axis, unpadded. */
    long bytesOfBlock() {
      long bytes = type.bytes();
      for (int i = record ? 1 : 0; i < shape.length; i++) {
        bytes = Math.multiplyExact(bytes, shape[i]);
      }
      return bytes;
    }
  }

  private record Dimension(String name, int length) {}

  private final Path path;
  private final DataInputStream in;
  private final List<Dimension> dimensions = new ArrayList<>();
  private final List<Variable> variables = new ArrayList<>();
  private long recordBytes;

  private ClassicHeader(Path path, DataInputStream in) {
    this.path = path;
    this.in = in;
  }

  /** Reads and checks the header; leaves the channel open. */
  static ClassicHeader read(Path path, FileChannel channel) throws IOException {
    DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(Channels.newInputStream(channel.position(0)), 1 << 16));
    ClassicHeader header = new ClassicHeader(path, in);
    try {
      header.parse(channel.size());
    } catch (EOFException e) {
      throw new RecordedDataException(
          path
              + ": the file ends inside its NetCDF-3 header at byte "
              + channel.size()
              + "; it is truncated, copy it again",
          e);
    } catch (ArithmeticException e) {
      throw new RecordedDataException(path + ": an array of impossible size in the header", e);
    }
    return header;
  }

  List<Variable> variables() {
    return List.copyOf(variables);
  }

  /** Byte at which one element lies. */
  long position(Variable variable, int[] index) {
    long element = 0;
    for (int axis = variable.record() ? 1 : 0; axis < index.length; axis++) {
      element = element * variable.shape()[axis] + index[axis];
    }
    long position = variable.begin() + element * variable.type().bytes();
    return variable.record() ? position + index[0] * recordBytes : position;
  }

  private void parse(long fileLength) throws IOException {
    in.readNBytes(3);
    int version = in.readByte();
    if (version != 1 && version != 2) {
      throw new RecordedDataException(
          path
              + ": expected NetCDF-3 variant 1 or 2, found "
              + version
              + "; convert it with nccopy -k nc4");
    }
    int records = in.readInt();
    readDimensions();
    readAttributes();
    readVariables(version);
    layOutRecords(records, fileLength);
    for (Variable variable : variables) {
      long blocks = variable.record() ? variable.shape()[0] : 1;
      long end =
          blocks == 0
              ? 0
              : variable.begin()
                  + (variable.record() ? (blocks - 1) * recordBytes : 0)
                  + variable.bytesOfBlock();
      if (end > fileLength) {
        throw new RecordedDataException(
            path
                + ": variable "
                + variable.name()
                + ": expected the file to hold "
                + end
                + " bytes, found "
                + fileLength
                + "; it is truncated, copy it again");
      }
    }
  }

  private void readDimensions() throws IOException {
    int count = listLength(TAG_DIMENSION, "dimensions");
    for (int i = 0; i < count; i++) {
      String name = name();
      int length = in.readInt();
      if (length < 0) {
        throw new RecordedDataException(path + ": dimension " + name + " has length " + length);
      }
      dimensions.add(new Dimension(name, length));
    }
  }

  private Map<String, Object> readAttributes() throws IOException {
    int count = listLength(TAG_ATTRIBUTE, "attributes");
    Map<String, Object> attributes = new HashMap<>();
    for (int i = 0; i < count; i++) {
      String name = name();
      Type type = type(name);
      int length = boundedLength(in.readInt(), LONGEST_ATTRIBUTE, "attribute " + name);
      byte[] bytes = padded(Math.multiplyExact(length, type.bytes()));
      if (type == Type.CHAR) {
        attributes.put(name, new String(bytes, StandardCharsets.UTF_8));
      } else if (length > 0) {
        attributes.put(name, type.next(ByteBuffer.wrap(bytes)));
      }
    }
    return Map.copyOf(attributes);
  }

  private void readVariables(int version) throws IOException {
    int count = listLength(TAG_VARIABLE, "variables");
    for (int i = 0; i < count; i++) {
      String name = name();
      int axes = boundedLength(in.readInt(), 1024, "axes of variable " + name);
      List<String> names = new ArrayList<>();
      int[] shape = new int[axes];
      boolean record = false;
      for (int axis = 0; axis < axes; axis++) {
        int id = in.readInt();
        if (id < 0 || id >= dimensions.size()) {
          throw new RecordedDataException(
              path
                  + ": variable "
                  + name
                  + ": expected a dimension from 0 to "
                  + (dimensions.size() - 1)
                  + ", found "
                  + id);
        }
        names.add(dimensions.get(id).name());
        shape[axis] = dimensions.get(id).length();
        record |= axis == 0 && shape[axis] == 0;
      }
      Map<String, Object> attributes = readAttributes();
      Type type = type(name);
      in.readInt(); // the stored size overflows for large arrays; the shape does not
      long begin = version == 1 ? in.readInt() & 0xFFFFFFFFL : in.readLong();
      variables.add(new Variable(name, type, List.copyOf(names), shape, record, attributes, begin));
    }
  }

  /** Gives the record axis its length; records of all record arrays are interleaved. */
  private void layOutRecords(int records, long fileLength) {
    List<Variable> recorded = variables.stream().filter(Variable::record).toList();
    for (Variable variable : recorded) {
      // A single record array is stored without padding between its records.
      long bytes = variable.bytesOfBlock();
      recordBytes += recorded.size() == 1 ? bytes : (bytes + 3) / 4 * 4;
    }
    for (Variable variable : recorded) {
      long length = records;
      if (records < 0) {
        // -1 marks a file whose writer was streaming: count the whole records that are there.
        length = recordBytes == 0 ? 0 : Math.max(0, fileLength - variable.begin()) / recordBytes;
      }
      variable.shape()[0] = Math.toIntExact(length);
    }
  }

  private int listLength(int tag, String what) throws IOException {
    int found = in.readInt();
    int length = boundedLength(in.readInt(), LONGEST_LIST, what);
    if (found != tag && !(found == 0 && length == 0)) {
      throw new RecordedDataException(
          path + ": expected the list of " + what + " in the header, found tag " + found);
    }
    return length;
  }

  private int boundedLength(int length, int longest, String what) {
    if (length < 0 || length > longest) {
      throw new RecordedDataException(
          path + ": " + what + ": expected a count from 0 to " + longest + ", found " + length);
    }
    return length;
  }

  private String name() throws IOException {
    int length = boundedLength(in.readInt(), 1 << 16, "length of a name");
    return new String(padded(length), StandardCharsets.UTF_8);
  }

  private Type type(String owner) throws IOException {
    int code = in.readInt();
    if (code < 1 || code > Type.values().length) {
      throw new RecordedDataException(
          path + ": " + owner + ": expected a NetCDF-3 type from 1 to 6, found " + code);
    }
    return Type.values()[code - 1];
  }

  private byte[] padded(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    in.skipNBytes((4 - length % 4) % 4);
    return bytes;
  }
}
