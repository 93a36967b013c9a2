package io.dynadiff.physics.environments;

import io.dynadiff.physics.field.Snapshot;
import io.dynadiff.physics.recorded.RecordedField;
import io.dynadiff.physics.recorded.RecordedFields;
import io.dynadiff.physics.recorded.TileSeries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Reads all regions of a global file side by side, in a process of its own, and adds them up. */
final class GlobalReading {
  private GlobalReading() {}

  public static void main(String[] args) {
    GlobalRegions regions = GlobalRegions.standard();
    double sum = 0;
    long values = 0;
    try (RecordedFields fields = RecordedFields.open(Path.of(args[0]))) {
      RecordedField field = fields.variable(fields.variables().get(0));
      List<Iterator<Snapshot>> series = new ArrayList<>();
      Stream.concat(regions.seen().stream(), regions.unseen().stream())
          .forEach(
              region ->
                  series.add(
                      new TileSeries(regions.system(), field, regions.tile(field.grid(), region))
                          .snapshots(0)));
      while (series.get(0).hasNext()) {
        for (Iterator<Snapshot> one : series) {
          for (float value : one.next().values()) {
            sum += value;
            values++;
          }
        }
      }
    }
    System.out.println(values + " values, sum " + sum);
  }
}
