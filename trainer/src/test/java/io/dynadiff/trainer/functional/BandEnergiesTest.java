package io.dynadiff.trainer.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.physics.field.FieldShape;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BandEnergiesTest {

  private static final FieldShape SHAPE = new FieldShape(1, 16, 32);
  private static final Shape ONE = new Shape(1, 1, 1, SHAPE.points());

  /** 2 + 3 cos(waves along y and x). */
  private static float[] wave(int alongY, int alongX) {
    float[] field = new float[SHAPE.points()];
    for (int p = 0; p < field.length; p++) {
      double phase = 2 * Math.PI * (alongY * (p / 32) / 16.0 + alongX * (p % 32) / 32.0) + 0.7;
      field[p] = (float) (2 + 3 * Math.cos(phase));
    }
    return field;
  }

  @Test
  void shouldFindAWaveInItsBandAndTheMeanInTheFirst() {
    try (NDManager manager = NDManager.newBaseManager()) {
      BandEnergies energies = new BandEnergies(SHAPE, manager);
      // 16 points are the shorter side: bands of 0, 1, 2 to 3, 4 to 7 and 8 waves.
      assertThat(energies.of(manager.create(wave(3, 0), ONE)).toFloatArray())
          .containsExactly(new float[] {4, 0, 4.5f, 0, 0}, Offset.offset(1e-4f));
      // 10 waves along a side twice as long are 5 along the shorter one.
      assertThat(energies.of(manager.create(wave(0, 10), ONE)).toFloatArray())
          .containsExactly(new float[] {4, 0, 0, 4.5f, 0}, Offset.offset(1e-4f));
      assertThat(energies.of(manager.create(wave(-1, 1), ONE)).toFloatArray())
          .containsExactly(new float[] {4, 4.5f, 0, 0, 0}, Offset.offset(1e-4f));
    }
  }

  @Test
  void shouldShareOutTheMeanSquareOfAnyField() {
    float[] noise = Slopes.normal(SHAPE.points(), 3);
    double square = 0;
    for (float value : noise) {
      square += (double) value * value / noise.length;
    }
    try (NDManager manager = NDManager.newBaseManager()) {
      float sum = new BandEnergies(SHAPE, manager).of(manager.create(noise, ONE)).sum().getFloat();
      assertThat(sum).isCloseTo((float) square, within(1e-4f));
    }
  }

  @Test
  void shouldCompareEnergiesByTheirRatioWhateverThePhase() {
    try (NDManager manager = NDManager.newBaseManager()) {
      BandEnergies energies = new BandEnergies(SHAPE, manager);
      NDArray noise = manager.create(Slopes.normal(SHAPE.points(), 3), ONE);
      assertThat(energies.difference(noise.mul(2), noise).getFloat())
          .isCloseTo((float) Math.pow(Math.log(4), 2), within(1e-3f));
      NDArray shifted =
          noise.reshape(16, 32).get("5:").concat(noise.reshape(16, 32).get(":5"), 0).reshape(ONE);
      assertThat(energies.difference(shifted, noise).getFloat()).isLessThan(1e-6f);
    }
  }

  @Test
  void shouldHaveTheGradientOfItsDifference() {
    try (NDManager manager = NDManager.newBaseManager()) {
      BandEnergies energies = new BandEnergies(SHAPE, manager);
      NDArray other = manager.create(Slopes.normal(SHAPE.points(), 5), ONE);
      Slopes.requireRight(
          manager,
          Slopes.normal(SHAPE.points(), 4),
          ONE,
          0.01,
          field -> energies.difference(field.mul(manager.create(1.5f)), other));
    }
  }
}
