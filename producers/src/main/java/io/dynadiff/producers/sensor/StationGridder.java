package io.dynadiff.producers.sensor;

import io.dynadiff.physics.field.Grid;
import java.util.List;

/**
 * Puts observations on a latitude-longitude grid.
 *
 * <p>A point is covered when a station lies within the radius of it, along a great circle. Points
 * that are not covered get the value of the nearest station all the same, so that a field has no
 * holes; the mask says which they are. Immutable and thread-safe.
 */
final class StationGridder {
  private static final double EARTH_RADIUS_KM = 6371.0;

  /** Closer than a millimetre counts as being there. */
  private static final double SAME_PLACE_KM = 1e-6;

  private final Gridding gridding;
  private final double radiusKm;
  private final double[][] points;

  /**
   * Makes a gridder.
   *
   * @param grid latitude-longitude grid in degrees
   * @param radiusKm how far a station is taken to speak for, greater than 0
   */
  StationGridder(Grid grid, Gridding gridding, double radiusKm) {
    if (!(radiusKm > 0) || Double.isInfinite(radiusKm)) {
      throw new IllegalArgumentException(
          "radius: expected kilometres greater than 0, found " + radiusKm);
    }
    this.gridding = gridding;
    this.radiusKm = radiusKm;
    this.points = new double[grid.height() * grid.width()][];
    for (int i = 0; i < points.length; i++) {
      points[i] =
          direction(
              grid.originY() + i / grid.width() * grid.spacingY(),
              grid.originX() + i % grid.width() * grid.spacingX());
    }
  }

  /**
   * A field made of observations.
   *
   * @param values [y, x], all of them finite
   * @param covered [y, x], true where a station lies within the radius
   */
  record Gridded(float[] values, boolean[] covered) {

    /** Part of the points that is covered, 0 to 1. */
    double coverage() {
      int count = 0;
      for (boolean one : covered) {
        count += one ? 1 : 0;
      }
      return (double) count / covered.length;
    }
  }

  /** Grids at least one observation. */
  Gridded grid(List<Observation> observations) {
    if (observations.isEmpty()) {
      throw new IllegalArgumentException("gridding: expected an observation, found none");
    }
    double[][] stations =
        observations.stream()
            .map(o -> direction(o.latitude(), o.longitude()))
            .toArray(double[][]::new);
    float[] values = new float[points.length];
    boolean[] covered = new boolean[points.length];
    for (int i = 0; i < points.length; i++) {
      double nearest = Double.POSITIVE_INFINITY;
      double nearestValue = 0;
      double weights = 0;
      double weighted = 0;
      for (int s = 0; s < stations.length; s++) {
        double distance = distanceKm(points[i], stations[s]);
        double value = observations.get(s).value();
        if (distance < nearest) {
          nearest = distance;
          nearestValue = value;
        }
        if (distance <= radiusKm && distance > SAME_PLACE_KM) {
          double weight = 1 / (distance * distance);
          weights += weight;
          weighted += weight * value;
        }
      }
      covered[i] = nearest <= radiusKm;
      boolean mean = gridding == Gridding.INVERSE_DISTANCE && nearest > SAME_PLACE_KM;
      values[i] = (float) (mean && covered[i] ? weighted / weights : nearestValue);
    }
    return new Gridded(values, covered);
  }

  /** Point on the unit sphere; longitudes of either convention are the same place. */
  private static double[] direction(double latitude, double longitude) {
    double y = Math.toRadians(latitude);
    double x = Math.toRadians(longitude);
    return new double[] {Math.cos(y) * Math.cos(x), Math.cos(y) * Math.sin(x), Math.sin(y)};
  }

  private static double distanceKm(double[] a, double[] b) {
    double dx = a[0] - b[0];
    double dy = a[1] - b[1];
    double dz = a[2] - b[2];
    double chord = Math.sqrt(dx * dx + dy * dy + dz * dz);
    return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, chord / 2));
  }
}
