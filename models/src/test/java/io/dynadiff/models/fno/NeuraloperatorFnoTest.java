package io.dynadiff.models.fno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.expert.ArchitectureContract;
import io.dynadiff.models.expert.Coordinates;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.Prediction;
import io.dynadiff.models.safetensors.NamedTensor;
import io.dynadiff.physics.field.FieldShape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The paper's expert: appendix I, table of hyperparameters, and neuraloperator's state. */
class NeuraloperatorFnoTest {

  /** Even modes, all columns up to the highest of the grid, a hidden width with a tie at half. */
  private static final ExpertSpec DIRECT =
      new ExpertSpec(
          "neuraloperator-fno",
          new FieldShape(2, 8, 10),
          200,
          Prediction.DIRECT,
          1,
          Coordinates.NONE,
          0,
          new TreeMap<>(Map.of("hidden", 5, "layers", 2, "modesY", 4, "modesX", 10)));

  private static final ExpertSpec RESIDUAL =
      new ExpertSpec(
          "neuraloperator-fno",
          new FieldShape(1, 7, 5),
          3_600_000,
          Prediction.RESIDUAL,
          0.2,
          Coordinates.LINEAR,
          86_400_000,
          new TreeMap<>(Map.of("hidden", 4, "layers", 3, "modesY", 5, "modesX", 4)));

  private static ExpertSpec paper(FieldShape shape, int layers, int modesY, int modesX) {
    return new ExpertSpec(
        "neuraloperator-fno",
        shape,
        200,
        Prediction.DIRECT,
        1,
        Coordinates.LINEAR,
        0,
        new TreeMap<>(Map.of("hidden", 64, "layers", layers, "modesY", modesY, "modesX", modesX)));
  }

  @Test
  void shouldGiveTheSameErrorsAndGradientsWhenTheKernelRuns() {
    ArchitectureContract.assertKernelEqualsNetwork(DIRECT, 5e-5);
    ArchitectureContract.assertKernelEqualsNetwork(RESIDUAL, 5e-5);
  }

  @Test
  void shouldMatchFiniteDifferencesWhenTheKernelLeadsGradientsBack() {
    ArchitectureContract.assertKernelGradientsFollow(DIRECT, FnoReference::step);
    ArchitectureContract.assertKernelGradientsFollow(RESIDUAL, FnoReference::step);
  }

  @Test
  void shouldStayTogetherWhenKernelAndEngineRollOutAHundredSteps() {
    ArchitectureContract.assertLongRolloutsEqual(RESIDUAL, 100, 1e-4);
  }

  @Test
  void shouldHaveThePapersNodesWhenItIsTheCylinderFlowExpert() {
    ExpertSpec cylinder = paper(new FieldShape(2, 128, 64), 4, 12, 6);
    assertThat(cylinder.layout().layers())
        .extracting(layer -> layer.name() + ": " + layer.nodes() + ", " + layer.features())
        .containsExactly(
            "lifting.fcs.0: 128, 5",
            "lifting.fcs.1: 64, 129",
            "fno_blocks.convs.0: 64, 6209",
            "fno_blocks.channel_mlp.0.0: 32, 65",
            "fno_blocks.channel_mlp.0.1: 64, 34",
            "fno_blocks.convs.1: 64, 6209",
            "fno_blocks.channel_mlp.1.0: 32, 65",
            "fno_blocks.channel_mlp.1.1: 64, 34",
            "fno_blocks.convs.2: 64, 6209",
            "fno_blocks.channel_mlp.2.0: 32, 65",
            "fno_blocks.channel_mlp.2.1: 64, 34",
            "fno_blocks.convs.3: 64, 6209",
            "fno_blocks.channel_mlp.3.0: 32, 65",
            "fno_blocks.channel_mlp.3.1: 64, 34",
            "projection.fcs.0: 128, 65",
            "projection.fcs.1: 2, 129");
    assertThat(cylinder.layout().nodeCount()).isEqualTo(962);
    assertThat(cylinder.parameterCount()).isEqualTo(1_624_002);
  }

  @Test
  void shouldHaveAsManyWeightsAsThePapersExpertsOfOtherSystems() {
    assertThat(paper(new FieldShape(2, 64, 64), 4, 8, 8).parameterCount()).isEqualTo(1_361_858);
    assertThat(paper(new FieldShape(3, 64, 64), 8, 8, 8).parameterCount()).isEqualTo(2_706_499);
  }

  @Test
  void shouldEqualTheFloat64ReferenceWhenManyExpertsRunAsOne() {
    // float32 products of a few hundred terms of order one
    ArchitectureContract.assertStackedStepEquals(DIRECT, FnoReference::step, 5e-5);
    ArchitectureContract.assertStackedStepEquals(RESIDUAL, FnoReference::step, 2e-5);
  }

  @Test
  void shouldMatchFiniteDifferencesWhenGradientsFlowToWeightsAndState() {
    ArchitectureContract.assertGradientsFollow(DIRECT, FnoReference::step);
    ArchitectureContract.assertGradientsFollow(RESIDUAL, FnoReference::step);
  }

