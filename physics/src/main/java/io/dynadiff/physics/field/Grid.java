package io.dynadiff.physics.field;

/**
 * The regular grid a field lives on: row y, column x lies at (originY + y spacingY, originX + x
 * spacingX).
 *
 * @param height number of grid points along y (rows), at least 1
 * @param width number of grid points along x (columns), at least 1
 * @param originY coordinate of row 0, in unit
 * @param originX coordinate of column 0, in unit
 * @param spacingY step from one row to the next, in unit, not 0; negative for descending latitudes
 * @param spacingX step from one column to the next, in unit, not 0
 * @param unit unit of both coordinates: 1 for model units, m, or degrees
 * @param coordinates what the coordinates mean
 * @param periodic true when the field repeats beyond its last row and column
 */
public record Grid(
    int height,
    int width,
    double originY,
    double originX,
    double spacingY,
    double spacingX,
    String unit,
    Coordinates coordinates,
    boolean periodic) {

  public Grid {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "grid: expected at least 1 row and 1 column, found " + height + " x " + width);
    }
    if (!Double.isFinite(originY) || !Double.isFinite(originX)) {
      throw new IllegalArgumentException(
          "grid origin: expected finite coordinates, found (" + originY + ", " + originX + ")");
    }
    if (!Double.isFinite(spacingY)
        || !Double.isFinite(spacingX)
        || spacingY == 0
        || spacingX == 0) {
      throw new IllegalArgumentException(
          "grid spacing: expected finite steps other than 0, found ("
              + spacingY
              + ", "
              + spacingX
              + ")");
    }
    Text.requireText("grid unit", unit);
    if (coordinates == null) {
      throw new IllegalArgumentException("grid coordinates: expected a kind, found null");
    }
  }

  /**
   * A rectangle of this grid; no longer periodic unless it is the whole.
   *
   * @param row first row, 0 or more
   * @param column first column, 0 or more
   * @throws IllegalArgumentException if the rectangle does not lie inside this grid
   */
  public Grid tile(int row, int column, int tileHeight, int tileWidth) {
    if (row < 0
        || column < 0
        || tileHeight < 1
        || tileWidth < 1
        || row > height - tileHeight
        || column > width - tileWidth) {
      throw new IllegalArgumentException(
          "tile: expected a rectangle inside the grid of "
              + height
              + " x "
              + width
              + " points, found "
              + tileHeight
              + " x "
              + tileWidth
              + " points from row "
              + row
              + ", column "
              + column);
    }
    return new Grid(
        tileHeight,
        tileWidth,
        originY + row * spacingY,
        originX + column * spacingX,
        spacingY,
        spacingX,
        unit,
        coordinates,
        periodic && tileHeight == height && tileWidth == width);
  }

  /** Coordinate of the middle of the rows, in unit. */
  public double centreY() {
    return originY + (height - 1) / 2.0 * spacingY;
  }

  /** Coordinate of the middle of the columns, in unit. */
  public double centreX() {
    return originX + (width - 1) / 2.0 * spacingX;
  }
}
