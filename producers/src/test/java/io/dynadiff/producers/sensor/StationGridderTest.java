package io.dynadiff.producers.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.physics.field.Coordinates;
import io.dynadiff.physics.field.Grid;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StationGridderTest {
  /** One degree of a great circle on a sphere of 6371 km. */
  private static final double DEGREE_KM = 111.19;

  /** Five points along the equator, a degree apart. */
  private final Grid equator =
      new Grid(1, 5, 0, 0, -1, 1, "degrees", Coordinates.LATITUDE_LONGITUDE, false);

  @Test
  void shouldTakeTheNearestStation() {
    StationGridder.Gridded field =
        new StationGridder(equator, Gridding.NEAREST, 1000)
            .grid(List.of(at(0, 0, 10), at(0, 4, 20)));
    assertThat(field.values()[0]).isEqualTo(10);
    assertThat(field.values()[1]).isEqualTo(10);
    assertThat(field.values()[3]).isEqualTo(20);
    assertThat(field.values()[4]).isEqualTo(20);
  }

  @Test
  void shouldWeightByOneOverDistanceSquared() {
    StationGridder.Gridded field =
        new StationGridder(equator, Gridding.INVERSE_DISTANCE, 1000)
            .grid(List.of(at(0, 0, 10), at(0, 4, 20)));
    assertThat(field.values()[0]).isEqualTo(10);
    // Weights 1/1 and 1/9; then 1/4 and 1/4.
    assertThat((double) field.values()[1]).isCloseTo((10 + 20 / 9.0) / (1 + 1 / 9.0), within(1e-4));
    assertThat((double) field.values()[2]).isCloseTo(15, within(1e-4));
    assertThat(field.values()[4]).isEqualTo(20);
  }

  @Test
  void shouldLeaveStationsBeyondTheRadiusOutOfTheMean() {
    StationGridder.Gridded field =
        new StationGridder(equator, Gridding.INVERSE_DISTANCE, 2.5 * DEGREE_KM)
            .grid(List.of(at(0, 0, 10), at(0, 4, 20)));
    assertThat((double) field.values()[1]).isCloseTo(10, within(1e-4));
  }

  @ParameterizedTest
  @EnumSource(Gridding.class)
  void shouldMarkWhatNoStationReachesAndStillFillIt(Gridding gridding) {
    StationGridder.Gridded field =
        new StationGridder(equator, gridding, 1.5 * DEGREE_KM).grid(List.of(at(0, 0, 10)));
    assertThat(field.covered()).containsExactly(true, true, false, false, false);
    assertThat(field.coverage()).isEqualTo(0.4);
    assertThat(field.values()).containsExactly(10, 10, 10, 10, 10);
  }

  @Test
  void shouldMeasureAlongGreatCirclesInEitherConventionOfLongitudes() {
    Grid north = new Grid(1, 2, 60, 0, -1, 2, "degrees", Coordinates.LATITUDE_LONGITUDE, false);
    // Two degrees of longitude at 60 N are one degree of a great circle.
    StationGridder gridder = new StationGridder(north, Gridding.NEAREST, 1.01 * DEGREE_KM);
    assertThat(gridder.grid(List.of(at(60, 0, 1))).covered()).containsExactly(true, true);
    assertThat(gridder.grid(List.of(at(60, 358, 1))).covered()).containsExactly(true, false);
    assertThat(gridder.grid(List.of(at(60, -2, 1))).covered()).containsExactly(true, false);
  }

  @Test
  void shouldRefuseARadiusThatReachesNothing() {
    assertThatThrownBy(() -> new StationGridder(equator, Gridding.NEAREST, 0))
        .hasMessageContaining("radius: expected kilometres greater than 0, found 0.0");
    assertThatThrownBy(() -> new StationGridder(equator, Gridding.NEAREST, Double.NaN))
        .hasMessageContaining("found NaN");
  }

  private static Observation at(double latitude, double longitude, double value) {
    return new Observation("s" + longitude, 0, latitude, longitude, value);
  }
}
