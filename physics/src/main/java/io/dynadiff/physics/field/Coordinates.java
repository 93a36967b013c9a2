package io.dynadiff.physics.field;

/** What the coordinates of a grid mean. */
public enum Coordinates {
  /** Cartesian y and x. */
  PLANE,
  /** y is latitude north, x is longitude east, both in degrees. */
  LATITUDE_LONGITUDE
}
