package io.dynadiff.producers.replay;

import io.dynadiff.physics.environments.Era5Environments;
import io.dynadiff.physics.field.FieldSeries;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
          "Variable to publish, by name or ECMWF parameter id: t2m, 2t, 167"
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
          "seen or unseen (the lists of era5-uk), or corners like r00c16,r17c33"
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
    List<Tile> chosen = tiles();
    List<RecordedFields> open = new ArrayList<>();
    try {
      List<RecordedField> fields = new ArrayList<>();
      for (Path file : files) {
        RecordedFields recorded = RecordedFields.open(file);
        open.add(recorded);
        fields.add(recorded.variable(variable));
      }
      List<FieldSeries> series = new ArrayList<>();
      for (Tile tile : chosen) {
        List<TileSeries> parts =
            fields.stream()
                .filter(field -> fields.size() == 1 || touches(field, first, end))
                .map(field -> new TileSeries(system, field, tile, first, end))
                .toList();
        series.add(JoinedSeries.of(parts));
      }
      return new Series(series, () -> open.forEach(RecordedFields::close));
    } catch (RuntimeException e) {
      open.forEach(RecordedFields::close);
      throw e;
    }
  }

  /** Of several files those that hold nothing of the span are passed over. */
  private static boolean touches(RecordedField field, long first, long end) {
    return field.firstAtOrAfter(first) < field.firstAtOrAfter(end);
  }

  private List<Tile> tiles() {
    if (tiles.equals("unseen")) {
      return Era5Environments.standard().unseen();
    }
    if (tiles.equals("seen")) {
      return Era5Environments.standard().seen();
    }
    Set<Tile> chosen = new LinkedHashSet<>();
    for (String name : tiles.split(",")) {
      if (!chosen.add(Tile.named(name, tileSize, tileSize))) {
        throw new IllegalArgumentException(
            "tiles: expected every tile once, found " + name.trim() + " twice");
      }
    }
    return List.copyOf(chosen);
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
