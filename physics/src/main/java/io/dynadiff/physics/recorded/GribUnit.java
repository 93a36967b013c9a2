package io.dynadiff.physics.recorded;

import java.nio.file.Path;

/** What both editions of GRIB encode alike, and what of it this project reads. */
final class GribUnit {
  private GribUnit() {}

  /** Length of a unit of forecast time (code table 4 of edition 1, 4.4 of edition 2). */
  static long seconds(Path path, int code) {
    return switch (code) {
      case 0 -> 60;
      case 1 -> 3600;
      case 2 -> 86_400;
      case 10 -> 3 * 3600;
      case 11 -> 6 * 3600;
      case 12 -> 12 * 3600;
      case 13 -> 1;
      default ->
          throw new RecordedDataException(
              path + ": expected a time unit from second to day, found code " + code);
    };
  }

  /** Points must follow one another from west to east, row after row; rows in either order. */
  static void requireScanning(Path path, long start, int mode) {
    if ((mode & ~0x40) != 0) {
      throw refused(
          path, start, "rows from west to east (scanning mode 0 or 64)", "scanning mode " + mode);
    }
  }

  static int bits(Path path, long start, int bits) {
    if (bits > 32) {
      throw refused(path, start, "up to 32 bits a value", "" + bits);
    }
    return bits;
  }

  static RecordedDataException refused(Path path, long start, String expected, String found) {
    return new RecordedDataException(
        path + ": GRIB message at byte " + start + ": expected " + expected + ", found " + found);
  }
}
