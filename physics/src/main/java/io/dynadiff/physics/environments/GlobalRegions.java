package io.dynadiff.physics.environments;

import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.recorded.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The regions that a global field is cut into, 6 bands x 12 sectors of 30 degrees, and which of
 * them training may use.
 *
 * <p>A region is a place on the globe, not a place in a file: it has the same name whether the file
 * counts longitudes from 0 or from -180. Immutable and thread-safe.
 *
 * @param system name of the system
 * @param degrees extent of a region along both axes
 * @param seen regions that training may use
 * @param unseen the other ones
 */
public record GlobalRegions(String system, int degrees, List<Region> seen, List<Region> unseen) {
  private static final double TOLERANCE = 1e-3;

  /**
   * One region.
   *
   * @param north latitude of its first row, degrees north
   * @param west longitude of its first column, 0 to 330 degrees east
   */
  public record Region(int north, int west) {

    /** Name of the region, for example n60e030 or s30e330. */
    public String name() {
      return String.format(
          Locale.ROOT, "%s%02de%03d", north < 0 ? "s" : "n", Math.abs(north), west);
    }
  }

  public GlobalRegions {
    seen = List.copyOf(seen);
    unseen = List.copyOf(unseen);
  }

  /** Reads the regions of this project. */
  public static GlobalRegions standard() {
    EnvironmentProperties p = new EnvironmentProperties("era5-global.properties");
    int degrees = p.integer("degrees");
    int[] seenPositions = p.integers("seen");
    List<Region> seen = new ArrayList<>();
    List<Region> unseen = new ArrayList<>();
    int sectors = 360 / degrees;
    for (int i = 0; i < sectors * (180 / degrees); i++) {
      int position = i;
      Region region = new Region(90 - i / sectors * degrees, i % sectors * degrees);
      (Arrays.stream(seenPositions).anyMatch(s -> s == position) ? seen : unseen).add(region);
    }
    return new GlobalRegions(p.text("system"), degrees, seen, unseen);
  }

  /**
   * The region of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Region named(String name) {
    for (List<Region> regions : List.of(seen, unseen)) {
      for (Region region : regions) {
        if (region.name().equals(name.trim())) {
          return region;
        }
      }
    }
    throw new IllegalArgumentException(
        "region: expected a north-west corner like "
            + seen.get(0).name()
            + ", every "
            + degrees
            + " degrees, found '"
            + name
            + "'");
  }

  /**
   * Where a region lies on the grid of a file.
   *
   * @param grid a grid around the whole globe, rows from north to south, west to east
   * @throws IllegalArgumentException if the grid is not global or has no points at the region's
   *     corners
   */
  public Tile tile(Grid grid, Region region) {
    double south = -grid.spacingY();
    double east = grid.spacingX();
    if (south <= 0 || east <= 0 || Math.abs(grid.width() * east - 360) > TOLERANCE) {
      throw new IllegalArgumentException(
          "region "
              + region.name()
              + ": expected a grid of 360 degrees of longitude, found "
              + grid.width()
              + " columns of "
              + east
              + "; take tiles like r00c16 of a regional file");
    }
    int rows = whole(region, "rows in " + degrees + " degrees", degrees / south);
    int columns = whole(region, "columns in " + degrees + " degrees", degrees / east);
    int row = whole(region, "rows to its north edge", (grid.originY() - region.north()) / south);
    double offset = region.west() - grid.originX();
    double around = offset - 360 * Math.floor(offset / 360 + 1e-9);
    int column = whole(region, "columns to its west edge", around / east);
    if (row < 0 || row + rows > grid.height() || column + columns > grid.width()) {
      throw new IllegalArgumentException(
          "region "
              + region.name()
              + ": expected it inside the grid and not across its seam, found it at row "
              + row
              + ", column "
              + column
              + " of "
              + grid.height()
              + " x "
              + grid.width());
    }
    return new Tile(row, column, rows, columns);
  }

  private static int whole(Region region, String what, double value) {
    if (Math.abs(value - Math.rint(value)) > TOLERANCE) {
      throw new IllegalArgumentException(
          "region "
              + region.name()
              + ": expected a whole number of "
              + what
              + ", found "
              + String.format(Locale.ROOT, "%.4f", value));
    }
    return (int) Math.rint(value);
  }
}
