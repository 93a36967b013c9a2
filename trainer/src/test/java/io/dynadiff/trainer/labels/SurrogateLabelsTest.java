package io.dynadiff.trainer.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.models.bundle.ConditionSpec;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.Symmetries;
import io.dynadiff.trainer.data.SystemData;
import java.util.List;
import org.junit.jupiter.api.Test;

class SurrogateLabelsTest {

  private static final double[] HIDDEN = {0.1, 0.9, 0.35, 0.6, 0.2};
  private static final List<String> IDS = List.of("a", "b", "c", "d", "e");

  /** Distances of experts that differ in one hidden condition alone, in proportion to it. */
  private static double[][] distances(double factor) {
    double[][] distances = new double[HIDDEN.length][HIDDEN.length];
    for (int i = 0; i < HIDDEN.length; i++) {
      for (int j = 0; j < HIDDEN.length; j++) {
        distances[i][j] = factor * Math.abs(HIDDEN[i] - HIDDEN[j]);
      }
    }
    return distances;
  }

  @Test
  void shouldOrderEnvironmentsByTheHiddenCondition() {
    SurrogateLabels labels = SurrogateLabels.of(IDS, distances(3), 2);
    double[] first = new double[HIDDEN.length];
    for (int i = 0; i < first.length; i++) {
      first[i] = labels.labels()[i][0];
    }
    // 0.9 lies farthest from the others, so its label is positive
    assertThat(first[0]).isLessThan(first[4]);
    assertThat(first[4]).isLessThan(first[2]);
    assertThat(first[2]).isLessThan(first[3]);
    assertThat(first[3]).isLessThan(first[1]);
    assertThat(first[1]).isPositive();
    assertThat(labels.shares()[0]).isGreaterThan(0.8);
    assertThat(labels.shares()[0] + labels.shares()[1]).isLessThanOrEqualTo(1 + 1e-12);
  }

  @Test
  void shouldNotDependOnTheScaleOfTheDistances() {
    double[][] one = SurrogateLabels.of(IDS, distances(1), 1).labels();
    double[][] other = SurrogateLabels.of(IDS, distances(40), 1).labels();
    for (int i = 0; i < one.length; i++) {
      assertThat(other[i][0]).isCloseTo(one[i][0], within(1e-12));
    }
  }

  @Test
  void shouldPutLabelsInThePlaceOfConditions() {
    SurrogateLabels labels = SurrogateLabels.of(List.of("a", "b"), distances(1, 0.5), 1);
    SystemData data =
        new SystemData(
            "test",
            new FieldShape(1, 2, 2),
            100,
            1,
            new FieldNormalisation(new double[1], new double[] {1}),
            List.of(new ConditionSpec("beta", "1", 0, 1)),
            List.of(environment("b"), environment("a")),
            List.of(environment("z")),
            Symmetries.none());
    SystemData relabelled = labels.relabel(data);
    assertThat(relabelled.conditions().get(0).name()).isEqualTo("surrogate-1");
    assertThat(relabelled.seen().get(0).conditions()).isEqualTo(labels.labels()[1]);
    assertThat(relabelled.seen().get(1).conditions()).isEqualTo(labels.labels()[0]);
    assertThat(relabelled.unseen().get(0).conditions()).containsExactly(Double.NaN);
    float[] encoded = relabelled.encoding().encode(relabelled.seen().get(0).conditions());
    assertThat(Math.abs(encoded[0])).isCloseTo(1, within(1e-5f));
    assertThatThrownBy(() -> labels.relabel(relabelledWith(data)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found environment stranger");
  }

  private static double[][] distances(double there, double back) {
    return new double[][] {{0, there}, {back, 0}};
  }

  private static SystemData relabelledWith(SystemData data) {
    return new SystemData(
        data.system(),
        data.shape(),
        data.intervalMillis(),
        data.horizon(),
        data.normalisation(),
        data.conditions(),
        List.of(environment("stranger")),
        data.unseen(),
        data.symmetries());
  }

  private static EnvironmentData environment(String id) {
    return new EnvironmentData(id, new double[1], List.of(), List.of(), List.of(), List.of());
  }

  @Test
  void shouldRefuseExpertsThatDoNotDiffer() {
    assertThatThrownBy(() -> SurrogateLabels.of(IDS, new double[5][5], 1))
        .hasMessageContaining("expected experts that differ");
    assertThatThrownBy(() -> SurrogateLabels.of(IDS, distances(1), 5))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
