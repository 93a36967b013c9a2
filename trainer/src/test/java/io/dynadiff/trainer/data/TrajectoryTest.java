package io.dynadiff.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.prompt.Boundary;
import io.dynadiff.models.prompt.FeatureSpec;
import io.dynadiff.models.prompt.PrompterSpec.Features;
import io.dynadiff.models.prompt.WindowFeatures;
import io.dynadiff.physics.field.FieldShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrajectoryTest {

  private static final FieldShape SHAPE = new FieldShape(2, 6, 8);
  private static final FieldNormalisation UNIT =
      new FieldNormalisation(new double[2], new double[] {1, 1});

  @ParameterizedTest
  @EnumSource
  void shouldGiveTheFeaturesThatTheOnlineSideComputes(Features features) {
    Random random = new Random(2);
    List<float[]> frames = new ArrayList<>();
    for (int t = 0; t < 9; t++) {
      float[] frame = new float[SHAPE.size()];
      for (int i = 0; i < frame.length; i++) {
        frame[i] = (float) random.nextGaussian();
      }
      frames.add(frame);
    }
    Trajectory whole = Trajectory.of(SHAPE, frames, UNIT, 0, 100);
    for (Boundary boundary : Boundary.values()) {
      FeatureSpec spec = new FeatureSpec(SHAPE, features, boundary);
      WindowFeatures online = WindowFeatures.of(whole.window(7, 4, UNIT), UNIT, spec);
      for (WindowFeatures offline :
          List.of(
              whole.windowFeatures(7, 4, spec),
              whole.windowFeatures(7, 4, spec),
              whole.part(3, 8).windowFeatures(4, 4, spec))) {
        assertThat(offline.spectra()).isDeepEqualTo(online.spectra());
        assertThat(offline.statistics()).isEqualTo(online.statistics());
      }
    }
  }
}
