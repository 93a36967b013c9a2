package io.dynadiff.physics.environments;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.physics.recorded.RecordedField;
import io.dynadiff.physics.recorded.RecordedFields;
import io.dynadiff.physics.recorded.Tile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnvironmentsTest {

  @Test
  void shouldListFiftyOneBetasTwelveOfThemSeen() {
    LambdaOmegaEnvironments environments = LambdaOmegaEnvironments.standard();
    assertThat(environments.all()).hasSize(51);
    assertThat(environments.seen()).hasSize(12);
    assertThat(environments.unseen()).hasSize(39);
    assertThat(environments.all().get(10))
        .isEqualTo(new LambdaOmegaEnvironment("lambda-omega/beta-1.10", 1.1, false));
    assertThat(environments.all().get(40).seen()).isFalse();
    assertThat(environments.all().get(50).beta()).isEqualTo(1.5);
    assertThat(environments.intervalTime()).isEqualTo(0.2);
    assertThat(environments.parameters().outputPoints()).isEqualTo(32);
  }

  @Test
  void shouldHoldTheSplitThatItsSeedDraws() {
    EnvironmentProperties p = new EnvironmentProperties("lambda-omega.properties");
    assertThat(SeededSplit.positions(p.integer("split-seed"), 51, 12))
        .containsExactly(p.integers("seen"));
  }

  @Test
  void shouldKeepUnseenTilesApartFromEachOtherAndOnTheGrid() {
    Era5Environments environments = Era5Environments.standard();
    assertThat(environments.seen()).hasSize(18);
    assertThat(environments.unseen()).hasSize(6);
    Set<Integer> covered = new HashSet<>();
    for (Tile tile : environments.unseen()) {
      for (int i = 0; i < 256; i++) {
        int point = (tile.row() + i / 16) * environments.columns() + tile.column() + i % 16;
        assertThat(covered.add(point)).as(tile.name()).isTrue();
        assertThat(tile.row() + i / 16).isLessThan(environments.rows());
        assertThat(tile.column() + i % 16).isLessThan(environments.columns());
      }
    }
  }

  @Test
  void shouldCutTrainingAndHeldOutTimeWithoutOverlap() {
    Era5Environments environments = Era5Environments.standard();
    try (RecordedFields fields =
        RecordedFields.open(Path.of("..", "data", "era5-2mt-2019-03-uk-cds.nc"))) {
      RecordedField field = fields.variable(environments.variable());
      for (Tile tile : environments.seen()) {
        assertThat(environments.training(field, tile).length()).isEqualTo(480);
      }
      var training = environments.training(field, environments.seen().get(0));
      var heldOut = environments.heldOut(field, environments.seen().get(0));
      assertThat(heldOut.length()).isEqualTo(264);
      assertThat(heldOut.snapshots(0).next().eventTimeMillis())
          .isEqualTo(training.snapshots(479).next().eventTimeMillis() + 3_600_000);
      assertThat(Arrays.asList(training.environmentId())).containsExactly("era5-uk/r00c04");
    }
  }
}
