package io.dynadiff.producers.replay;

import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.field.JoinedSeries;
import io.dynadiff.physics.field.StackedSeries;
import io.dynadiff.physics.recorded.RecordedField;
import io.dynadiff.physics.recorded.RecordedFields;
import io.dynadiff.physics.recorded.Tile;
import io.dynadiff.physics.recorded.TileSeries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Recorded files that are replayed together: one after the other in time, each variable in files of
 * its own, or both.
 *
 * <pre>
 *             January      February
 *   u100    u-01.nc  ->  u-02.nc       joined in time,
 *   v100    v-01.nc  ->  v-02.nc       then stacked as channels
 * </pre>
 */
public final class RecordedFiles implements AutoCloseable {
  private final List<RecordedFields> files;

  private RecordedFiles(List<RecordedFields> files) {
    this.files = files;
  }

  /** Opens files; the caller closes them when the series are not read any more. */
  public static RecordedFiles open(List<Path> paths) {
    RecordedFiles opened = new RecordedFiles(new ArrayList<>());
    try {
      paths.forEach(path -> opened.files.add(RecordedFields.open(path)));
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /**
   * A series for each tile.
   *
   * @param variables one channel each, in this order
   * @param tiles tiles by name, for the grid of the files
   * @param first first instant, inclusive
   * @param end last instant, exclusive
   */
  List<FieldSeries> series(
      String system,
      List<String> variables,
      Function<Grid, Map<String, Tile>> tiles,
      long first,
      long end) {
    List<List<RecordedField>> layers = layers(variables);
    Grid grid = layers.get(0).get(0).grid();
    layers.forEach(fields -> fields.forEach(field -> requireGrid(field, layers.get(0).get(0))));
    List<FieldSeries> series = new ArrayList<>();
    tiles
        .apply(grid)
        .forEach(
            (name, tile) ->
                series.add(
                    StackedSeries.of(
                        layers.stream()
                            .map(fields -> layer(system, name, fields, tile, first, end))
                            .toList())));
    return series;
  }

  private static StackedSeries.Layer layer(
      String system, String name, List<RecordedField> fields, Tile tile, long first, long end) {
    List<RecordedField> inside =
        fields.stream().filter(field -> fields.size() == 1 || touches(field, first, end)).toList();
    List<String> names = inside.stream().map(field -> field.path().toString()).toList();
    return new StackedSeries.Layer(
        String.join(", ", names) + ", variable " + fields.get(0).channel().name(),
        JoinedSeries.of(
            inside.stream()
                .map(field -> new TileSeries(system, name, List.of(field), tile, first, end))
                .toList(),
            names));
  }

  /** Of several files those that hold nothing of the span are passed over. */
  private static boolean touches(RecordedField field, long first, long end) {
    return field.firstAtOrAfter(first) < field.firstAtOrAfter(end);
  }

  /** The fields of each variable, in the order of the files that hold it. */
  private List<List<RecordedField>> layers(List<String> variables) {
    List<List<RecordedField>> layers = new ArrayList<>();
    for (String variable : variables) {
      List<RecordedFields> holders = files.stream().filter(file -> file.holds(variable)).toList();
      if (holders.isEmpty() && files.size() > 1) {
        throw new IllegalArgumentException(
            "no variable "
                + variable
                + " in any of "
                + files.stream()
                    .map(file -> file.path() + " " + file.variables())
                    .collect(Collectors.joining(", ")));
      }
      // A single file says itself which fields there are instead.
      layers.add(
          (holders.isEmpty() ? files : holders)
              .stream().map(file -> file.variable(variable)).toList());
    }
    for (RecordedFields file : files) {
      if (variables.stream().noneMatch(file::holds)) {
        file.variable(variables.get(0));
      }
    }
    return layers;
  }

  private static void requireGrid(RecordedField field, RecordedField first) {
    if (!field.grid().equals(first.grid())) {
      throw new IllegalArgumentException(
          field.path()
              + ": variable "
              + field.channel().name()
              + ": expected the grid of "
              + first.path()
              + ", "
              + text(first.grid())
              + ", found "
              + text(field.grid())
              + "; publish them as feeds of their own");
    }
  }

  private static String text(Grid grid) {
    return grid.height()
        + " x "
        + grid.width()
        + " points from ("
        + grid.originY()
        + ", "
        + grid.originX()
        + ") every ("
        + grid.spacingY()
        + ", "
        + grid.spacingX()
        + ") "
        + grid.unit();
  }

  @Override
  public void close() {
    files.forEach(RecordedFields::close);
  }
}
