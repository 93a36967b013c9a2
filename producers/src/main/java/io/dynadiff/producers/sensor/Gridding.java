package io.dynadiff.producers.sensor;

/** How values of stations become values of grid points. */
enum Gridding {
  /** The value of the nearest station. */
  NEAREST,
  /** The mean of the stations within the radius, weighted by one over distance squared. */
  INVERSE_DISTANCE
}
