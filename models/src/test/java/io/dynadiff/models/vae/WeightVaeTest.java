package io.dynadiff.models.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.dynadiff.models.diffusion.DiffusionSpec;
import io.dynadiff.models.diffusion.DiffusionTransformer;
import io.dynadiff.models.expert.Coordinates;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.Prediction;
import io.dynadiff.models.nn.FlatAdam;
import io.dynadiff.models.nn.ParameterLayout;
import io.dynadiff.models.nn.Parameters;
import io.dynadiff.physics.field.FieldShape;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightVaeTest {

  private static final ExpertSpec EXPERT =
      new ExpertSpec(
          "fno",
          new FieldShape(1, 8, 8),
          200,
          Prediction.RESIDUAL,
          0.1,
          Coordinates.NONE,
          0,
          new TreeMap<>(Map.of("hidden", 4, "layers", 1, "modesY", 3, "modesX", 2)));

  @ParameterizedTest
  @ValueSource(ints = {0, 9})
  void shouldLearnToReconstructAHandfulOfExperts(int tokenLength) {
    WeightVae vae = new WeightVae(EXPERT.layout(), new VaeSpec(32, 8, 2, 1, tokenLength));
    ParameterLayout encoder = vae.encoderLayout();
    ParameterLayout decoder = vae.decoderLayout();
    float[] initial =
        java.util.Arrays.copyOf(encoder.initialValues(1), encoder.size() + decoder.size());
    System.arraycopy(decoder.initialValues(2), 0, initial, encoder.size(), decoder.size());
    Random random = new Random(3);
    float[] weights = new float[4 * EXPERT.parameterCount()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian();
    }
    try (NDManager manager = NDManager.newBaseManager();
        FlatAdam adam = new FlatAdam(manager, initial, new Shape(initial.length), 0, 1)) {
      NDArray experts = manager.create(weights, new Shape(4, EXPERT.parameterCount()));
      float first = 0;
      float last = 0;
      for (int step = 0; step < 300; step++) {
        try (NDManager scope = manager.newSubManager()) {
          NDArray leaf = adam.leaf(scope);
          NDArray input = experts.duplicate();
          input.attach(scope);
          try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDList parts = leaf.split(new long[] {encoder.size()});
            NDArray mean = vae.encode(new Parameters(encoder, parts.get(0)), input).mean();
            NDArray loss =
                vae.decode(new Parameters(decoder, parts.get(1)), mean).sub(input).square().mean();
            collector.backward(loss);
            last = loss.getFloat();
          }
          first = step == 0 ? last : first;

          adam.update(leaf, 5e-3);
        }
      }
      assertThat(first).isGreaterThan(0.9f);
      assertThat(last).isLessThan(0.1f * first);
    }
  }

  @Test
  void shouldStartAsZeroAndFollowFiniteDifferencesWhenTheTransformerIsDifferentiated() {
    DiffusionSpec spec = new DiffusionSpec(8, 2, 2, 3);
    DiffusionTransformer transformer = new DiffusionTransformer(spec, 5, 2);
    ParameterLayout layout = transformer.layout();
    float[] parameters = layout.initialValues(1);
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray z = manager.create(noise(20, 1), new Shape(2, 5, 2));
      NDArray condition = manager.create(noise(6, 2), new Shape(2, 3));
      float[] times = {0.2f, 0.7f};
      float[] start =
          transformer
              .predict(new Parameters(layout, manager.create(parameters)), z, times, condition)
              .toFloatArray();
      assertThat(start).containsOnly(0f);

      Random random = new Random(8);
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] += (float) (0.3 * random.nextGaussian());
      }
      NDArray leaf = manager.create(parameters);
      leaf.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(
            transformer.predict(new Parameters(layout, leaf), z, times, condition).square().sum());
      }
      float[] gradient = leaf.getGradient().toFloatArray();
      float[] direction = noise(parameters.length, 9);
      double expected = 0;
      for (int i = 0; i < direction.length; i++) {
        expected += (double) gradient[i] * direction[i];
      }
      double h = 2e-3;
      double[] energy = new double[2];
      for (int side = 0; side < 2; side++) {
        float[] moved = parameters.clone();
        for (int i = 0; i < moved.length; i++) {
          moved[i] += (float) ((side == 0 ? h : -h) * direction[i]);
        }
        for (float v :
            transformer
                .predict(new Parameters(layout, manager.create(moved)), z, times, condition)
                .toFloatArray()) {
          energy[side] += (double) v * v;
        }
      }
      // float32 forward passes limit a central difference to a few parts in a thousand
      assertThat((energy[0] - energy[1]) / (2 * h))
          .isCloseTo(expected, within(0.02 * Math.abs(expected)));
    }
  }

  private static float[] noise(int size, long seed) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static NDArray experts(NDManager manager, int count) {
    float[] weights = new float[count * EXPERT.parameterCount()];
    Random random = new Random(5);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian();
    }
    return manager.create(weights, new Shape(count, EXPERT.parameterCount()));
  }

  @Test
  void shouldCutTheFlatWeightsIntoEqualTokensWhenAsked() {
    int length = 7;
    WeightVae vae = new WeightVae(EXPERT.layout(), new VaeSpec(8, 4, 2, 1, length));
    assertThat(vae.nodes())
        .isEqualTo((EXPERT.parameterCount() + length - 1) / length)
        .isNotEqualTo(EXPERT.layout().nodeCount());
    assertThat(vae.encoderLayout().shape("in.sequence.weight")).isEqualTo(new Shape(length, 8));
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray whitened = experts(manager, 2);
      NDArray latents =
          vae.latents(
              new Parameters(
                  vae.encoderLayout(), manager.create(vae.encoderLayout().initialValues(1))),
              whitened);
      assertThat(latents.getShape()).isEqualTo(new Shape(2, vae.nodes(), 4));
      NDArray decoded =
          vae.decode(
              new Parameters(
                  vae.decoderLayout(), manager.create(vae.decoderLayout().initialValues(2))),
              latents);
      assertThat(decoded.getShape()).isEqualTo(whitened.getShape());
    }
  }

  @Test
  void shouldGiveTheWeightsThemselvesWhenThereIsNoAutoencoder() {
    for (int tokenLength : new int[] {0, 7}) {
      WeightVae vae = new WeightVae(EXPERT.layout(), new VaeSpec(8, 0, 2, 1, tokenLength));
      assertThat(vae.encoderLayout().size() + vae.decoderLayout().size()).isZero();
      try (NDManager manager = NDManager.newBaseManager()) {
        NDArray whitened = experts(manager, 3);
        NDArray latents = vae.latents(null, whitened);
        assertThat(latents.getShape()).isEqualTo(new Shape(3, vae.nodes(), vae.latent()));
        assertThat(vae.decode(null, latents).toFloatArray()).isEqualTo(whitened.toFloatArray());
      }
    }
  }
}
