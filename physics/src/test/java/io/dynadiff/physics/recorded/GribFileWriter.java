package io.dynadiff.physics.recorded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;

/**
 * Writes GRIB messages for tests, written from the WMO manual and not from the reader: one field on
 * a grid of 3 x 4 points unless told otherwise, 8 bits a value, value = 200 + integer / 2.
 */
final class GribFileWriter {
  static final int ROWS = 3;
  static final int COLUMNS = 4;

  int rows = ROWS;
  int columns = COLUMNS;
  double step = 0.5;
  int edition = 2;
  int parameter = 167; // edition 1
  int category = 0; // edition 2
  int number = 0;
  int surface = 103;
  int level = 2;
  LocalDateTime reference = LocalDateTime.of(2018, 1, 1, 0, 0);
  int forecastHours;
  double firstLatitude = 60;
  double lastLatitude = 59;
  double firstLongitude = 10;
  double lastLongitude = 11.5;
  int scanning;
  int gridTemplate;
  int packingTemplate;

  /** Packed integers, 0 to 255; negative for points without a value. */
  int[] packed = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

  void append(Path file) throws IOException {
    Files.write(file, message(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  byte[] message() {
    return edition == 1 ? edition1() : edition2();
  }

  private boolean masked() {
    for (int p : packed) {
      if (p < 0) {
        return true;
      }
    }
    return false;
  }

  private byte[] mask() {
    byte[] bits = new byte[2];
    for (int i = 0; i < packed.length; i++) {
      if (packed[i] >= 0) {
        bits[i / 8] |= (byte) (0x80 >> (i % 8));
      }
    }
    return bits;
  }

  private byte[] values() {
    Octets out = new Octets();
    for (int p : packed) {
      if (p >= 0) {
        out.put(p, 1);
      }
    }
    return out.bytes();
  }

  private byte[] edition1() {
    Octets product = new Octets();
    product.put(28, 3).put(128, 1).put(98, 1).put(1, 1).put(255, 1);
    product.put(masked() ? 0xC0 : 0x80, 1).put(parameter, 1).put(1, 1).put(0, 2);
    product.put(reference.getYear() % 100, 1).put(reference.getMonthValue(), 1);
    product.put(reference.getDayOfMonth(), 1).put(reference.getHour(), 1).put(0, 1);
    product.put(1, 1).put(forecastHours, 1).put(0, 1).put(0, 1).put(0, 2).put(0, 1);
    product.put(reference.getYear() / 100 + 1, 1).put(0, 1).put(0, 2);
    Octets grid = new Octets();
    grid.put(32, 3).put(0, 1).put(255, 1).put(gridTemplate, 1).put(columns, 2).put(rows, 2);
    grid.putSigned(Math.round(firstLatitude * 1e3), 3)
        .putSigned(Math.round(firstLongitude * 1e3), 3);
    grid.put(128, 1);
    grid.putSigned(Math.round(lastLatitude * 1e3), 3).putSigned(Math.round(lastLongitude * 1e3), 3);
    grid.put(Math.round(step * 1e3), 2).put(Math.round(step * 1e3), 2).put(scanning, 1).put(0, 4);
    Octets data = new Octets();
    byte[] values = values();
    // 200 = 0.78125 * 16^2 in IBM's format; 2^-1 makes steps of a half.
    data.put(11 + values.length, 3).put(packingTemplate << 4, 1).putSigned(-1, 2);
    data.put(0x42C80000L, 4).put(8, 1).put(values);
    Octets body = new Octets().put(product.bytes()).put(grid.bytes());
    if (masked()) {
      body.put(8, 3).put(4, 1).put(0, 2).put(mask());
    }
    body.put(data.bytes());
    return new Octets()
        .text("GRIB")
        .put(8 + body.bytes().length + 4, 3)
        .put(1, 1)
        .put(body.bytes())
        .text("7777")
        .bytes();
  }

  private byte[] edition2() {
    Octets body = new Octets();
    body.put(21, 4).put(1, 1).put(98, 2).put(0, 2).put(2, 1).put(1, 1).put(1, 1);
    body.put(reference.getYear(), 2).put(reference.getMonthValue(), 1);
    body.put(reference.getDayOfMonth(), 1).put(reference.getHour(), 1).put(0, 2).put(0, 2);
    Octets grid = new Octets();
    grid.put(3, 1).put(0, 1).put(rows * columns, 4).put(0, 2).put(gridTemplate, 2);
    grid.put(6, 1).put(0, 15).put(columns, 4).put(rows, 4).put(0, 4).put(0xFFFFFFFFL, 4);
    grid.putSigned(Math.round(firstLatitude * 1e6), 4)
        .putSigned(Math.round(firstLongitude * 1e6), 4);
    grid.put(48, 1);
    grid.putSigned(Math.round(lastLatitude * 1e6), 4).putSigned(Math.round(lastLongitude * 1e6), 4);
    grid.put(Math.round(step * 1e6), 4).put(Math.round(step * 1e6), 4).put(scanning, 1);
    section(body, grid);
    Octets product = new Octets();
    product.put(4, 1).put(0, 2).put(0, 2).put(category, 1).put(number, 1).put(2, 1).put(0, 2);
    product.put(0, 3).put(1, 1).put(forecastHours, 4).put(surface, 1).put(0, 1).put(level, 4);
    product.put(255, 1).put(0, 5);
    section(body, product);
    Octets representation = new Octets();
    byte[] values = values();
    representation.put(5, 1).put(values.length, 4).put(packingTemplate, 2);
    representation.put(Float.floatToIntBits(200f) & 0xFFFFFFFFL, 4).putSigned(-1, 2).put(0, 2);
    representation.put(8, 1).put(0, 1);
    section(body, representation);
    section(
        body,
        masked()
            ? new Octets().put(6, 1).put(0, 1).put(mask())
            : new Octets().put(6, 1).put(255, 1));
    section(body, new Octets().put(7, 1).put(values));
    return new Octets()
        .text("GRIB")
        .put(0xFFFF, 2)
        .put(0, 1)
        .put(2, 1)
        .put(16 + body.bytes().length + 4, 8)
        .put(body.bytes())
        .text("7777")
        .bytes();
  }

  private static void section(Octets body, Octets content) {
    body.put(content.bytes().length + 4, 4).put(content.bytes());
  }

  /** Big-endian numbers of any length; negative ones as sign and magnitude. */
  private static final class Octets {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Octets put(long value, int octets) {
      for (int i = octets - 1; i >= 0; i--) {
        out.write(i >= 8 ? 0 : (int) (value >>> (8 * i)));
      }
      return this;
    }

    Octets putSigned(long value, int octets) {
      return put(value < 0 ? -value | 1L << (8 * octets - 1) : value, octets);
    }

    Octets put(byte[] bytes) {
      out.writeBytes(bytes);
      return this;
    }

    Octets text(String text) {
      return put(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
