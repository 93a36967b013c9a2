package io.dynadiff.models.expert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dynadiff.physics.field.FieldShape;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExpertSpecTest {

  private static ExpertSpec spec(Prediction prediction, double residualScale) {
    return new ExpertSpec(
        "neuraloperator-fno",
        new FieldShape(2, 8, 8),
        200,
        prediction,
        residualScale,
        Coordinates.NONE,
        0,
        new TreeMap<>(Map.of("modesX", 4, "hidden", 4, "modesY", 4, "layers", 2)));
  }

  @Test
  void shouldReadBackTheTextItWritesWithItsKeysInOrder() {
    ExpertSpec spec = spec(Prediction.RESIDUAL, 0.25);
    assertThat(spec.toJson())
        .isEqualTo(
            "{\"architecture\":\"neuraloperator-fno\",\"clockPeriodMillis\":0,"
                + "\"coordinates\":\"NONE\","
                + "\"fieldShape\":{\"channels\":2,\"height\":8,\"width\":8},"
                + "\"intervalMillis\":200,\"prediction\":\"RESIDUAL\","
                + "\"residualScale\":0.25,"
                + "\"sizes\":{\"hidden\":4,\"layers\":2,\"modesX\":4,\"modesY\":4}}");
    assertThat(ExpertSpec.fromJson(spec.toJson())).isEqualTo(spec);
  }

  @Test
  void shouldRefuseTextWithASizeThatIsMissingOrNoNumber() {
    String json = spec(Prediction.RESIDUAL, 0.25).toJson();
    assertThatThrownBy(() -> ExpertSpec.fromJson(json.replace("\"layers\":2,", "")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected the sizes [hidden, layers, modesX, modesY]");
    assertThatThrownBy(() -> ExpertSpec.fromJson(json.replace("\"layers\":2", "\"layers\":null")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layers=null");
    assertThatThrownBy(() -> ExpertSpec.fromJson(json.replace("RESIDUAL", "GUESS")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("GUESS");
  }

  @Test
  void shouldNameTheKnownArchitecturesWhenOneIsUnknown() {
    assertThatThrownBy(() -> ExpertArchitecture.named("oracle"))
        .hasMessage(
            "expert: expected an architecture out of [fno, neuraloperator-fno, ode-mlp], found "
                + "\"oracle\"");
  }

  @Test
  void shouldTakeTheResidualScaleFromTheChangeOnlyWhenTheChangeIsPredicted() {
    assertThatThrownBy(() -> spec(Prediction.DIRECT, 0.25))
        .hasMessage("expert: expected a residualScale of 1 with direct prediction, found 0.25");
    assertThatThrownBy(() -> spec(Prediction.RESIDUAL, Double.NaN))
        .hasMessage("expert: expected a positive residualScale, found NaN");
  }

  @Test
  void shouldStepToTheValueWhoseTargetTheNetworkGives() {
    for (ExpertSpec spec :
        new ExpertSpec[] {spec(Prediction.RESIDUAL, 0.25), spec(Prediction.DIRECT, 1)}) {
      try (NDManager manager = NDManager.newBaseManager()) {
        NDArray state = manager.create(new float[] {0.5f});
        NDArray output = manager.create(new float[] {(float) spec.target(0.5, 0.8)});
        assertThat(spec.next(state, output).getFloat()).isCloseTo(0.8f, within(1e-6f));
      }
    }
    assertThat(spec(Prediction.RESIDUAL, 0.25).target(0.5, 0.75)).isEqualTo(1);
    assertThat(spec(Prediction.DIRECT, 1).target(0.5, 0.75)).isEqualTo(0.75);
  }
}
