package io.dynadiff.models.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.prompt.PrompterSpec.Features;
import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.physics.field.FieldShape;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FeatureSpecTest {

  private static float[] field(FieldShape shape, DoubleBinaryOperator value) {
    float[] field = new float[shape.size()];
    for (int c = 0; c < shape.channels(); c++) {
      for (int y = 0; y < shape.height(); y++) {
        for (int x = 0; x < shape.width(); x++) {
          field[(c * shape.height() + y) * shape.width() + x] = (float) value.applyAsDouble(y, x);
        }
      }
    }
    return field;
  }

  private static float[] noise(FieldShape shape, long seed) {
    Random random = new Random(seed);
    return field(shape, (y, x) -> random.nextGaussian());
  }

  @ParameterizedTest
  @EnumSource
  void shouldHaveTheStatedLengthsForEveryShape(Features features) {
    for (int channels = 1; channels <= 4; channels++) {
      for (int[] grid : new int[][] {{1, 1}, {1, 9}, {4, 1}, {3, 2}, {12, 20}, {40, 20}}) {
        FieldShape shape = new FieldShape(channels, grid[0], grid[1]);
        for (Boundary boundary : Boundary.values()) {
          FeatureSpec spec = new FeatureSpec(shape, features, boundary);
          WindowFeatures window =
              WindowFeatures.of(List.of(noise(shape, 1), noise(shape, 2)), spec);
          assertThat(window.statistics()).hasSize(spec.statistics());
          assertThat(window.spectra()).hasDimensions(2, spec.spectralFeatures());
          for (float value : window.spectra()[1]) {
            assertThat(value).isFinite();
          }
          for (FeatureSpec.Stream stream : spec.streams()) {
            assertThat(stream.first() + stream.length())
                .isLessThanOrEqualTo(spec.spectralFeatures());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldKeepTheMeanSquareInTheSpectrum(Boundary boundary) {
    for (int[] grid : new int[][] {{1, 1}, {1, 9}, {4, 1}, {12, 20}}) {
      FieldShape shape = new FieldShape(1, grid[0], grid[1]);
      float[] field = noise(shape, 3);
      Spectrum spectrum = Spectrum.of(shape, boundary, field, null, 0);
      double energy = 0;
      double square = 0;
      for (int p = 0; p < shape.points(); p++) {
        int y = p / shape.width();
        int x = p % shape.width();
        energy += Math.pow(spectrum.real(y, x), 2) + Math.pow(spectrum.imaginary(y, x), 2);
        square += (double) field[p] * field[p] / shape.points();
      }
      assertThat(energy).isCloseTo(square, within(1e-10));
    }
  }

  @Test
  void shouldNotTakeOppositeEdgesForStructureWhenTheDomainIsBounded() {
    FieldShape shape = new FieldShape(1, 32, 32);
    float[] ramp = field(shape, (y, x) -> x / 16.0 - 1);
    double periodic = shareOfShortWaves(shape, ramp, Boundary.PERIODIC);
    double bounded = shareOfShortWaves(shape, ramp, Boundary.BOUNDED);
    // of a sawtooth 2 / (pi k)^2 per wavenumber: 0.1 beyond 6; of a triangle next to nothing
    assertThat(periodic).isGreaterThan(0.08);
    assertThat(bounded).isLessThan(0.001);
  }

  private static double shareOfShortWaves(FieldShape shape, float[] frame, Boundary boundary) {
    float[] spectral = FrameFeatures.of(shape, frame, null, boundary).spectral();
    return spectral[spectral.length - 3];
  }

  @Test
  void shouldPutAWaveInTheSameBandWhateverTheShapeOfTheDomain() {
    FieldShape square = new FieldShape(1, 32, 32);
    FieldShape wide = new FieldShape(1, 32, 64);
    FieldShape high = new FieldShape(1, 64, 32);
    double wave = 2 * Math.PI / 16;
    int shares = FrameFeatures.lowModeFeatures(1) + FrameFeatures.BANDS;
    for (FieldShape shape : List.of(square, wide, high)) {
      for (float[] field :
          List.of(
              field(shape, (y, x) -> Math.cos(wave * x)),
              field(shape, (y, x) -> Math.cos(wave * y)))) {
        float[] spectral = FrameFeatures.of(shape, field, null, Boundary.PERIODIC).spectral();
        assertThat(spectral[shares + 2]).isCloseTo(1, within(1e-5f));
      }
    }
  }

  @Test
  void shouldCompressTheWholeSpectrumAndDropShortWavesOfLargeGrids() {
    FieldShape small = new FieldShape(1, 8, 8);
    float[] values =
        FullSpectrum.of(small, field(small, (y, x) -> 0.5 * Math.cos(2 * Math.PI * x / 8)));
    // half the amplitude times 64 points at wavenumbers 1 and -1 along x
    assertThat(values[2]).isCloseTo((float) Math.log(1 + 16), within(1e-5f));
    assertThat(values[14]).isCloseTo((float) Math.log(1 + 16), within(1e-5f));
    assertThat(values[0]).isCloseTo(0, within(1e-5f));

    FieldShape large = new FieldShape(1, 48, 40);
    assertThat(FullSpectrum.length(large)).isEqualTo(2 * 32 * 32);
    assertThat(energy(large, 15)).isGreaterThan(10);
    assertThat(energy(large, 17)).isLessThan(0.1);
  }

  private static double energy(FieldShape shape, int wavenumber) {
    double sum = 0;
    for (float value :
        FullSpectrum.of(
            shape,
            field(shape, (y, x) -> Math.cos(2 * Math.PI * wavenumber * x / shape.width())))) {
      sum += value * value;
    }
    return sum;
  }

  @Test
  void shouldRefuseAWindowOfAnotherShape() {
    FieldShape shape = new FieldShape(1, 4, 4);
    FeatureSpec spec = new FeatureSpec(new FieldShape(1, 4, 8), Features.ALL, Boundary.PERIODIC);
    ObservationWindow window =
        new ObservationWindow(shape, List.of(noise(shape, 1)), new long[] {0});
    FieldNormalisation unit = new FieldNormalisation(new double[1], new double[] {1});
    assertThatThrownBy(() -> WindowFeatures.of(window, unit, spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("window features: expected frames of");
  }
}
