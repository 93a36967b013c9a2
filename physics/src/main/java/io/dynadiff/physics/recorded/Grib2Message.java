package io.dynadiff.physics.recorded;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the headers of GRIB edition 2 messages; octet numbers are those of the WMO manual.
 *
 * <p>One message may hold several fields: sections 2 to 7 repeat, and what is not repeated holds
 * on.
 */
final class Grib2Message {
  private static final int LONGEST_HEADER = 1 << 20;
  private static final int NO_BITMAP = 255;
  private static final int EARLIER_BITMAP = 254;

  private final Path path;
  private final FileChannel channel;
  private final long start;
  private final long end;
  private final int discipline;
  private final List<GribMessage> fields = new ArrayList<>();
  private GribBytes identification;
  private GribMessage.Lattice grid;
  private GribBytes product;
  private GribBytes representation;
  private long bitmap = -1;

  private Grib2Message(Path path, FileChannel channel, long start, long length, int discipline) {
    this.path = path;
    this.channel = channel;
    this.start = start;
    this.end = start + length;
    this.discipline = discipline;
  }

  /**
   * Reads one message's headers.
   *
   * @param start byte at which the message begins
   * @param length bytes of the message
   */
  static List<GribMessage> read(
      Path path, FileChannel channel, long start, long length, int discipline) {
    Grib2Message message = new Grib2Message(path, channel, start, length, discipline);
    message.parse();
    return message.fields;
  }

  private void parse() {
    long at = start + 16;
    while (at < end - 4) {
      GribBytes head = GribBytes.read(path, channel, at, 5);
      long length = head.unsigned(1, 4);
      if (length < 5 || at + length > end - 4) {
        throw refused("a section of 5 to " + (end - 4 - at) + " bytes at byte " + at, "" + length);
      }
      switch (head.octet(5)) {
        case 1 -> identification = whole(at, length, 21);
        case 2 -> {} // local use
        case 3 -> grid = grid(whole(at, length, 14));
        case 4 -> product = whole(at, length, 34);
        case 5 -> representation = representation(whole(at, length, 11));
        case 6 -> bitmap(at, length);
        case 7 -> fields.add(field(at, length));
        default -> throw refused("sections 1 to 7", "section " + head.octet(5));
      }
      at += length;
    }
    if (fields.isEmpty()) {
      throw refused("at least one field", "none");
    }
  }

  private GribBytes whole(long at, long length, int shortest) {
    if (length < shortest || length > LONGEST_HEADER) {
      throw refused("a section of at least " + shortest + " bytes at byte " + at, "" + length);
    }
    return GribBytes.read(path, channel, at, (int) length);
  }

  private GribMessage.Lattice grid(GribBytes g) {
    long template = g.unsigned(13, 2);
    if (template != 0 || g.octet(6) != 0 || g.octet(11) != 0 || g.length() < 72) {
      throw refused(
          "a regular latitude-longitude grid (template 0)",
          "template " + template + "; interpolate it to one first");
    }
    long basic = g.unsigned(39, 4);
    if (basic != 0 && basic != 0xFFFFFFFFL) {
      throw refused("angles in microdegrees", "a basic angle of " + basic);
    }
    GribUnit.requireScanning(path, start, g.octet(72));
    long rows = g.unsigned(35, 4);
    long columns = g.unsigned(31, 4);
    if (rows < 1 || columns < 1 || rows * columns != g.unsigned(7, 4)) {
      throw refused(
          rows + " x " + columns + " points as the grid says", g.unsigned(7, 4) + " points");
    }
    double east = g.signed(51, 4) / 1e6;
    double last = g.signed(60, 4) / 1e6;
    return new GribMessage.Lattice(
        (int) rows,
        (int) columns,
        g.signed(47, 4) / 1e6,
        g.signed(56, 4) / 1e6,
        east,
        last < east ? last + 360 : last);
  }

  private GribBytes representation(GribBytes r) {
    long template = r.unsigned(10, 2);
    if (template != 0 || r.length() < 21) {
      throw refused(
          "simple packing (template 0)",
          "template " + template + "; repack it with grib_set -r -w packingType=grid_simple");
    }
    return r;
  }

  private void bitmap(long at, long length) {
    int indicator = GribBytes.read(path, channel, at, 6).octet(6);
    if (indicator == NO_BITMAP) {
      bitmap = -1;
    } else if (indicator == 0) {
      if (grid != null && (length - 6) * 8 < (long) grid.rows() * grid.columns()) {
        throw refused("a bitmap of " + grid.rows() * grid.columns() + " points", length + " bytes");
      }
      bitmap = at + 6;
    } else if (indicator != EARLIER_BITMAP) {
      throw refused("a bitmap in the message", "predefined bitmap " + indicator);
    }
  }

  private GribMessage field(long at, long length) {
    if (identification == null || grid == null || product == null || representation == null) {
      throw refused("sections 1, 3, 4 and 5 before the data", "one of them missing");
    }
    String numbers = discipline + "-" + product.octet(10) + "-" + product.octet(11);
    int surface = product.octet(23);
    double level =
        product.octet(24) == 0xFF
            ? 0
            : product.signed(25, 4) * Math.pow(10, -product.signed(24, 1));
    int points = Math.multiplyExact(grid.rows(), grid.columns());
    Optional<KnownParameter> known = KnownParameter.ofGrib2(numbers, surface, level);
    // Pressure levels are coded in Pa and spoken of in hPa.
    double spoken = surface == 100 ? level / 100 : level;
    return new GribMessage(
        known.map(k -> Integer.toString(k.id())).orElse(numbers),
        known,
        surface + "/" + level,
        spoken == Math.rint(spoken) ? Long.toString((long) spoken) : Double.toString(spoken),
        time(),
        grid,
        new GribPacking(
            points,
            bitmap,
            at + 5,
            Math.toIntExact(length - 5),
            GribUnit.bits(path, start, representation.octet(20)),
            representation.ieeeFloat(12),
            (int) representation.signed(16, 2),
            (int) representation.signed(18, 2)));
  }

  private long time() {
    long template = product.unsigned(8, 2);
    try {
      if (template == 0 || template == 1) {
        return date(identification, 13)
            + product.signed(19, 4) * GribUnit.seconds(path, product.octet(18));
      }
      if (template == 8 && product.length() >= 41) {
        return date(product, 35); // a range, valid at its end
      }
    } catch (DateTimeException e) {
      throw new RecordedDataException(
          path + ": message at byte " + start + ": no such date: " + e.getMessage(), e);
    }
    throw refused("product template 0, 1 or 8", "" + template);
  }

  private static long date(GribBytes b, int octet) {
    return LocalDateTime.of(
            (int) b.unsigned(octet, 2),
            b.octet(octet + 2),
            b.octet(octet + 3),
            b.octet(octet + 4),
            b.octet(octet + 5),
            b.octet(octet + 6))
        .toEpochSecond(ZoneOffset.UTC);
  }

  private RecordedDataException refused(String expected, String found) {
    return GribUnit.refused(path, start, expected, found);
  }
}
