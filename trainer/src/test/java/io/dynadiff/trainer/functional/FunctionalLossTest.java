package io.dynadiff.trainer.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.bundle.ConditionSpec;
import io.dynadiff.models.expert.Coordinates;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.Prediction;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.safetensors.NamedTensor;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.Equivalences;
import io.dynadiff.trainer.data.LinearInvariant;
import io.dynadiff.trainer.data.Symmetries;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.data.SystemLaws;
import io.dynadiff.trainer.data.Trajectory;
import io.dynadiff.trainer.data.VorticityEquation;
import io.dynadiff.trainer.expert.ZooExpert;
import io.dynadiff.trainer.preset.FunctionalTerms;
import io.dynadiff.trainer.preset.FunctionalTerms.Target;
import io.dynadiff.trainer.preset.Preset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FunctionalLossTest {

  private static final FieldShape SHAPE = new FieldShape(1, 8, 8);
  private static final double SCALE = 0.25;
  private static final double RISE = 0.05;
  private static final ExpertSpec SPEC =
      new ExpertSpec(
          "fno",
          SHAPE,
          200,
          Prediction.RESIDUAL,
          SCALE,
          Coordinates.NONE,
          0,
          new TreeMap<>(Map.of("hidden", 3, "layers", 1, "modesY", 3, "modesX", 2)));

  private static final SystemLaws LAWS =
      new SystemLaws(
          List.of(LinearInvariant.mean("mean", SHAPE, 0)),
          Optional.of(
              new VorticityEquation(6.28, 0, e -> 0.1 * e[0], e -> new float[SHAPE.points()])));

  /** Frames that rise by the same amount from one to the next. */
  private static EnvironmentData environment(String id, long seed) {
    float[] first = Slopes.normal(SHAPE.size(), seed);
    List<float[]> frames = new ArrayList<>();
    for (int t = 0; t < 6; t++) {
      float[] frame = first.clone();
      for (int i = 0; i < frame.length; i++) {
        frame[i] += (float) (t * RISE);
      }
      frames.add(frame);
    }
    FieldNormalisation unit = new FieldNormalisation(new double[1], new double[] {1});
    return new EnvironmentData(
        id,
        new double[] {1},
        List.of(Trajectory.of(SHAPE, frames, unit, 0, 200)),
        List.of(),
        List.of(),
        List.of());
  }

  private static SystemData data(SystemLaws laws) {
    return new SystemData(
        "test",
        SHAPE,
        200,
        1,
        new FieldNormalisation(new double[1], new double[] {1}),
        List.of(new ConditionSpec("c", "1", 1, 0.5)),
        List.of(environment("a", 1), environment("b", 2)),
        List.of(),
        Symmetries.none(),
        Equivalences.none(),
        laws);
  }

  /** An expert that adds a constant: so many residual scales. */
  private static float[] adding(double constant) {
    List<NamedTensor> tensors = SPEC.family().toNamed(SPEC, new float[SPEC.parameterCount()]);
    Map<String, NamedTensor> changed = new TreeMap<>();
    for (NamedTensor tensor : tensors) {
      float[] values = tensor.values().clone();
      if (tensor.name().equals("projection.fcs.1.bias")) {
        java.util.Arrays.fill(values, (float) constant);
      }
      changed.put(tensor.name(), new NamedTensor(tensor.name(), tensor.shape(), values));
    }
    return SPEC.family().toFlat(SPEC, changed);
  }

  private static Preset.Autoencoder settings(double weight, FunctionalTerms functional) {
    Preset.Autoencoder own = Preset.of("lambda-omega", "smoke").autoencoder();
    return new Preset.Autoencoder(
        own.scaling(), own.sizes(), own.klWeight(), weight, 3, functional, own.training());
  }

  private static double loss(
      Preset.Autoencoder settings, float[] decoded, float[] encoded, boolean mixed) {
    SystemData data = data(LAWS);
    List<EnvironmentData> environments = mixed ? data.seen() : data.seen().subList(0, 1);
    try (NDManager manager = NDManager.newBaseManager();
        ExpertNetwork network = SPEC.family().network(SPEC, manager)) {
      Shape row = new Shape(1, decoded.length);
      return new FunctionalLoss(SPEC, data, settings, network, manager)
          .of(
              manager.create(decoded, row),
              manager.create(encoded, row),
              List.of(new ZooExpert(encoded, environments, new float[1])),
              new Random(1))
          .getFloat();
    }
  }

  private static double loss(FunctionalTerms functional) {
    return loss(
        settings(functional.conservationWeight() > 0 ? 0 : 2, functional),
        adding(0.5),
        adding(0.1),
        false);
  }

  @Test
  void shouldCompareOneStepWithTheEncodedExpertWhenPlain() {
    assertThat(loss(FunctionalTerms.ofExpert())).isCloseTo(2 * 0.16, within(1e-5));
  }

  @Test
  void shouldCompareRolloutsWithTheEncodedExpert() {
    double expected = 2 * (0.16 + 4 * 0.16 + 9 * 0.16) / 3;
    assertThat(loss(new FunctionalTerms(Target.EXPERT, 3, 0, 0, 0)))
        .isCloseTo(expected, within(1e-4));
  }

  @Test
  void shouldCompareWithTheFramesThatFollowWhenTheTargetIsTheTruth() {
    double apart = 0.5 - RISE / SCALE;
    double expected = 2 * (apart * apart + 4 * apart * apart) / 2;
    FunctionalTerms truth = new FunctionalTerms(Target.TRUTH, 2, 0, 0, 0);
    assertThat(loss(truth)).isCloseTo(expected, within(1e-4));
    assertThat(loss(settings(2, truth), adding(RISE / SCALE), adding(0.1), false)).isLessThan(1e-6);
    // A mix has no true frames of its own environment.
    assertThat(loss(settings(2, truth), adding(0.5), adding(0.1), true))
        .isCloseTo(2 * (0.16 + 4 * 0.16) / 2, within(1e-4));
  }

  @Test
  void shouldCountWhatStepsAddToAnInvariant() {
    // 0.5 and then 1 residual scale more than at the start
    assertThat(loss(new FunctionalTerms(Target.EXPERT, 2, 0, 3, 0)))
        .isCloseTo(3 * (0.25 + 1) / 2, within(1e-4));
  }

  @Test
  void shouldHaveTheGradientOfAllTermsTogetherByTheDecodedWeights() {
    Preset.Autoencoder all = settings(1, new FunctionalTerms(Target.TRUTH, 2, 0.1, 1, 0.5));
    SystemData data = data(LAWS);
    float[] encoded = SPEC.family().initialWeights(SPEC, 1);
    ZooExpert expert = new ZooExpert(encoded, List.of(data.seen().get(0)), new float[] {0.3f});
    try (NDManager manager = NDManager.newBaseManager();
        ExpertNetwork network = SPEC.family().network(SPEC, manager)) {
      Shape row = new Shape(1, encoded.length);
      FunctionalLoss loss = new FunctionalLoss(SPEC, data, all, network, manager);
      Slopes.requireRight(
          manager,
          SPEC.family().initialWeights(SPEC, 2),
          row,
          2e-3,
          decoded ->
              loss.of(decoded, manager.create(encoded, row), List.of(expert), new Random(1)));
    }
  }

  @Test
  void shouldRefuseTermsWhoseLawsAreNotKnown() {
    try (NDManager manager = NDManager.newBaseManager();
        ExpertNetwork network = SPEC.family().network(SPEC, manager)) {
      SystemData lawless = data(SystemLaws.none());
      assertThatThrownBy(
              () ->
                  new FunctionalLoss(
                      SPEC,
                      lawless,
                      settings(1, new FunctionalTerms(Target.EXPERT, 1, 0, 0, 1)),
                      network,
                      manager))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("equationWeight 0");
      assertThatThrownBy(
              () ->
                  new FunctionalLoss(
                      SPEC,
                      lawless,
                      settings(1, new FunctionalTerms(Target.EXPERT, 1, 0, 1, 0)),
                      network,
                      manager))
          .hasMessageContaining("conservationWeight 0");
    }
  }
}
