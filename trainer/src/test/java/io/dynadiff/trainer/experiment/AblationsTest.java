package io.dynadiff.trainer.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.trainer.preset.Preset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class AblationsTest {

  @ParameterizedTest
  @FieldSource("io.dynadiff.trainer.preset.Preset#SYSTEMS")
  void shouldApplyToEverySystem(String system) {
    Preset complete = Preset.of(system, "laptop");
    for (Variant variant : Experiment.ABLATIONS.variants()) {
      if (variant.name().equals("condition-search") && !complete.regression().sizes().present()) {
        assertThatThrownBy(() -> variant.apply(complete))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("expected regression.sizes of a regressor");
        continue;
      }
      Preset changed = variant.apply(complete);
      // The data and the expert are the same, so that figures compare.
      assertThat(changed.data()).isEqualTo(complete.data());
      assertThat(changed.expert()).isEqualTo(complete.expert());
    }
  }

  @Test
  void shouldChangeSomethingEachTime() {
    Preset complete = Preset.of("navier-stokes", "laptop");
    assertThat(
            Experiment.ABLATIONS.variants().stream().map(v -> v.apply(complete)).distinct().count())
        .isEqualTo(Experiment.ABLATIONS.variants().size());
  }

  @ParameterizedTest
  @FieldSource("io.dynadiff.trainer.preset.Preset#SYSTEMS")
  void shouldWriteExpertsAsThePaperDoesButOnTheSameBudget(String system) {
    Preset laptop = Preset.of(system, "laptop");
    Preset paper = MethodCatalogue.PAPER.apply(laptop);
    Preset full = Preset.of(system, "paper");
    assertThat(paper.sampler()).isEqualTo(full.sampler());
    assertThat(paper.candidates().kinds()).isEqualTo(full.candidates().kinds());
    assertThat(paper.candidates().headStart()).isEqualTo(full.candidates().headStart());
    assertThat(paper.zoo()).isEqualTo(laptop.with("zoo.mixes", "0").zoo());
    assertThat(paper.autoencoder().scaling()).isEqualTo(full.autoencoder().scaling());
    assertThat(paper.prompt().features()).isEqualTo(full.prompt().features());
    assertThat(paper.prompt().conditioning()).isEqualTo(full.prompt().conditioning());
    assertThat(paper.regression().sizes()).isEqualTo(full.regression().sizes());
    assertThat(paper.diffusion().target()).isEqualTo(full.diffusion().target());
    assertThat(paper.diffusion().schedule()).isEqualTo(full.diffusion().schedule());
    assertThat(paper.diffusion().width()).isEqualTo(laptop.diffusion().width());
    assertThat(paper.diffusion().training()).isEqualTo(laptop.diffusion().training());
    assertThat(paper.autoencoder().sizes()).isEqualTo(laptop.autoencoder().sizes());
  }
}
