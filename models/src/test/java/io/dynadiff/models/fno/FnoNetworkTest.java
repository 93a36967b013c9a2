package io.dynadiff.models.fno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.models.expert.ArchitectureContract;
import io.dynadiff.models.expert.Coordinates;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.Prediction;
import io.dynadiff.models.safetensors.NamedTensor;
import io.dynadiff.physics.field.FieldShape;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FnoNetworkTest {

  private static final ExpertSpec PERIODIC =
      new ExpertSpec(
          "fno",
          new FieldShape(2, 8, 10),
          200,
          Prediction.RESIDUAL,
          0.25,
          Coordinates.NONE,
          0,
          new TreeMap<>(Map.of("hidden", 3, "layers", 2, "modesY", 5, "modesX", 3)));
  private static final ExpertSpec BOUNDED =
      new ExpertSpec(
          "fno",
          new FieldShape(1, 7, 6),
          3_600_000,
          Prediction.RESIDUAL,
          0.1,
          Coordinates.LINEAR,
          86_400_000,
          new TreeMap<>(Map.of("hidden", 4, "layers", 2, "modesY", 3, "modesX", 2)));

  @Test
  void shouldEqualTheFloat64ReferenceWhenManyExpertsRunAsOne() {
    // float32 products of a few hundred terms of order one
    ArchitectureContract.assertStackedStepEquals(PERIODIC, FnoReference::step, 2e-5);
    ArchitectureContract.assertStackedStepEquals(BOUNDED, FnoReference::step, 2e-5);
  }

  @Test
  void shouldMatchFiniteDifferencesWhenGradientsFlowToWeightsAndState() {
    ArchitectureContract.assertGradientsFollow(BOUNDED, FnoReference::step);
  }

  @Test
  void shouldGiveTheSameErrorsAndGradientsWhenTheKernelRuns() {
    ArchitectureContract.assertKernelEqualsNetwork(PERIODIC, 2e-5);
    ArchitectureContract.assertKernelEqualsNetwork(BOUNDED, 2e-5);
  }

  @Test
  void shouldMatchFiniteDifferencesWhenTheKernelLeadsGradientsBack() {
    ArchitectureContract.assertKernelGradientsFollow(PERIODIC, FnoReference::step);
    ArchitectureContract.assertKernelGradientsFollow(BOUNDED, FnoReference::step);
  }

  @Test
  void shouldStayTogetherWhenKernelAndEngineRollOutAHundredSteps() {
    ArchitectureContract.assertLongRolloutsEqual(PERIODIC, 100, 1e-4);
    ArchitectureContract.assertLongRolloutsEqual(BOUNDED, 100, 1e-4);
  }

  @Test
  void shouldKeepEveryWeightWhenConvertedToNamedTensorsAndBack() {
    Map<String, NamedTensor> named = ArchitectureContract.named(PERIODIC);
    assertThat(named.get("fno_blocks.convs.0.weight").shape()).containsExactly(3, 3, 5, 3, 2);
  }

  @Test
  void shouldSayWhichSizesWhenTheyAreNotThoseOfTheFamily() {
    assertThatThrownBy(() -> sized(Map.of("hidden", 3, "layers", 2, "modesY", 5)))
        .hasMessage(
            "expert: expected the sizes [hidden, layers, modesX, modesY] for fno, found "
                + "[hidden, layers, modesY]");
    assertThatThrownBy(() -> sized(Map.of("hidden", 3, "layers", 0, "modesY", 5, "modesX", 3)))
        .hasMessage("expert: expected a size layers of at least 1, found 0");
    assertThatThrownBy(() -> sized(Map.of("hidden", 3, "layers", 1, "modesY", 4, "modesX", 3)))
        .hasMessageContaining("expected an odd modesY of at most 8")
        .hasMessageContaining("found modesY 4");
  }

  private static ExpertSpec sized(Map<String, Integer> sizes) {
    return new ExpertSpec(
        "fno",
        new FieldShape(2, 8, 10),
        200,
        Prediction.RESIDUAL,
        0.25,
        Coordinates.NONE,
        0,
        new TreeMap<>(sizes));
  }
}