  @Test
  void shouldCarryNeuraloperatorsNamesAndShapesWhenConvertedToNamedTensors() {
    Map<String, NamedTensor> named = ArchitectureContract.named(RESIDUAL);
    Map<String, String> shapes = new TreeMap<>();
    named.forEach(
        (name, tensor) -> {
          if (!name.matches(".*\\.[12]\\..*") || name.startsWith("lifting.")) {
            shapes.put(name, Arrays.toString(tensor.shape()));
          }
        });
    assertThat(shapes)
        .isEqualTo(
            new TreeMap<>(
                Map.ofEntries(
                    Map.entry("lifting.fcs.0.weight", "[8, 5, 1]"),
                    Map.entry("lifting.fcs.0.bias", "[8]"),
                    Map.entry("lifting.fcs.1.weight", "[4, 8, 1]"),
                    Map.entry("lifting.fcs.1.bias", "[4]"),
                    Map.entry("fno_blocks.convs.0.weight.tensor", "[4, 4, 5, 3, 2]"),
                    Map.entry("fno_blocks.convs.0.bias", "[4, 1, 1]"),
                    Map.entry("fno_blocks.fno_skips.0.conv.weight", "[4, 4, 1]"),
                    Map.entry("fno_blocks.channel_mlp.0.fcs.0.weight", "[2, 4, 1]"),
                    Map.entry("fno_blocks.channel_mlp.0.fcs.0.bias", "[2]"),
                    Map.entry("fno_blocks.channel_mlp_skips.0.weight", "[1, 4, 1, 1]"),
                    Map.entry("projection.fcs.0.weight", "[8, 4, 1]"),
                    Map.entry("projection.fcs.0.bias", "[8]"))));
  }

  /**
   * What neuraloperator's own FNO (2.0.0, PyTorch 1.13, float64) gives for one channel on 4 x 6
   * points, modes (4, 4), hidden 4, two layers, every tensor of its state filled with {@code
   * sin(1.7 i + length of its name)} in row-major order, and the input with {@code sin(1.7 i)}.
   */
  private static final double[] NEURALOPERATORS_ANSWER = {
    -1.176277, -0.9124939, -1.497209, -2.00917, -1.19366, -1.133786,
    -1.611874, -1.642566, -1.024492, -1.271341, -2.073643, -1.714331,
    -0.9948034, -1.476369, -1.885954, -1.361099, -1.190665, -1.93338,
    -1.749772, -1.188826, -1.341882, -1.938205, -1.771765, -1.27847
  };

  @Test
  void shouldGiveNeuraloperatorsAnswerWhenItHasTheSameState() {
    ExpertSpec spec =
        new ExpertSpec(
            "neuraloperator-fno",
            new FieldShape(1, 4, 6),
            200,
            Prediction.DIRECT,
            1,
            Coordinates.LINEAR,
            0,
            new TreeMap<>(Map.of("hidden", 4, "layers", 2, "modesY", 4, "modesX", 4)));
    Map<String, NamedTensor> state = new HashMap<>();
    spec.family()
        .toNamed(spec, new float[spec.parameterCount()])
        .forEach(
            t ->
                state.put(
                    t.name(),
                    new NamedTensor(
                        t.name(), t.shape(), waves(t.values().length, t.name().length()))));
    float[] weights = spec.family().toFlat(spec, state);
    try (NDManager manager = NDManager.newBaseManager();
        ExpertNetwork network = spec.family().network(spec, manager)) {
      NDArray next =
          network.step(
              manager.create(weights, new Shape(1, weights.length)),
              manager.create(waves(24, 0), new Shape(1, 1, 1, 24)),
              null);
      double[] values = new double[24];
      float[] floats = next.toFloatArray();
      for (int i = 0; i < values.length; i++) {
        values[i] = floats[i];
      }
      // its digits are printed to seven, ours are float32
      assertThat(values).containsExactly(NEURALOPERATORS_ANSWER, within(5e-6));
    }
  }

  private static float[] waves(int length, int shift) {
    float[] waves = new float[length];
    for (int i = 0; i < length; i++) {
      waves[i] = (float) Math.sin(1.7 * i + shift);
    }
    return waves;
  }

  @Test
  void shouldStartAsNeuraloperatorDoesWhenInitialised() {
    ExpertSpec spec = paper(new FieldShape(2, 16, 16), 1, 4, 4);
    Map<String, NamedTensor> named = new HashMap<>();
    spec.family()
        .toNamed(spec, spec.family().initialWeights(spec, 7))
        .forEach(t -> named.put(t.name(), t));
    // real and imaginary parts share the variance 2 / (in + out); four standard errors
    assertThat(deviation(named.get("fno_blocks.convs.0.weight.tensor")))
        .isCloseTo(Math.sqrt(1 / 128.0), within(4 * Math.sqrt(1 / 128.0 / (2 * 98_304))));
    assertThat(deviation(named.get("fno_blocks.convs.0.bias")))
        .isCloseTo(Math.sqrt(1 / 64.0), within(4 * Math.sqrt(1 / 64.0 / (2 * 64))));
    assertThat(named.get("fno_blocks.channel_mlp_skips.0.weight").values()).containsOnly(1f);
    assertThat(largest(named.get("lifting.fcs.1.weight")))
        .isCloseTo(1 / Math.sqrt(128), within(1e-3));
    assertThat(largest(named.get("fno_blocks.fno_skips.0.conv.weight")))
        .isCloseTo(1 / Math.sqrt(64), within(1e-3));
    assertThat(largest(named.get("fno_blocks.channel_mlp.0.fcs.1.weight")))
        .isCloseTo(1 / Math.sqrt(32), within(1e-3));
    assertThat(spec.family().initialWeights(spec, 7))
        .isEqualTo(spec.family().initialWeights(spec, 7));
  }

  private static double deviation(NamedTensor tensor) {
    double square = 0;
    for (float value : tensor.values()) {
      square += (double) value * value;
    }
    return Math.sqrt(square / tensor.values().length);
  }

  private static double largest(NamedTensor tensor) {
    double largest = 0;
    for (float value : tensor.values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  @Test
  void shouldRefuseMoreModesThanTheGridHas() {
    assertThatThrownBy(() -> paper(new FieldShape(2, 8, 8), 4, 12, 6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a modesY of at most 8")
        .hasMessageContaining("modesY 12");
  }
}
