package io.dynadiff.physics.recorded;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Reads the headers of GRIB edition 1 messages; octet numbers are those of the WMO manual. */
final class Grib1Message {
  private static final int ECMWF = 98;
  private static final int FIRST_ECMWF_TABLE = 128;
  private static final int DEFAULT_TABLE = 128;

  private final Path path;
  private final FileChannel channel;
  private final long start;
  private final long end;

  private Grib1Message(Path path, FileChannel channel, long start, long length) {
    this.path = path;
    this.channel = channel;
    this.start = start;
    this.end = start + length;
  }

  /**
   * Reads one message's headers.
   *
   * @param start byte at which the message begins
   * @param length bytes of the message
   */
  static GribMessage read(Path path, FileChannel channel, long start, long length) {
    return new Grib1Message(path, channel, start, length).parse();
  }

  private GribMessage parse() {
    long at = start + 8;
    GribBytes product = section(at, 28);
    at += product.length();
    int flags = product.octet(8);
    if ((flags & 0x80) == 0) {
      throw refused("a grid in the message", "one known to its centre only");
    }
    GribBytes description = section(at, 32);
    at += description.length();
    GribMessage.Lattice grid = grid(description);
    int points = Math.multiplyExact(grid.rows(), grid.columns());
    long bitmap = -1;
    if ((flags & 0x40) != 0) {
      GribBytes mask = section(at, 6);
      if (mask.unsigned(5, 2) != 0) {
        throw refused("a bitmap in the message", "predefined bitmap " + mask.unsigned(5, 2));
      }
      if ((mask.length() - 6) * 8L < points) {
        throw refused("a bitmap of " + points + " points", mask.length() + " bytes");
      }
      bitmap = at + 6;
      at += mask.length();
    }
    return new GribMessage(
        quantity(product),
        known(product),
        product.octet(10) + "/" + product.unsigned(11, 2),
        Long.toString(product.unsigned(11, 2)),
        time(product),
        grid,
        packing(at, points, bitmap, (int) product.signed(27, 2)));
  }

  private GribBytes section(long at, int shortest) {
    GribBytes head = GribBytes.read(path, channel, at, 3);
    long length = head.unsigned(1, 3);
    if (length < shortest || at + length > end) {
      throw refused(
          "a section of " + shortest + " to " + (end - at) + " bytes at byte " + at, "" + length);
    }
    return GribBytes.read(path, channel, at, (int) length);
  }

  private static String quantity(GribBytes product) {
    int table = product.octet(4);
    int parameter = product.octet(9);
    if (product.octet(5) == ECMWF && table >= FIRST_ECMWF_TABLE) {
      return Integer.toString(table == DEFAULT_TABLE ? parameter : table * 1000 + parameter);
    }
    return "c" + product.octet(5) + "t" + table + "n" + parameter;
  }

  private static Optional<KnownParameter> known(GribBytes product) {
    String quantity = quantity(product);
    return quantity.startsWith("c")
        ? Optional.empty()
        : KnownParameter.withId(Integer.parseInt(quantity));
  }

  private long time(GribBytes p) {
    try {
      LocalDateTime reference =
          LocalDateTime.of(
              (p.octet(25) - 1) * 100 + p.octet(13),
              p.octet(14),
              p.octet(15),
              p.octet(16),
              p.octet(17));
      long steps =
          switch (p.octet(21)) {
            case 0 -> p.octet(19);
            case 1 -> 0;
            case 2, 3, 4 -> p.octet(20); // a range, valid at its end
            case 10 -> p.unsigned(19, 2);
            default -> throw refused("a time range indicator of 0-4 or 10", "" + p.octet(21));
          };
      return reference.toEpochSecond(ZoneOffset.UTC) + steps * GribUnit.seconds(path, p.octet(18));
    } catch (DateTimeException e) {
      throw new RecordedDataException(
          path + ": message at byte " + start + ": no such date: " + e.getMessage(), e);
    }
  }

  private GribMessage.Lattice grid(GribBytes g) {
    if (g.octet(6) != 0) {
      throw refused(
          "a regular latitude-longitude grid (type 0)",
          "type " + g.octet(6) + "; interpolate it to one first");
    }
    if (g.unsigned(7, 2) == 0xFFFF || g.unsigned(9, 2) == 0xFFFF) {
      throw refused("a regular grid", "a reduced one; interpolate it first");
    }
    GribUnit.requireScanning(path, start, g.octet(28));
    double east = g.signed(14, 3) / 1000.0;
    double last = g.signed(21, 3) / 1000.0;
    return new GribMessage.Lattice(
        (int) g.unsigned(9, 2),
        (int) g.unsigned(7, 2),
        g.signed(11, 3) / 1000.0,
        g.signed(18, 3) / 1000.0,
        east,
        last < east ? last + 360 : last);
  }

  private GribPacking packing(long at, int points, long bitmap, int decimalScale) {
    GribBytes head = GribBytes.read(path, channel, at, 11);
    long length = head.unsigned(1, 3);
    if (length < 11 || at + length > end - 4) {
      throw refused("a data section of up to " + (end - 4 - at) + " bytes", "" + length);
    }
    // Bit 3 (integers, not floats, were packed) changes nothing for us.
    if ((head.octet(4) & 0xD0) != 0) {
      throw refused(
          "simple packing of grid points",
          "flags " + Integer.toBinaryString(head.octet(4)) + "; repack it as grid_simple");
    }
    return new GribPacking(
        points,
        bitmap,
        at + 11,
        (int) length - 11,
        GribUnit.bits(path, start, head.octet(11)),
        head.ibmFloat(7),
        (int) head.signed(5, 2),
        decimalScale);
  }

  private RecordedDataException refused(String expected, String found) {
    return GribUnit.refused(path, start, expected, found);
  }
}
