package io.dynadiff.producers.observe;

import io.dynadiff.physics.field.Grid;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Stations at random places of a grid, which measure a field by bilinear interpolation with an
 * error of their own. The same seed gives the same places and errors. Thread-confined.
 */
final class Stations {
  private final Grid grid;
  private final double noise;
  private final Random random;
  private final List<Station> stations = new ArrayList<>();

  /**
   * A place between four grid points.
   *
   * @param name S001, S002, ...
   * @param row position along the rows, 0 to height - 1
   * @param column position along the columns, 0 to width - 1
   */
  private record Station(String name, double row, double column) {}

  /**
   * One value that one station measured.
   *
   * @param latitude in the grid's unit
   * @param longitude in the grid's unit
   */
  record Measured(String station, double latitude, double longitude, double value) {}

  /**
   * Places stations.
   *
   * @param count stations, at least 1
   * @param noise standard deviation of a station's error, in the unit of the field, 0 or more
   */
  Stations(Grid grid, int count, double noise, long seed) {
    if (count < 1 || !(noise >= 0 && Double.isFinite(noise))) {
      throw new IllegalArgumentException(
          "stations: expected at least 1 and noise from 0 on, found " + count + " and " + noise);
    }
    if (grid.height() < 2 || grid.width() < 2) {
      throw new IllegalArgumentException(
          "stations: expected a grid of at least 2 x 2 points to stand in, found "
              + grid.height()
              + " x "
              + grid.width());
    }
    this.grid = grid;
    this.noise = noise;
    this.random = new Random(seed);
    for (int i = 1; i <= count; i++) {
      stations.add(
          new Station(
              String.format("S%03d", i),
              random.nextDouble() * (grid.height() - 1),
              random.nextDouble() * (grid.width() - 1)));
    }
  }

  /**
   * What every station measures of a field.
   *
   * @param field [y, x]
   */
  List<Measured> measure(float[] field) {
    return stations.stream()
        .map(
            s ->
                new Measured(
                    s.name(),
                    grid.originY() + s.row() * grid.spacingY(),
                    grid.originX() + s.column() * grid.spacingX(),
                    interpolated(field, s) + noise * random.nextGaussian()))
        .toList();
  }

  private double interpolated(float[] field, Station station) {
    int row = (int) station.row();
    int column = (int) station.column();
    double down = station.row() - row;
    double right = station.column() - column;
    int at = row * grid.width() + column;
    double upper = (1 - right) * field[at] + right * field[at + 1];
    double lower = (1 - right) * field[at + grid.width()] + right * field[at + grid.width() + 1];
    return (1 - down) * upper + down * lower;
  }
}
