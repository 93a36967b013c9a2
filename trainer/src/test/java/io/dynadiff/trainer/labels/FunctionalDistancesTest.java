package io.dynadiff.trainer.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.models.expert.Coordinates;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.Prediction;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.safetensors.NamedTensor;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.Trajectory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FunctionalDistancesTest {

  private static final FieldShape SHAPE = new FieldShape(2, 6, 8);
  private static final double SCALE = 0.25;
  private static final ExpertSpec SPEC =
      new ExpertSpec(
          "fno",
          SHAPE,
          100,
          Prediction.RESIDUAL,
          SCALE,
          Coordinates.NONE,
          1000,
          new TreeMap<>(Map.of("hidden", 3, "layers", 1, "modesY", 3, "modesX", 2)));

  /** The same expert with so much added to every value that it puts out. */
  private static float[] shifted(float[] weights, double shift) {
    Map<String, NamedTensor> tensors = new LinkedHashMap<>();
    for (NamedTensor tensor : SPEC.family().toNamed(SPEC, weights)) {
      float[] values = tensor.values().clone();
      if (tensor.name().equals("projection.fcs.1.bias")) {
        for (int i = 0; i < values.length; i++) {
          values[i] += (float) shift;
        }
      }
      tensors.put(tensor.name(), new NamedTensor(tensor.name(), tensor.shape(), values));
    }
    return SPEC.family().toFlat(SPEC, tensors);
  }

  private static EnvironmentData environment(String id, long seed) {
    Random random = new Random(seed);
    List<float[]> frames = new ArrayList<>();
    for (int t = 0; t < 7; t++) {
      float[] frame = new float[SHAPE.size()];
      for (int i = 0; i < frame.length; i++) {
        frame[i] = (float) random.nextGaussian();
      }
      frames.add(frame);
    }
    FieldNormalisation unit = new FieldNormalisation(new double[2], new double[] {1, 1});
    return new EnvironmentData(
        id,
        new double[1],
        List.of(Trajectory.of(SHAPE, frames, unit, 0, 100)),
        List.of(),
        List.of(),
        List.of());
  }

  @Test
  void shouldMeasureTheDifferenceOfForecasts() {
    float[] base = SPEC.family().initialWeights(SPEC, 1);
    double[] shifts = {0, 0.4, 1};
    List<float[]> experts = new ArrayList<>();
    List<EnvironmentData> environments = new ArrayList<>();
    for (int i = 0; i < shifts.length; i++) {
      experts.add(shifted(base, shifts[i]));
      environments.add(environment("e" + i, i));
    }
    double[][] distances = new FunctionalDistances(SPEC, 5).between(experts, environments);
    for (int i = 0; i < shifts.length; i++) {
      for (int j = 0; j < shifts.length; j++) {
        assertThat(distances[i][j])
            .isCloseTo(SCALE * Math.abs(shifts[i] - shifts[j]), within(1e-5));
      }
    }
  }
}
