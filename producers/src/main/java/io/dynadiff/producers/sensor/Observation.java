package io.dynadiff.producers.sensor;

/**
 * One value that one station measured.
 *
 * @param station name of the station, not blank
 * @param eventTimeMillis when it was measured, milliseconds since 1970-01-01T00:00Z
 * @param latitude degrees north, -90 to 90
 * @param longitude degrees east, -180 to 360
 * @param value finite, in the unit of the feed
 */
record Observation(
    String station, long eventTimeMillis, double latitude, double longitude, double value) {

  Observation {
    if (station == null || station.isBlank()) {
      throw new IllegalArgumentException("station: expected a name, found none");
    }
    if (!(latitude >= -90 && latitude <= 90)) {
      throw new IllegalArgumentException("latitude: expected -90 to 90, found " + latitude);
    }
    if (!(longitude >= -180 && longitude <= 360)) {
      throw new IllegalArgumentException("longitude: expected -180 to 360, found " + longitude);
    }
    if (!Float.isFinite((float) value)) {
      throw new IllegalArgumentException("value: expected a finite number, found " + value);
    }
  }
}
