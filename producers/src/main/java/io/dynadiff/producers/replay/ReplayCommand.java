package io.dynadiff.producers.replay;

import io.dynadiff.physics.environments.Era5Environments;
import io.dynadiff.physics.environments.GlobalRegions;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.field.JoinedSeries;
import io.dynadiff.physics.recorded.RecordedField;
import io.dynadiff.physics.recorded.RecordedFields;
import io.dynadiff.physics.recorded.Tile;
import io.dynadiff.physics.recorded.TileSeries;
import io.dynadiff.producers.command.FeedCommand;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes tiles of recorded files as environments, with the files' own event times. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = "Publish recorded fields (NetCDF, GRIB, Zarr), each tile as one environment.",
    footer = {
      "",
      "Example:",
      "  dynadiff replay data/era5-2mt-2019-03-uk-cds.nc \\",
      "    --from 2019-03-21 --speed 3600x"
    })
public final class ReplayCommand extends FeedCommand {

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "NetCDF-4, NetCDF-3 or GRIB files or Zarr directories; several must follow one another in"
              + " time.")
  private List<Path> files;

  @Option(
      names = "--variable",
      defaultValue = "t2m",
      description =
          "Variables to publish, one channel each, by name or ECMWF parameter id: t2m, 2t, 167, or"
              + " u100,v100"
              + " (default: ${DEFAULT-VALUE}).")
  private String variable;

  @Option(
      names = "--system",
      defaultValue = "era5-uk",
      description = "System the tiles belong to (default: ${DEFAULT-VALUE}).")
  private String system;

  @Option(
      names = "--tiles",
      defaultValue = "unseen",
      paramLabel = "TILES",
      description =
          "seen or unseen (the lists of era5-uk or era5-global), or corners: r00c16,r17c33 of a"
              + " regional file, n60e030,s30e330 of a global one (--system era5-global)"
              + " (default: ${DEFAULT-VALUE}).")
  private String tiles;

  @Option(
      names = "--tile-size",
      defaultValue = "16",
      description = "Rows and columns of a tile given by its corner (default: ${DEFAULT-VALUE}).")
  private int tileSize;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "First instant, inclusive: 2019-03-21 or 2019-03-21T06:00:00Z.")
  private String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Last instant, exclusive.")
  private String to;

  @Override
  protected Series open() {
    long first = from == null ? Long.MIN_VALUE : millis("--from", from);
    long end = to == null ? Long.MAX_VALUE : millis("--to", to);
    if (first >= end) {
      throw new IllegalArgumentException(
          "time span: expected --from before --to, found " + from + " and " + to);
    }
    Function<Grid, Map<String, Tile>> chosen = tiles();
    List<RecordedFields> open = new ArrayList<>();
    try {
      List<List<RecordedField>> fields = new ArrayList<>();
      for (Path file : files) {
        RecordedFields recorded = RecordedFields.open(file);
        open.add(recorded);
        fields.add(variables().map(recorded::variable).toList());
      }
      List<FieldSeries> series = new ArrayList<>();
      chosen
          .apply(fields.get(0).get(0).grid())
          .forEach(
              (name, tile) -> {
                List<TileSeries> parts =
                    fields.stream()
                        .filter(field -> fields.size() == 1 || touches(field.get(0), first, end))
                        .map(field -> new TileSeries(system, name, field, tile, first, end))
                        .toList();
                series.add(JoinedSeries.of(parts));
              });
      return new Series(series, () -> open.forEach(RecordedFields::close));
    } catch (RuntimeException e) {
      open.forEach(RecordedFields::close);
      throw e;
    }
  }

  private Stream<String> variables() {
    List<String> names = Arrays.stream(variable.split(",", -1)).map(String::trim).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException(
          "variable: expected every variable once, found '" + variable + "'");
    }
    return names.stream();
  }

  /** Of several files those that hold nothing of the span are passed over. */
  private static boolean touches(RecordedField field, long first, long end) {
    return field.firstAtOrAfter(first) < field.firstAtOrAfter(end);
  }

  /** Tiles by name, once the grid is known; what can be refused without it is refused at once. */
  private Function<Grid, Map<String, Tile>> tiles() {
    GlobalRegions global = GlobalRegions.standard();
    if (system.equals(global.system())) {
      List<GlobalRegions.Region> regions =
          switch (tiles) {
            case "unseen" -> global.unseen();
            case "seen" -> global.seen();
            default -> Arrays.stream(tiles.split(",")).map(global::named).toList();
          };
      return grid ->
          byName(regions, GlobalRegions.Region::name, region -> global.tile(grid, region));
    }
    List<Tile> chosen =
        switch (tiles) {
          case "unseen" -> Era5Environments.standard().unseen();
          case "seen" -> Era5Environments.standard().seen();
          default ->
              Arrays.stream(tiles.split(","))
                  .map(name -> Tile.named(name, tileSize, tileSize))
                  .toList();
        };
    Map<String, Tile> named = byName(chosen, Tile::name, tile -> tile);
    return grid -> named;
  }

  private static <T> Map<String, Tile> byName(
      List<T> chosen, Function<T, String> name, Function<T, Tile> tile) {
    Map<String, Tile> tiles = new LinkedHashMap<>();
    for (T one : chosen) {
      if (tiles.put(name.apply(one), tile.apply(one)) != null) {
        throw new IllegalArgumentException(
            "tiles: expected every tile once, found " + name.apply(one) + " twice");
      }
    }
    return tiles;
  }

  private static long millis(String option, String text) {
    try {
      return text.length() == "2019-03-21".length()
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()
          : Instant.parse(text).toEpochMilli();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          option
              + ": expected a time like 2019-03-21 or 2019-03-21T06:00:00Z, found '"
              + text
              + "'",
          e);
    }
  }
}
