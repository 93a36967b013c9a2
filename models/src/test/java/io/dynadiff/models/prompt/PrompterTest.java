package io.dynadiff.models.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.dynadiff.models.nn.ParameterLayout;
import io.dynadiff.models.nn.Parameters;
import io.dynadiff.models.prompt.PrompterSpec.Conditioning;
import io.dynadiff.models.prompt.PrompterSpec.Features;
import io.dynadiff.physics.field.FieldShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrompterTest {

  private static final FieldShape SHAPE = new FieldShape(2, 8, 8);
  private static final int HIDDEN = 5;

  /** Frames of random noise, moved along x by {@code shift} points around the domain. */
  private static List<float[]> frames(int length, int shift) {
    Random random = new Random(4);
    List<float[]> frames = new ArrayList<>();
    for (int t = 0; t < length; t++) {
      float[] frame = new float[SHAPE.size()];
      for (int i = 0; i < frame.length; i++) {
        frame[i - i % 8 + (i % 8 + shift) % 8] = (float) random.nextGaussian();
      }
      frames.add(frame);
    }
    return frames;
  }

  private static PrompterSpec spec(Features features) {
    return new PrompterSpec(
        new FeatureSpec(SHAPE, features, Boundary.PERIODIC), HIDDEN, 3, Conditioning.PROMPT);
  }

  private static float[] prompt(Features features, List<float[]> window, List<float[]> beside) {
    PrompterSpec spec = spec(features);
    Prompter prompter = new Prompter(spec);
    ParameterLayout layout = prompter.layout();
    List<WindowFeatures> batch = new ArrayList<>();
    batch.add(WindowFeatures.of(window, spec.input()));
    if (beside != null) {
      batch.add(WindowFeatures.of(beside, spec.input()));
    }
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] vector =
          prompter
              .prompt(
                  new Parameters(layout, manager.create(layout.initialValues(1))), batch, manager)
              .vector()
              .toFloatArray();
      return java.util.Arrays.copyOf(vector, spec.conditionLength());
    }
  }

  @Test
  void shouldReadWhereAPatternSitsInTheSecondStreamOnly() {
    float[] here = prompt(Features.TWO_STREAM, frames(4, 0), null);
    float[] there = prompt(Features.TWO_STREAM, frames(4, 3), null);
    assertThat(here).hasSize(3 + 2 * HIDDEN + 8);
    double moved = 0;
    for (int i = 0; i < HIDDEN; i++) {
      assertThat(there[3 + i]).isCloseTo(here[3 + i], within(1e-5f));
      moved += Math.abs(there[3 + HIDDEN + i] - here[3 + HIDDEN + i]);
    }
    assertThat(moved).isGreaterThan(1e-3);
  }

  @ParameterizedTest
  @EnumSource
  void shouldGiveAWindowTheSamePromptWhateverIsBesideItInTheBatch(Features features) {
    float[] alone = prompt(features, frames(6, 0), null);
    float[] together = prompt(features, frames(6, 0), frames(2, 1));
    for (int i = 0; i < alone.length; i++) {
      assertThat(together[i]).isCloseTo(alone[i], within(1e-5f));
    }
  }
}
