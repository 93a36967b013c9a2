package io.dynadiff.physics.recorded;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes small NetCDF-3 files (variant 1) for tests: a time, a latitude, a longitude, one field.
 */
final class ClassicFileWriter {
  double[] times = {0, 1, 2};
  double[] latitudes = {52, 51.5, 51, 50.5};
  double[] longitudes = {0, 0.5, 1};
  String timeUnits = "hours since 2000-01-01";
  String calendar = "standard";
  String variable = "t";
  boolean recordTime;
  boolean packed;
  Map<String, Double> attributes = new LinkedHashMap<>();

  /** Values of the field; time * 100 + row * 10 + column until a test changes one. */
  double[] values;

  ClassicFileWriter() {
    fill();
  }

  void fill() {
    values = new double[times.length * latitudes.length * longitudes.length];
    int at = 0;
    for (int t = 0; t < times.length; t++) {
      for (int y = 0; y < latitudes.length; y++) {
        for (int x = 0; x < longitudes.length; x++) {
          values[at++] = t * 100 + y * 10 + x;
        }
      }
    }
  }

  Path write(Path path) throws IOException {
    byte[] header = header(new long[4]);
    List<byte[]> blocks = new ArrayList<>();
    long[] begins = new long[4];
    long at = header.length;
    byte[][] axes = {doubles(latitudes), doubles(longitudes), doubles(times)};
    for (int i = 0; i < 2; i++) {
      begins[i] = at;
      at += axes[i].length;
      blocks.add(axes[i]);
    }
    begins[2] = at;
    if (recordTime) {
      int slice = latitudes.length * longitudes.length;
      begins[3] = at + 8;
      for (int t = 0; t < times.length; t++) {
        blocks.add(doubles(new double[] {times[t]}));
        double[] one = java.util.Arrays.copyOfRange(values, t * slice, (t + 1) * slice);
        blocks.add(padded(field(one)));
      }
    } else {
      begins[3] = at + axes[2].length;
      blocks.add(axes[2]);
      blocks.add(padded(field(values)));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(header(begins));
    for (byte[] block : blocks) {
      out.write(block);
    }
    return Files.write(path, out.toByteArray());
  }

  private byte[] header(long[] begins) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(new byte[] {'C', 'D', 'F', 1});
    out.writeInt(recordTime ? times.length : 0);
    out.writeInt(0x0A);
    out.writeInt(3);
    dimension(out, "latitude", latitudes.length);
    dimension(out, "longitude", longitudes.length);
    dimension(out, "time", recordTime ? 0 : times.length);
    out.writeLong(0);
    out.writeInt(0x0B);
    out.writeInt(4);
    variable(
        out, "latitude", new int[] {0}, Map.of("units", "degrees_north"), Map.of(), 6, begins[0]);
    variable(
        out, "longitude", new int[] {1}, Map.of("units", "degrees_east"), Map.of(), 6, begins[1]);
    variable(
        out,
        "time",
        new int[] {2},
        Map.of("units", timeUnits, "calendar", calendar),
        Map.of(),
        6,
        begins[2]);
    variable(
        out,
        variable,
        new int[] {2, 0, 1},
        Map.of("units", "K"),
        attributes,
        packed ? 3 : 5,
        begins[3]);
    return bytes.toByteArray();
  }

  private static void dimension(DataOutputStream out, String name, int length) throws IOException {
    text(out, name);
    out.writeInt(length);
  }

  private static void variable(
      DataOutputStream out,
      String name,
      int[] axes,
      Map<String, String> texts,
      Map<String, Double> numbers,
      int type,
      long begin)
      throws IOException {
    text(out, name);
    out.writeInt(axes.length);
    for (int axis : axes) {
      out.writeInt(axis);
    }
    out.writeInt(0x0C);
    out.writeInt(texts.size() + numbers.size());
    for (Map.Entry<String, String> entry : texts.entrySet()) {
      text(out, entry.getKey());
      out.writeInt(2);
      text(out, entry.getValue());
    }
    for (Map.Entry<String, Double> entry : numbers.entrySet()) {
      text(out, entry.getKey());
      out.writeInt(6);
      out.writeInt(1);
      out.writeDouble(entry.getValue());
    }
    out.writeInt(type);
    out.writeInt(0);
    out.writeInt((int) begin);
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(padded(bytes));
  }

  private byte[] field(double[] numbers) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (double number : numbers) {
      if (packed) {
        out.writeShort((short) number);
      } else {
        out.writeFloat((float) number);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] doubles(double[] numbers) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (double number : numbers) {
      out.writeDouble(number);
    }
    return bytes.toByteArray();
  }

  private static byte[] padded(byte[] bytes) {
    return java.util.Arrays.copyOf(bytes, (bytes.length + 3) / 4 * 4);
  }
}
