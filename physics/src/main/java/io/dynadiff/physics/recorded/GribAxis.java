package io.dynadiff.physics.recorded;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A coordinate axis that a GRIB file only implies.
 *
 * @param name name of the axis and of its variable
 * @param unit CF unit
 * @param values coordinates
 */
record GribAxis(String name, String unit, double[] values) implements ArrayVariable {

  @Override
  public List<String> dimensions() {
    return List.of(name);
  }

  @Override
  public int[] shape() {
    return new int[] {values.length};
  }

  @Override
  public boolean numeric() {
    return true;
  }

  @Override
  public Optional<String> text(String attribute) {
    return attribute.equals("units") ? Optional.of(unit) : Optional.empty();
  }

  @Override
  public Optional<Double> number(String attribute) {
    return Optional.empty();
  }

  @Override
  public double[] read(int[] offset, int[] count) {
    return Arrays.copyOfRange(values, offset[0], offset[0] + count[0]);
  }
}
