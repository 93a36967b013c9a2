package io.dynadiff.physics.environments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.physics.environments.GlobalRegions.Region;
import io.dynadiff.physics.field.Coordinates;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.recorded.Tile;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobalRegionsTest {
  private final GlobalRegions regions = GlobalRegions.standard();

  @Test
  void shouldHoldTheSplitThatItsSeedDraws() {
    EnvironmentProperties p = new EnvironmentProperties("era5-global.properties");
    assertThat(regions.seen()).hasSize(24);
    assertThat(regions.unseen()).hasSize(48);
    assertThat(SeededSplit.positions(p.integer("split-seed"), 72, 24))
        .containsExactly(p.integers("seen"));
  }

  @ParameterizedTest
  @CsvSource({"0", "-180"})
  void shouldCoverEveryPointButTheSouthPoleOnceInBothConventions(double west) {
    Grid grid = grid(721, 1440, 90, west, 0.25);
    List<Region> all = new ArrayList<>(regions.seen());
    all.addAll(regions.unseen());
    BitSet covered = new BitSet();
    for (Region region : all) {
      Tile tile = regions.tile(grid, region);
      assertThat(tile.height()).isEqualTo(120);
      assertThat(tile.width()).isEqualTo(120);
      double longitude = grid.originX() + tile.column() * 0.25;
      assertThat((longitude + 360) % 360).as(region.name()).isEqualTo(region.west());
      assertThat(grid.originY() - tile.row() * 0.25).isEqualTo(region.north());
      for (int y = 0; y < 120; y++) {
        for (int x = 0; x < 120; x++) {
          int point = (tile.row() + y) * 1440 + tile.column() + x;
          assertThat(covered.get(point)).isFalse();
          covered.set(point);
        }
      }
    }
    assertThat(covered.cardinality()).isEqualTo(720 * 1440);
    assertThat(covered.nextClearBit(0)).isEqualTo(720 * 1440);
  }

  @Test
  void shouldNameRegionsByTheirCorner() {
    assertThat(regions.named("n90e000")).isEqualTo(new Region(90, 0));
    assertThat(regions.named("s60e330")).isEqualTo(new Region(-60, 330));
    assertThatThrownBy(() -> regions.named("n45e000")).hasMessageContaining("found 'n45e000'");
  }

  @Test
  void shouldSayWhyAGridCannotBeCut() {
    Region region = regions.named("n60e030");
    assertThatThrownBy(() -> regions.tile(grid(33, 49, 58, -10, 0.25), region))
        .hasMessageContaining("expected a grid of 360 degrees of longitude, found 49 columns");
    assertThatThrownBy(() -> regions.tile(grid(257, 512, 90, 0, 0.703125), region))
        .hasMessageContaining("expected a whole number of rows in 30 degrees, found 42.6667");
    assertThatThrownBy(() -> regions.tile(grid(180, 360, 89.5, 0.5, 1), region))
        .hasMessageContaining("expected a whole number of rows to its north edge, found 29.5000");
    assertThatThrownBy(() -> regions.tile(grid(181, 360, 90, 40, 1), region))
        .hasMessageContaining("not across its seam");
    assertThatThrownBy(() -> regions.tile(grid(20, 360, 70, 0, 1), region))
        .hasMessageContaining("expected it inside the grid");
  }

  private static Grid grid(int rows, int columns, double north, double west, double step) {
    return new Grid(
        rows, columns, north, west, -step, step, "degrees", Coordinates.LATITUDE_LONGITUDE, false);
  }
}
