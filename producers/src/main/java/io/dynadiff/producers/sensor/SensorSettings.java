package io.dynadiff.producers.sensor;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Condition;
import io.dynadiff.physics.field.FieldDescription;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Grid;
import java.util.List;

/**
 * What a feed of sensors publishes, and by which rules.
 *
 * @param system system of dynamics
 * @param environmentId environment of the frames
 * @param quantity what the stations measure
 * @param grid latitude-longitude grid of the frames
 * @param intervalMillis event time between frames, at least 1
 * @param latenessMillis how long after its end an interval stays open, in event time, 0 or more
 * @param gridding how stations become grid points
 * @param radiusKm how far a station speaks for, greater than 0
 * @param minimumCoverage part of the points that must be covered for a frame to be published, 0 to
 *     1
 * @param maskChannel true to add a channel "coverage": 1 where a point is covered, 0 elsewhere
 * @param silentAfter intervals without a value after which a station is reported, at least 1
 * @param expectedStations stations that are reported even if they never give a value
 */
record SensorSettings(
    String system,
    String environmentId,
    Channel quantity,
    Grid grid,
    long intervalMillis,
    long latenessMillis,
    Gridding gridding,
    double radiusKm,
    double minimumCoverage,
    boolean maskChannel,
    int silentAfter,
    List<String> expectedStations)
    implements FieldDescription {

  SensorSettings {
    require(!system.isBlank(), "system: expected a name, found none");
    require(!environmentId.isBlank(), "environment: expected a name, found none");
    require(intervalMillis >= 1, "interval: expected at least 1 ms, found " + intervalMillis);
    require(latenessMillis >= 0, "lateness: expected 0 or more, found " + latenessMillis);
    require(
        minimumCoverage >= 0 && minimumCoverage <= 1,
        "coverage: expected 0 to 1, found " + minimumCoverage);
    expectedStations = List.copyOf(expectedStations);
    require(
        expectedStations.stream().noneMatch(String::isBlank),
        "stations: expected names, found a blank one");
    require(silentAfter >= 1, "silent after: expected at least 1 interval, found " + silentAfter);
  }

  private static void require(boolean valid, String message) {
    if (!valid) {
      throw new IllegalArgumentException(message);
    }
  }

  @Override
  public FieldShape shape() {
    return new FieldShape(channels().size(), grid.height(), grid.width());
  }

  @Override
  public List<Channel> channels() {
    return maskChannel ? List.of(quantity, new Channel("coverage", "1")) : List.of(quantity);
  }

  /** Where the grid lies; what governs the field is not known. */
  @Override
  public List<Condition> conditions(long index) {
    return List.of(
        new Condition("latitude", grid.centreY(), "degrees_north"),
        new Condition("longitude", grid.centreX(), "degrees_east"));
  }
}
