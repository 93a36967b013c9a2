package io.dynadiff.models.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.bundle.UntrainedBundle;
import io.dynadiff.models.expert.Coordinates;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.Prediction;
import io.dynadiff.models.expert.WeightLayout;
import io.dynadiff.models.forecast.RolloutStart;
import io.dynadiff.models.forecast.StackedForecaster;
import io.dynadiff.models.nn.Parameters;
import io.dynadiff.models.prompt.WindowFeatures;
import io.dynadiff.models.vae.VaeSpec;
import io.dynadiff.models.vae.WeightVae;
import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.physics.field.FieldShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that handles experts must handle those of every family, known to it or not. */
class ExpertFamiliesTest {

  @TempDir Path directory;

  static Stream<ExpertSpec> families() {
    return Stream.of(
        new ExpertSpec(
            "neuraloperator-fno",
            new FieldShape(3, 8, 6),
            200,
            Prediction.DIRECT,
            1,
            Coordinates.NONE,
            0,
            new TreeMap<>(Map.of("hidden", 4, "layers", 2, "modesY", 4, "modesX", 4))),
        new ExpertSpec(
            "ode-mlp",
            new FieldShape(2, 1, 1),
            100,
            Prediction.RESIDUAL,
            0.1,
            Coordinates.LINEAR,
            0,
            new TreeMap<>(Map.of("hidden", 16, "substeps", 2))));
  }

  @ParameterizedTest
  @MethodSource("families")
  void shouldGenerateAndForecastWhateverTheFamily(ExpertSpec spec) throws Exception {
    UntrainedBundle.write(directory, "lambda-omega", spec, 1);
    Bundle bundle = Bundle.open(directory);
    assertThat(bundle.expertSpec()).isEqualTo(spec);
    ObservationWindow window = window(spec);
    try (WeightGenerator generator = new WeightGenerator(bundle);
        StackedForecaster forecaster = new StackedForecaster(spec, bundle.normalisation())) {
      generator.warmUp();
      GeneratedExpert expert =
          generator
              .generate(
                  List.of(
                      new GenerationRequest(
                          "environment",
                          window,
                          WindowFeatures.of(window, bundle.normalisation(), bundle.features()),
                          3)))
              .get(0);
      assertThat(expert.weights()).hasSize(spec.parameterCount());
      assertThat(expert.windowScore()).isFinite().isPositive();
      float[] frame = window.frames().get(0);
      float[][] forecast =
          forecaster
              .rollout(
                  List.of(
                      new RolloutStart(bundle.baseWeights(), frame, 0),
                      new RolloutStart(expert.weights(), frame, 0)),
                  3)
              .get(1);
      assertThat(forecast).hasDimensions(3, spec.fieldShape().size());
      // the score on one transition is the error of the forecast's first step
      ObservationWindow pair =
          new ObservationWindow(
              spec.fieldShape(),
              List.of(frame, forecast[0]),
              new long[] {0, spec.intervalMillis()});
      assertThat(forecaster.windowScores(List.of(expert.weights()), pair)[0])
          .isCloseTo(0, within(1e-5));
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void shouldEncodeAndDecodeEveryNodeWhateverTheFamily(ExpertSpec spec) {
    WeightLayout layout = spec.layout();
    WeightVae vae = new WeightVae(layout, new VaeSpec(8, 4, 2, 1));
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weights =
          manager.create(
              spec.family().initialWeights(spec, 1), new Shape(1, spec.parameterCount()));
      NDArray latents =
          vae.encode(
                  new Parameters(
                      vae.encoderLayout(), manager.create(vae.encoderLayout().initialValues(1))),
                  weights)
              .mean();
      assertThat(latents.getShape()).isEqualTo(new Shape(1, layout.nodeCount(), 4));
      NDArray decoded =
          vae.decode(
              new Parameters(
                  vae.decoderLayout(), manager.create(vae.decoderLayout().initialValues(2))),
              latents);
      assertThat(decoded.getShape()).isEqualTo(weights.getShape());
      assertThat(decoded.toFloatArray()).doesNotContain(Float.NaN);
    }
  }

  private static ObservationWindow window(ExpertSpec spec) {
    Random random = new Random(2);
    List<float[]> frames = new ArrayList<>();
    long[] times = new long[5];
    for (int i = 0; i < times.length; i++) {
      float[] frame = new float[spec.fieldShape().size()];
      for (int p = 0; p < frame.length; p++) {
        frame[p] = (float) random.nextGaussian();
      }
      frames.add(frame);
      times[i] = i * spec.intervalMillis();
    }
    return new ObservationWindow(spec.fieldShape(), frames, times);
  }
}
