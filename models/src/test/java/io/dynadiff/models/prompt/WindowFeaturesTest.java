package io.dynadiff.models.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.physics.field.FieldShape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowFeaturesTest {

  private static final FieldShape SHAPE = new FieldShape(2, 16, 16);
  private static final FieldNormalisation UNIT =
      new FieldNormalisation(new double[2], new double[] {1, 1});
  private static final FeatureSpec ALL =
      new FeatureSpec(SHAPE, PrompterSpec.Features.ALL, Boundary.PERIODIC);

  /** The plane wave u + iv = 0.8 exp(i (kx x + shift + omega t)), one frame each 0.2. */
  private static ObservationWindow wave(double omega, double shift, int length) {
    List<float[]> frames = new ArrayList<>();
    long[] times = new long[length];
    for (int t = 0; t < length; t++) {
      float[] frame = new float[SHAPE.size()];
      for (int p = 0; p < SHAPE.points(); p++) {
        double angle = 2 * Math.PI * (p % 16) / 16 + shift + 0.2 * omega * t;
        frame[p] = (float) (0.8 * Math.cos(angle));
        frame[SHAPE.points() + p] = (float) (0.8 * Math.sin(angle));
      }
      frames.add(frame);
      times[t] = 200L * t;
    }
    return new ObservationWindow(SHAPE, frames, times);
  }

  @Test
  void shouldSeeTheRotationRateWhereverThePatternSits() {
    WindowFeatures here = WindowFeatures.of(wave(1.2, 0, 4), UNIT, ALL);
    WindowFeatures there = WindowFeatures.of(wave(1.2, 0.9, 4), UNIT, ALL);
    int first = SHAPE.channels() * 15 * 4;
    for (int t = 0; t < 4; t++) {
      for (int i = first; i < here.spectra()[t].length; i++) {
        assertThat(there.spectra()[t][i]).isCloseTo(here.spectra()[t][i], within(1e-5f));
      }
    }
    // covariance of u with the change of v in the band of |k| = 1: sin(omega dt) / 2 of the energy
    assertThat(here.spectra()[1][first + 5 + 1])
        .isCloseTo((float) (Math.sin(1.2 * 0.2) / 2), within(1e-5f));
    assertThat(here.spectra()[0][first + 5 + 1]).isZero();
  }

  @Test
  void shouldGiveThePhysicalStatistics() {
    float[] statistics = WindowFeatures.of(wave(1.2, 0, 5), UNIT, ALL).statistics();
    assertThat(statistics).hasSize(8);
    assertThat(statistics[0]).isCloseTo(0, within(1e-6f));
    assertThat(statistics[2]).isCloseTo(0.64f, within(1e-5f));
    assertThat(statistics[6]).isCloseTo(0, within(1e-6f));
  }

  @Test
  void shouldNotDependOnWhatCameBeforeTheWindow() {
    ObservationWindow six = wave(1.1, 0.3, 6);
    List<FrameFeatures> frames = new ArrayList<>();
    for (int t = 0; t < 6; t++) {
      frames.add(
          FrameFeatures.of(
              SHAPE,
              six.frames().get(t),
              t == 0 ? null : six.frames().get(t - 1),
              Boundary.PERIODIC));
    }
    WindowFeatures composed = WindowFeatures.of(frames.subList(2, 6));
    ObservationWindow four =
        new ObservationWindow(SHAPE, six.frames().subList(2, 6), new long[] {0, 200, 400, 600});
    assertThat(composed.spectra()).isDeepEqualTo(WindowFeatures.of(four, UNIT, ALL).spectra());
    assertThat(composed.statistics()).isEqualTo(WindowFeatures.of(four, UNIT, ALL).statistics());
  }
}
