package io.dynadiff.physics.recorded;

import java.util.Optional;

/**
 * One field of a GRIB file: what it is, where it lies, and how to unpack it.
 *
 * @param quantity what the field shows, in the terms of its edition: ECMWF's parameter id where
 *     there is one
 * @param known the same quantity in this project's terms, where it is on the list
 * @param level kind and value of the level, for telling fields of one quantity apart
 * @param levelValue value of the level as people say it, for example 500 for 500 hPa
 * @param timeSeconds the instant described, seconds since 1970-01-01T00:00Z
 * @param grid the points
 * @param packing where and how the values are stored
 */
record GribMessage(
    String quantity,
    Optional<KnownParameter> known,
    String level,
    String levelValue,
    long timeSeconds,
    Lattice grid,
    GribPacking packing) {

  /**
   * A regular latitude-longitude grid, rows one after another, west to east.
   *
   * @param rows points along latitude
   * @param columns points along longitude
   * @param firstLatitude degrees north of the first row
   * @param lastLatitude degrees north of the last row
   * @param firstLongitude degrees east of the first column
   * @param lastLongitude degrees east of the last column, greater than the first
   */
  record Lattice(
      int rows,
      int columns,
      double firstLatitude,
      double lastLatitude,
      double firstLongitude,
      double lastLongitude) {

    double[] latitudes() {
      return spread(firstLatitude, lastLatitude, rows);
    }

    double[] longitudes() {
      return spread(firstLongitude, lastLongitude, columns);
    }

    private static double[] spread(double first, double last, int count) {
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        values[i] = count == 1 ? first : first + (last - first) * i / (count - 1);
      }
      return values;
    }

    @Override
    public String toString() {
      return rows
          + " x "
          + columns
          + " points, "
          + firstLatitude
          + ".."
          + lastLatitude
          + " N, "
          + firstLongitude
          + ".."
          + lastLongitude
          + " E";
    }
  }

  /** What the variable is called: the project's name where it has one. */
  String name() {
    return known.map(KnownParameter::name).orElse("p" + quantity);
  }
}
