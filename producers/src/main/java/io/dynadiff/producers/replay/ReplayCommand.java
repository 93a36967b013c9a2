package io.dynadiff.producers.replay;

import io.dynadiff.physics.environments.Era5Environments;
import io.dynadiff.physics.environments.GlobalRegions;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.recorded.Tile;
import io.dynadiff.producers.command.FeedCommand;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Publishes tiles of recorded files as environments, or stored trajectories as what they are, with
 * their own event times.
 */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Publish recorded fields (NetCDF, GRIB, Zarr), each tile as one environment, or stored"
          + " trajectories."
    },
    footer = {
      "",
      "Example:",
      "  dynadiff replay data/era5-2mt-2019-03-uk-cds.nc \\",
      "    --from 2019-03-21 --speed 3600x",
      "",
      "Variables from separate files, several files each:",
      "  dynadiff replay u-01.nc u-02.nc v-01.nc v-02.nc --variable u100,v100 \\",
      "    --system era5-global",
      "",
      "A stored trajectory:",
      "  dynadiff replay store/lambda-omega/beta-1.10/seed-1"
    })
public final class ReplayCommand extends FeedCommand {

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "NetCDF-4, NetCDF-3 or GRIB files or Zarr directories; files of one variable must follow"
              + " one another in time. Or directories of stored trajectories.")
  private List<Path> files;

  @Option(
      names = "--variable",
      description =
          "Variables to publish, one channel each, by name or ECMWF parameter id: t2m, 2t, 167, or"
              + " u100,v100 (default: t2m).")
  private String variable;

  @Option(names = "--system", description = "System the tiles belong to (default: era5-uk).")
  private String system;

  @Option(
      names = "--tiles",
      paramLabel = "TILES",
      description =
          "seen or unseen (the lists of era5-uk or era5-global), or corners: r00c16,r17c33 of a"
              + " regional file, n60e030,s30e330 of a global one (--system era5-global)"
              + " (default: unseen).")
  private String tiles;

  @Option(
      names = "--tile-size",
      description = "Rows and columns of a tile given by its corner (default: 16).")
  private Integer tileSize;

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
    long stored = files.stream().filter(StoredTrajectories::at).count();
    if (stored == 0) {
      return recorded(first, end);
    }
    if (stored < files.size()) {
      throw new IllegalArgumentException(
          "files: expected stored trajectories or recorded files, found both; replay them as feeds"
              + " of their own");
    }
    if (Stream.of(variable, system, tiles, tileSize).anyMatch(Objects::nonNull)) {
      throw new IllegalArgumentException(
          "options: expected none of --variable, --system, --tiles and --tile-size for stored"
              + " trajectories, which say themselves what they are");
    }
    return new Series(StoredTrajectories.series(files, first, end), () -> {});
  }

  private Series recorded(long first, long end) {
    String name = Objects.requireNonNullElse(system, "era5-uk");
    Function<Grid, Map<String, Tile>> chosen = tiles(name);
    List<String> variables = variables();
    RecordedFiles recorded = RecordedFiles.open(files);
    try {
      return new Series(recorded.series(name, variables, chosen, first, end), recorded::close);
    } catch (RuntimeException e) {
      recorded.close();
      throw e;
    }
  }

  private List<String> variables() {
    String given = Objects.requireNonNullElse(variable, "t2m");
    List<String> names = Arrays.stream(given.split(",", -1)).map(String::trim).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException(
          "variable: expected every variable once, found '" + given + "'");
    }
    return names;
  }

  /** Tiles by name, once the grid is known; what can be refused without it is refused at once. */
  private Function<Grid, Map<String, Tile>> tiles(String name) {
    GlobalRegions global = GlobalRegions.standard();
    String given = Objects.requireNonNullElse(tiles, "unseen");
    int size = Objects.requireNonNullElse(tileSize, 16);
    if (name.equals(global.system())) {
      List<GlobalRegions.Region> regions =
          switch (given) {
            case "unseen" -> global.unseen();
            case "seen" -> global.seen();
            default -> Arrays.stream(given.split(",")).map(global::named).toList();
          };
      return grid ->
          byName(regions, GlobalRegions.Region::name, region -> global.tile(grid, region));
    }
    List<Tile> chosen =
        switch (given) {
          case "unseen" -> Era5Environments.standard().unseen();
          case "seen" -> Era5Environments.standard().seen();
          default ->
              Arrays.stream(given.split(",")).map(one -> Tile.named(one, size, size)).toList();
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
