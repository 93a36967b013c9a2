package io.dynadiff.physics.recorded;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The fields of one quantity in a GRIB file as one array [time, latitude, longitude].
 *
 * @param fields where each time's values lie, in time order
 */
record GribVariable(
    Path path,
    FileChannel channel,
    String name,
    String unit,
    List<String> dimensions,
    int rows,
    int columns,
    List<GribPacking> fields)
    implements ArrayVariable {

  @Override
  public int[] shape() {
    return new int[] {fields.size(), rows, columns};
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
    double[] out = new double[count[0] * count[1] * count[2]];
    int at = 0;
    for (int t = 0; t < count[0]; t++) {
      double[] field = fields.get(offset[0] + t).unpack(path, channel);
      for (int y = 0; y < count[1]; y++) {
        System.arraycopy(field, (offset[1] + y) * columns + offset[2], out, at, count[2]);
        at += count[2];
      }
    }
    return out;
  }
}
