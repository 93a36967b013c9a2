package io.dynadiff.physics.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GridTest {
  private final Grid grid =
      new Grid(33, 49, 58, -10, -0.25, 0.25, "degrees", Coordinates.LATITUDE_LONGITUDE, true);

  @Test
  void shouldCutTilesWithTheirOwnOrigin() {
    Grid tile = grid.tile(17, 33, 16, 16);
    assertThat(tile.originY()).isEqualTo(53.75);
    assertThat(tile.originX()).isEqualTo(-1.75);
    assertThat(tile.centreY()).isEqualTo(51.875);
    assertThat(tile.centreX()).isEqualTo(0.125);
    assertThat(tile.periodic()).isFalse();
    assertThat(grid.tile(0, 0, 33, 49)).isEqualTo(grid);
  }

  @Test
  void shouldRefuseTilesOutsideAndBadGrids() {
    assertThatThrownBy(() -> grid.tile(18, 0, 16, 16)).hasMessageContaining("row 18");
    assertThatThrownBy(() -> grid.tile(0, 34, 16, 16)).hasMessageContaining("column 34");
    assertThatThrownBy(() -> grid.tile(-1, 0, 16, 16)).hasMessageContaining("row -1");
    assertThatThrownBy(() -> new Grid(2, 2, 0, 0, 0, 1, "m", Coordinates.PLANE, false))
        .hasMessageContaining("other than 0");
    assertThatThrownBy(() -> new Channel(" ", "K")).hasMessageContaining("channel name");
    assertThatThrownBy(() -> new Condition("beta", Double.NaN, "1")).hasMessageContaining("beta");
  }
}
