package io.dynadiff.physics.recorded;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rectangle of a recorded grid, treated as one environment.
 *
 * @param row first row, 0 or more
 * @param column first column, 0 or more
 * @param height number of rows, at least 1
 * @param width number of columns, at least 1
 */
public record Tile(int row, int column, int height, int width) {
  private static final Pattern NAME = Pattern.compile("r(\\d{2,4})c(\\d{2,4})");

  public Tile {
    if (row < 0 || column < 0 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "tile: expected a corner from (0, 0) on and at least 1 x 1 points, found "
              + height
              + " x "
              + width
              + " points from row "
              + row
              + ", column "
              + column);
    }
  }

  /** Reads a name like r00c16. */
  public static Tile named(String name, int height, int width) {
    Matcher m = NAME.matcher(name.trim());
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "tile: expected a name like r00c16 (first row, first column), found '" + name + "'");
    }
    return new Tile(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), height, width);
  }

  /** Name of the tile, for example r00c16. */
  public String name() {
    return String.format(Locale.ROOT, "r%02dc%02d", row, column);
  }
}
