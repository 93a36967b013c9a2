package io.dynadiff.producers.replay;

import io.dynadiff.physics.environments.Era5Environments;
import io.dynadiff.physics.environments.GlobalRegions;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.recorded.Tile;
import io.dynadiff.producers.command.EventTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Options that say what of recorded files becomes the frames of which environments. */
public final class RecordedTiles {

  @Option(
      names = "--variable",
      description =
          "Variables to take, one channel each, by name or ECMWF parameter id: t2m, 2t, 167, or"
              + " u100,v100 (default: t2m).")
  private String variable;

  @Option(names = "--system", description = "System the tiles belong to (default: era5-uk).")
  private String system;

  @Option(
      names = "--tiles",
      paramLabel = "TILES",
      description =
          "seen or unseen (the lists of era5-uk or era5-global), all (side by side over the whole"
              + " grid), or corners: r00c16,r17c33 of a regional file, n60e030,s30e330 of a global"
              + " one (--system era5-global) (default: unseen).")
  private String tiles;

  @Option(
      names = "--tile-size",
      description = "Rows and columns of a tile given by its corner, or of all (default: 16).")
  private Integer tileSize;

  /** Whether any of them was given. */
  boolean given() {
    return Stream.of(variable, system, tiles, tileSize).anyMatch(Objects::nonNull);
  }

  /**
   * A series for each tile; the caller closes them and the files.
   *
   * @throws IllegalArgumentException if there is no such variable or tile, or the span holds
   *     nothing
   */
  public List<FieldSeries> series(RecordedFiles files, EventTime.Span span) {
    String name = Objects.requireNonNullElse(system, "era5-uk");
    return files.series(name, variables(), tiles(name), span.first(), span.end());
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

  /**
   * Refuses at once what can be refused before files are opened.
   *
   * @throws IllegalArgumentException if an option is wrong in itself
   */
  public void check() {
    variables();
    tiles(Objects.requireNonNullElse(system, "era5-uk"));
  }

  /** Tiles by name, once the grid is known; what can be refused without it is refused at once. */
  private Function<Grid, Map<String, Tile>> tiles(String name) {
    GlobalRegions global = GlobalRegions.standard();
    String given = Objects.requireNonNullElse(tiles, "unseen");
    int size = Objects.requireNonNullElse(tileSize, 16);
    if (given.equals("all")) {
      return grid -> byName(sideBySide(grid, size), Tile::name, tile -> tile);
    }
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

  /**
   * Whole tiles from the first row and column on; what is left over at the far edges is not used.
   */
  private static List<Tile> sideBySide(Grid grid, int size) {
    List<Tile> all = new ArrayList<>();
    for (int row = 0; row + size <= grid.height(); row += size) {
      for (int column = 0; column + size <= grid.width(); column += size) {
        all.add(new Tile(row, column, size, size));
      }
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "--tile-size: expected at most "
              + Math.min(grid.height(), grid.width())
              + " on a grid of "
              + grid.height()
              + " x "
              + grid.width()
              + " points, found "
              + size);
    }
    return all;
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
}
