package io.dynadiff.physics.spectral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DealiasedModesTest {

  @ParameterizedTest
  @CsvSource({"8, 2", "32, 10", "64, 21", "66, 21", "96, 31", "128, 42"})
  void shouldKeepTwoThirdsWhenProductsMustNotAlias(int points, int cutoff) {
    DealiasedModes modes = new DealiasedModes(points);
    assertThat(modes.cutoff()).isEqualTo(cutoff);
    // A product reaches 2 K and folds back to points - 2 K, which must lie beyond K.
    assertThat(points - 2 * cutoff).isGreaterThan(cutoff);
  }

  @Test
  void shouldStoreEveryPairOnceAndNoMean() {
    DealiasedModes modes = new DealiasedModes(16);
    ModePlacement placement = modes.on(16);
    Set<Integer> places = new HashSet<>();
    for (int m = 0; m < modes.count(); m++) {
      assertThat(places.add(placement.place(m))).isTrue();
      assertThat(places.add(placement.conjugatePlace(m))).isTrue();
    }
    assertThat(places).hasSize(11 * 11 - 1).doesNotContain(0);
  }

  @Test
  void shouldLeaveOutModesThatACoarserGridCannotHold() {
    DealiasedModes modes = new DealiasedModes(32);
    ModePlacement coarse = modes.on(8);
    for (int m = 0; m < modes.count(); m++) {
      boolean fits = modes.kx(m) < 4 && Math.abs(modes.ky(m)) < 4;
      assertThat(coarse.place(m) >= 0).as("(%d, %d)", modes.kx(m), modes.ky(m)).isEqualTo(fits);
    }
  }

  @Test
  void shouldReturnWhatWasScattered() {
    DealiasedModes modes = new DealiasedModes(12);
    double[] values = new double[2 * modes.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i + 1;
    }
    double[] grid = new double[2 * 12 * 12];
    modes.on(12).scatter(values, grid);
    assertThat(modes.on(12).gather(grid)).containsExactly(values);
    assertThatThrownBy(() -> modes.on(12).scatter(values, new double[4]))
        .hasMessageContaining("288")
        .hasMessageContaining("4");
  }
}
