package io.dynadiff.trainer.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.models.json.CanonicalJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PresetTest {

  @ParameterizedTest
  @FieldSource("io.dynadiff.trainer.preset.Preset#SYSTEMS")
  void shouldNotCountHowOftenToLookWhenNothingStopsEarly(String system) {
    Preset preset = Preset.of(system, "laptop");
    assertThat(preset.zoo().stopping().patience()).isZero();
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
}
