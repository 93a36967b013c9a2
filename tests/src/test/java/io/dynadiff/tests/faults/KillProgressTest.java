package io.dynadiff.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillProgressTest {

  @TempDir Path directory;

  @Test
  void shouldGoOnWhereItStoppedWhenTheSetupIsTheSame() throws Exception {
    assertThat(KillProgress.read(directory, "seed 1").rounds()).isZero();
    KillProgress stopped =
        new KillProgress(
            "seed 1", 2, 1, 61.5, List.of(25_000L, 9_000L), Map.of("adapt-1", 1, "verify-1", 1));
    stopped.write(directory);
    assertThat(KillProgress.read(directory, "seed 1")).isEqualTo(stopped);
  }

  @Test
  void shouldRefuseToGoOnWhenTheSetupIsAnother() throws Exception {
    new KillProgress("seed 1", 1, 1, 30, List.of(25_000L), Map.of("adapt-1", 1)).write(directory);
    assertThatThrownBy(() -> KillProgress.read(directory, "seed 2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("seed 2, found seed 1")
        .hasMessageContaining("--work-dir");
  }
}
