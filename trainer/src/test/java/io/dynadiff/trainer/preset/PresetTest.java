package io.dynadiff.trainer.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.models.json.CanonicalJson;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PresetTest {

  @ParameterizedTest
  @FieldSource("io.dynadiff.trainer.preset.Preset#SYSTEMS")
  void shouldNotCountHowOftenToLookWhenNothingStopsEarly(String system) {
    Preset preset = Preset.of(system, "laptop").with("zoo.stopping.patience", "0");
    Preset other = preset.with("zoo.stopping.checkSteps", "7");
    assertThat(CanonicalJson.write(other.zoo().identity()))
        .isEqualTo(CanonicalJson.write(preset.zoo().identity()))
        .doesNotContain("stopping");
    Preset stopping = preset.with("zoo.stopping.patience", "3");
    assertThat(CanonicalJson.write(stopping.zoo().identity())).contains("\"patience\":3");
    assertThat(stopping.zoo().stopping().identity(preset.base()))
        .isNotEqualTo(preset.zoo().stopping().identity(preset.base()));
  }

  @ParameterizedTest
  @FieldSource("io.dynadiff.trainer.preset.Preset#SYSTEMS")
  void shouldNotCountTermsOfTheFunctionalLossWhenThereAreNone(String system) {
    Preset preset = Preset.of(system, "laptop");
    assertThat(preset.autoencoder().functional().plain()).isTrue();
    assertThat(CanonicalJson.write(preset.autoencoder().identity()))
        .contains("functionalWeight")
        .doesNotContain("spectralWeight");
    assertThat(
            CanonicalJson.write(
                preset.with("autoencoder.functional.target", "TRUTH").autoencoder().identity()))
        .contains("TRUTH");
  }

  @Test
  void shouldSayWhatIsExpectedWhenStoppingIsImpossible() {
    Preset preset = Preset.of("lambda-omega", "smoke");
    assertThatThrownBy(() -> preset.with("zoo.stopping.checkSteps", "0"))
        .hasMessageContaining("expected checkSteps of at least 1");
  }

  @Test
  void shouldChangeSettingsTogetherThatDoNotFitAlone() {
    Preset preset = Preset.of("lambda-omega", "laptop");
    assertThatThrownBy(() -> preset.with("candidates.kinds", "[\"SAMPLES\"]"))
        .hasMessageContaining("preset with candidates.kinds")
        .hasMessageContaining("expected a headStart of 0");
    Preset changed =
        preset.with(Map.of("candidates.kinds", "[\"SAMPLES\"]", "candidates.headStart", "0"));
    assertThat(changed.candidates().headStart()).isZero();
  }

  @Test
  void shouldRefuseWhatNoBundleCouldHold() {
    Preset preset = Preset.of("era5-uk", "laptop");
    assertThat(preset.regression().sizes().present()).isFalse();
    assertThatThrownBy(
            () ->
                preset.with("candidates.search", "{\"rounds\":4,\"candidates\":12,\"spread\":0.5}"))
        .hasMessageContaining("expected regression.sizes of a regressor");
    assertThatThrownBy(() -> preset.with("sampler.guidance", "2"))
        .hasMessageContaining("expected diffusion.conditionDropout above 0");
  }

  // What trained stages are kept under; a change here means training them again.
  @Test
  void shouldKeepTheIdentitiesOfWhatIsTrainedAlready() {
    Preset preset = Preset.of("lambda-omega", "laptop");
    String plain = "\"weightDecay\":0.0}";
    assertThat(CanonicalJson.write(preset.base()))
        .isEqualTo("{\"batch\":32,\"learningRate\":0.004,\"steps\":4000," + plain);
    assertThat(CanonicalJson.write(preset.zoo().identity()))
        .isEqualTo(
            "{\"mixes\":200,\"noise\":0.05,\"perEnvironment\":4,\"stack\":12,\"training\":"
                + "{\"batch\":8,\"learningRate\":0.002,\"steps\":300,"
                + plain
                + "}");
    assertThat(CanonicalJson.write(preset.autoencoder().identity()))
        .isEqualTo(
            "{\"functionalFrames\":2,\"functionalWeight\":1.0,\"klWeight\":1.0E-5,\"scaling\":"
                + "\"DIFFERENCE\",\"sizes\":{\"blocks\":2,\"heads\":4,\"latent\":16,\"width\":64},"
                + "\"training\":{\"batch\":16,\"learningRate\":0.002,\"steps\":1500,"
                + plain
                + "}");
    assertThat(CanonicalJson.write(preset.prompt().identity()))
        .isEqualTo("[{\"batch\":64,\"learningRate\":0.001,\"steps\":3000,\"weightDecay\":0.05}]");
    assertThat(CanonicalJson.write(preset.diffusion()))
        .isEqualTo(
            "{\"blocks\":3,\"conditionDropout\":0.0,\"emaDecay\":0.998,\"heads\":4,\"schedule\":"
                + "\"COSINE\",\"target\":\"V\",\"training\":{\"batch\":32,\"learningRate\":0.001,"
                + "\"steps\":2000,"
                + plain
                + ",\"width\":64}");
    assertThat(preset.regression().identity().properties())
        .extracting(Map.Entry::getKey)
        .containsExactly(
            "reconstructionWeight", "sizes", "training", "tuning", "tuningRollout", "tuningRuns");
  }

  @Test
  void shouldCountWhatIsLeftOutOfTheMethod() {
    Preset preset = Preset.of("lambda-omega", "laptop");
    assertThat(preset.with("zoo.fromScratch", "true").zoo().identity())
        .isNotEqualTo(preset.zoo().identity());
    assertThat(preset.with("autoencoder.sizes.tokenLength", "64").autoencoder().identity())
        .isNotEqualTo(preset.autoencoder().identity());
    Preset prompted = preset.with("prompt.conditioning", "PROMPT");
    assertThat(prompted.with("prompt.unsupervised", "true").prompt().identity())
        .isNotEqualTo(prompted.prompt().identity());
    assertThatThrownBy(() -> preset.with("prompt.unsupervised", "true"))
        .hasMessageContaining("expected the conditioning PROMPT");
  }

  @Test
  void shouldLookAtSingleStepsWhereNothingStopsEarly() {
    assertThat(new Stopping(25, 0, 9).rollout()).isEqualTo(1);
    assertThat(new Stopping(25, 6, 9).rollout()).isEqualTo(10);
    assertThatThrownBy(() -> new Stopping(25, 6, -1)).hasMessageContaining("found -1");
  }
}
