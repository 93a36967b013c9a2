package io.dynadiff.physics.recorded;

import io.dynadiff.physics.field.Coordinates;
import io.dynadiff.physics.field.Grid;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which axis of a variable is time, latitude and longitude, by the CF conventions: units first,
 * then standard names, then the names everybody uses.
 */
final class CfAxes {

  /** What an axis means. */
  enum Kind {
    TIME,
    LATITUDE,
    LONGITUDE,
    OTHER
  }

  private CfAxes() {}

  /** True for numeric variables that have a time, a latitude and a longitude axis. */
  static boolean isField(ArrayVariable variable, List<ArrayVariable> all) {
    return variable.numeric()
        && axis(variable, all, Kind.TIME) >= 0
        && axis(variable, all, Kind.LATITUDE) >= 0
        && axis(variable, all, Kind.LONGITUDE) >= 0;
  }

  /** Position of an axis of a kind, or -1. */
  static int axis(ArrayVariable variable, List<ArrayVariable> all, Kind kind) {
    List<String> names = variable.dimensions();
    for (int i = 0; i < names.size(); i++) {
      Optional<ArrayVariable> coordinate = coordinate(names.get(i), all);
      if (coordinate.isPresent() && kind(coordinate.get()) == kind) {
        return i;
      }
    }
    return -1;
  }

  /** The one-dimensional variable that holds the coordinates of an axis. */
  static Optional<ArrayVariable> coordinate(String dimension, List<ArrayVariable> all) {
    return all.stream()
        .filter(v -> v.name().equals(dimension) && v.dimensions().equals(List.of(dimension)))
        .findFirst();
  }

  private static Kind kind(ArrayVariable coordinate) {
    String unit = coordinate.text("units").orElse("").trim().toLowerCase(java.util.Locale.ROOT);
    String name = coordinate.text("standard_name").orElse(coordinate.name());
    if (unit.contains(" since ") || name.equals("time") || coordinate.name().equals("valid_time")) {
      return Kind.TIME;
    }
    if (unit.matches("degrees?_?n(orth)?") || name.equals("latitude") || name.equals("lat")) {
      return Kind.LATITUDE;
    }
    if (unit.matches("degrees?_?e(ast)?") || name.equals("longitude") || name.equals("lon")) {
      return Kind.LONGITUDE;
    }
    return Kind.OTHER;
  }

  /** Grid spanned by two coordinate axes, which must be regular. */
  static Grid grid(Path path, ArrayVariable latitude, ArrayVariable longitude) {
    double[] y = readAll(latitude);
    double[] x = unwrapped(readAll(longitude));
    return new Grid(
        y.length,
        x.length,
        y[0],
        x[0],
        spacing(path, latitude.name(), y),
        spacing(path, longitude.name(), x),
        "degrees",
        Coordinates.LATITUDE_LONGITUDE,
        false);
  }

  /** Longitudes of a region across the seam of their convention go on beyond it: 359, 360, 361. */
  private static double[] unwrapped(double[] longitudes) {
    double[] x = longitudes.clone();
    for (int i = 1; i < x.length; i++) {
      if (x[i] < x[i - 1] && x[i] + 360 - x[i - 1] < 180) {
        x[i] += 360;
      }
    }
    return x;
  }

  static double[] readAll(ArrayVariable variable) {
    int[] shape = variable.shape();
    return variable.read(new int[shape.length], shape);
  }

  private static double spacing(Path path, String name, double[] values) {
    if (values.length < 2) {
      throw new RecordedDataException(
          path
              + ": axis "
              + name
              + ": expected at least 2 points for a grid, found "
              + values.length);
    }
    double mean = (values[values.length - 1] - values[0]) / (values.length - 1);
    for (int i = 1; i < values.length; i++) {
      double step = values[i] - values[i - 1];
      // Axes stored as float32 wobble in the last digits; anything more is another kind of grid.
      if (!(Math.abs(step - mean) <= 1e-3 * Math.abs(mean)) || mean == 0) {
        throw new RecordedDataException(
            path
                + ": axis "
                + name
                + ": expected a regular spacing of "
                + mean
                + ", found "
                + step
                + " between points "
                + (i - 1)
                + " and "
                + i);
      }
    }
    return mean;
  }
}
