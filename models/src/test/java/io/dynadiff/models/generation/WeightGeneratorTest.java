package io.dynadiff.models.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.bundle.BundleFormatException;
import io.dynadiff.models.bundle.UntrainedBundle;
import io.dynadiff.models.candidates.CandidateKind;
import io.dynadiff.models.candidates.CandidateSettings;
import io.dynadiff.models.forecast.RolloutStart;
import io.dynadiff.models.forecast.StackedForecaster;
import io.dynadiff.models.metrics.FieldMetrics;
import io.dynadiff.models.prompt.WindowFeatures;
import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.physics.field.FieldShape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightGeneratorTest {

  private static final FieldShape SHAPE = new FieldShape(2, 8, 8);

  @TempDir static Path directory;
  private static Bundle bundle;

  @BeforeAll
  static void writeBundle() throws Exception {
    bundle = UntrainedBundle.write(directory, "lambda-omega", SHAPE, 1);
  }

  private static ObservationWindow window(int length, long seed) {
    Random random = new Random(seed);
    List<float[]> frames = new ArrayList<>();
    long[] times = new long[length];
    for (int i = 0; i < length; i++) {
      float[] frame = new float[SHAPE.size()];
      for (int p = 0; p < frame.length; p++) {
        frame[p] = (float) random.nextGaussian();
      }
      frames.add(frame);
      times[i] = 200L * i;
    }
    return new ObservationWindow(SHAPE, frames, times);
  }

  private static GenerationRequest request(int length, long seed) {
    ObservationWindow window = window(length, seed);
    return new GenerationRequest(
        "env-" + seed,
        window,
        WindowFeatures.of(window, bundle.normalisation(), bundle.features()),
        seed);
  }

  @Test
  void shouldGiveTheSameBytesWhateverElseIsInTheBatch() {
    try (WeightGenerator generator = new WeightGenerator(bundle)) {
      GeneratedExpert alone = generator.generate(List.of(request(10, 1))).get(0);
      GeneratedExpert among =
          generator.generate(List.of(request(10, 2), request(10, 1), request(4, 3))).get(1);
      assertThat(among.weights()).isEqualTo(alone.weights());
      assertThat(among.windowScore()).isEqualTo(alone.windowScore());
    }
  }

  @Test
  void shouldKeepTheCandidateWithTheLowestScoreOnTheWindow() {
    try (WeightGenerator generator = new WeightGenerator(bundle);
        StackedForecaster forecaster =
            new StackedForecaster(bundle.expertSpec(), bundle.normalisation())) {
      GenerationRequest request = request(10, 7);
      GeneratedExpert expert = generator.generate(List.of(request)).get(0);
      // two samples and their mean
      assertThat(expert.candidateScores()).hasSize(3).isSorted();
      assertThat(expert.windowScore()).isEqualTo(expert.candidateScores()[0]);
      assertThat(forecaster.windowScores(List.of(expert.weights()), request.window())[0])
          .isEqualTo(expert.windowScore(), org.assertj.core.api.Assertions.within(1e-6));
      assertThat(expert.inferredConditions()).hasSize(1);
    }
  }

  @Test
  void shouldKeepTheBestCandidatesInOrderOfTheirScoresWhenAskedForAnEnsemble() {
    CandidateSettings own = bundle.manifest().candidates();
    CandidateSettings two =
        new CandidateSettings(
            own.kinds(), own.scoreSteps(), own.polishSteps(), own.polishRate(), 0, 2, own.search());
    try (WeightGenerator generator = new WeightGenerator(bundle, two);
        WeightGenerator single = new WeightGenerator(bundle);
        StackedForecaster forecaster =
            new StackedForecaster(bundle.expertSpec(), bundle.normalisation())) {
      GenerationRequest request = request(10, 7);
      GeneratedExpert expert = generator.generate(List.of(request)).get(0);
      GeneratedExpert best = single.generate(List.of(request)).get(0);
      assertThat(best.members()).hasSize(1);
      assertThat(expert.members()).hasSize(2);
      assertThat(expert.weights()).isEqualTo(best.weights());
      double[] scores =
          forecaster.windowScores(expert.members(), request.window(), own.scoreSteps());
      assertThat(scores)
          .containsExactly(
              new double[] {expert.candidateScores()[0], expert.candidateScores()[1]},
              org.assertj.core.data.Offset.offset(1e-6));
    }
  }

  @Test
  void shouldKeepTheFirstCandidateWhereNoneIsBetterByMoreThanItsHeadStart() {
    CandidateSettings own =
        bundle
            .manifest()
            .candidates()
            .withKinds(
                CandidateKind.REGRESSED_MEAN, CandidateKind.SAMPLES, CandidateKind.SAMPLE_AVERAGE);
    CandidateSettings sure =
        new CandidateSettings(
            own.kinds(),
            own.scoreSteps(),
            own.polishSteps(),
            own.polishRate(),
            0.99,
            3,
            own.search());
    try (WeightGenerator plain = new WeightGenerator(bundle, own.withEnsemble(3));
        WeightGenerator generator = new WeightGenerator(bundle, sure)) {
      boolean otherwise = false;
      for (int seed = 0; seed < 8; seed++) {
        GeneratedExpert best = plain.generate(List.of(request(10, seed))).get(0);
        GeneratedExpert first = generator.generate(List.of(request(10, seed))).get(0);
        // The same candidates, the first of which need not be the best.
        assertThat(best.candidateScores()).contains(first.windowScore());
        otherwise |= first.windowScore() > best.windowScore();
        assertThat(first.source()).isEqualTo(CandidateKind.REGRESSED_MEAN.name());
      }
      assertThat(otherwise).isTrue();
    }
  }

  private static GenerationRequest holding(float[] incumbent, GenerationRequest request) {
    return new GenerationRequest(
        request.environmentId(),
        request.window(),
        request.features(),
        request.seed(),
        Optional.of(incumbent));
  }

  @Test
  void shouldKeepTheIncumbentWhereItIsBestOnTheWindow() {
    CandidateSettings own = bundle.manifest().candidates();
    CandidateSettings held = own.withKinds(CandidateKind.SAMPLES, CandidateKind.INCUMBENT);
    GenerationRequest request = request(10, 3);
    try (WeightGenerator plain = new WeightGenerator(bundle, own.withKinds(CandidateKind.SAMPLES));
        WeightGenerator generator = new WeightGenerator(bundle, held)) {
      GeneratedExpert sampled = plain.generate(List.of(request)).get(0);
      // Better than any sample: the best of them, led on by gradients on this very window.
      float[] better =
          new Polish(bundle.expertSpec(), bundle.normalisation())
              .run(sampled.weights(), request.window(), 20, 1e-3);
      GeneratedExpert kept = generator.generate(List.of(holding(better, request))).get(0);
      assertThat(kept.source()).isEqualTo(CandidateKind.INCUMBENT.name());
      assertThat(kept.weights()).isEqualTo(better);
      // Worse than any: a field that changes by a thousand times its scale.
      float[] worse = sampled.weights().clone();
      for (int i = 0; i < worse.length; i++) {
        worse[i] *= 1000;
      }
      GeneratedExpert left = generator.generate(List.of(holding(worse, request))).get(0);
      assertThat(left.source()).isEqualTo(CandidateKind.SAMPLES.name());
      assertThat(left.weights()).isEqualTo(sampled.weights());
      assertThat(generator.generate(List.of(request)).get(0).weights())
          .isEqualTo(sampled.weights());
    }
  }

  @Test
  void shouldSayWhatIsMissingWhenARequestHasNoCandidate() {
    CandidateSettings alone = bundle.manifest().candidates().withKinds(CandidateKind.INCUMBENT);
    try (WeightGenerator generator = new WeightGenerator(bundle, alone)) {
      generator.warmUp();
      assertThatThrownBy(() -> generator.generate(List.of(request(10, 3))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("env-3: expected a request that one of [INCUMBENT]");
    }
  }

  @Test
  void shouldPolishTheBestCandidateOnTheWindow() {
    CandidateSettings own = bundle.manifest().candidates();
    CandidateSettings polishing = own.withPolish(CandidateKind.SAMPLES, 20, 1e-3);
    GenerationRequest request = request(10, 3);
    try (WeightGenerator plain = new WeightGenerator(bundle, own.withKinds(CandidateKind.SAMPLES));
        WeightGenerator generator = new WeightGenerator(bundle, polishing)) {
      GeneratedExpert sampled = plain.generate(List.of(request)).get(0);
      GeneratedExpert polished = generator.generate(List.of(request)).get(0);
      assertThat(polished.source()).isEqualTo(CandidateKind.POLISHED.name());
      assertThat(polished.windowScore()).isLessThan(sampled.windowScore());
      assertThat(polished.weights())
          .isEqualTo(
              new Polish(bundle.expertSpec(), bundle.normalisation())
                  .run(sampled.weights(), request.window(), 20, 1e-3));
      // One frame has no transition to learn from.
      assertThat(generator.generate(List.of(request(1, 3))).get(0).source())
          .isEqualTo(CandidateKind.SAMPLES.name());
    }
  }

  @Test
  void shouldGiveTheSameBytesWhenWarmedUp() {
    try (WeightGenerator cold = new WeightGenerator(bundle);
        WeightGenerator warm = new WeightGenerator(bundle)) {
      warm.warmUp();
      assertThat(warm.generate(List.of(request(10, 4))).get(0).weights())
          .isEqualTo(cold.generate(List.of(request(10, 4))).get(0).weights());
    }
  }

  @Test
  void shouldGenerateFromASingleFrame() {
    try (WeightGenerator generator = new WeightGenerator(bundle)) {
      GeneratedExpert expert = generator.generate(List.of(request(1, 5))).get(0);
      assertThat(expert.weights()).hasSize(bundle.expertSpec().parameterCount());
      assertThat(expert.windowScore()).isZero();
    }
  }

  @Test
  void shouldForecastTheSameWhenStackedWithOthers() {
    RolloutStart first = new RolloutStart(bundle.baseWeights(), window(1, 1).frames().get(0), 0);
    RolloutStart second =
        new RolloutStart(
            bundle.expertSpec().family().initialWeights(bundle.expertSpec(), 99),
            window(1, 2).frames().get(0),
            0);
    try (StackedForecaster forecaster =
        new StackedForecaster(bundle.expertSpec(), bundle.normalisation())) {
      float[][] alone = forecaster.rollout(List.of(second), 3).get(0);
      float[][] stacked = forecaster.rollout(List.of(first, second), 3).get(1);
      assertThat(alone).hasDimensions(3, SHAPE.size());
      for (int lead = 0; lead < 3; lead++) {
        assertThat(
                FieldMetrics.normalisedRmse(
                    SHAPE, bundle.normalisation(), stacked[lead], alone[lead]))
            .isLessThan(1e-5);
      }
    }
  }

  @Test
  void shouldRefuseABundleWhenOneBitOfAFileFlips() throws Exception {
    Path copy = directory.resolve("copy");
    UntrainedBundle.write(copy, "lambda-omega", SHAPE, 1);
    Path file = copy.resolve("generator.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);
    assertThatThrownBy(() -> Bundle.open(copy))
        .isInstanceOf(BundleFormatException.class)
        .hasMessageContaining("generator.safetensors")
        .hasMessageContaining("SHA-256");
    Files.delete(file);
    assertThatThrownBy(() -> Bundle.open(copy)).hasMessageContaining("found none");
  }

  @Test
  void shouldNameTheManifestWhenAKeyIsUnknown() throws Exception {
    Path copy = directory.resolve("unknown-key");
    UntrainedBundle.write(copy, "lambda-omega", SHAPE, 1);
    Path file = copy.resolve("manifest.json");
    Files.writeString(file, Files.readString(file).replaceFirst("\\{", "{ \"script\" : \"rm\","));
    assertThatThrownBy(() -> Bundle.open(copy))
        .isInstanceOf(BundleFormatException.class)
        .hasMessageContaining("manifest.json")
        .hasMessageContaining("script");
  }
}
