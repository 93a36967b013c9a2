package io.dynadiff.trainer.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.models.candidates.CandidateKind;
import io.dynadiff.models.diffusion.DiffusionTransformer;
import io.dynadiff.models.diffusion.NoiseSchedule;
import io.dynadiff.models.diffusion.PredictionTarget;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.WeightLayout;
import io.dynadiff.models.graph.WeightScaling;
import io.dynadiff.models.prompt.FeatureSpec;
import io.dynadiff.models.prompt.PrompterSpec;
import io.dynadiff.models.vae.WeightVae;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.trainer.data.DataPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class PaperPresetTest {

  private static ExpertSpec expert(String system) {
    Preset preset = Preset.of(system, "paper");
    DataPlan plan = preset.data();
    int rows = plan.gridPoints();
    int columns = system.equals("cylinder-flow") ? 2 * rows : rows;
    Preset.Expert expert = preset.expert();
    return new ExpertSpec(
        expert.architecture(),
        new FieldShape(plan.channels().size(), rows, columns),
        200,
        expert.prediction(),
        1,
        expert.coordinates(),
        expert.clockPeriodMillis(),
        expert.sizes());
  }

  @ParameterizedTest
  @CsvSource({
    "cylinder-flow, 1624002, 962",
    "lambda-omega, 1361858, 962",
    "kolmogorov-flow, 2706499, 1603",
    "navier-stokes, 2706499, 1603",
    "lotka-volterra, 642, 130"
  })
  void shouldHaveTheExpertsOfThePaper(String system, int weights, int nodes) {
    assertThat(expert(system).parameterCount()).isEqualTo(weights);
    assertThat(expert(system).layout().nodeCount()).isEqualTo(nodes);
  }

  // Of the Navier-Stokes form the paper prints 193.16 and 131.53 million.
  @Test
  void shouldHaveGeneratorsOfAboutThePapersSize() {
    Preset preset = Preset.of("navier-stokes", "paper");
    WeightLayout layout = expert("navier-stokes").layout();
    WeightVae vae = new WeightVae(layout, preset.autoencoder().sizes());
    int condition =
        new PrompterSpec(
                new FeatureSpec(
                    expert("navier-stokes").fieldShape(),
                    preset.prompt().features(),
                    preset.prompt().boundary()),
                preset.prompt().hidden(),
                3,
                preset.prompt().conditioning())
            .conditionLength();
    int diffusion =
        new DiffusionTransformer(
                preset.diffusion().spec(condition),
                layout.nodeCount(),
                preset.autoencoder().sizes().latent())
            .layout()
            .size();
    assertThat(vae.encoderLayout().size() + vae.decoderLayout().size())
        .isCloseTo(193_160_000, within(250_000));
    // Nodes are told apart by a learned vector each, by fixed sinusoids in the paper.
    int told = layout.nodeCount() * preset.diffusion().width();
    assertThat(diffusion - told).isCloseTo(131_530_000, within(50_000));
  }

  @ParameterizedTest
  @FieldSource("io.dynadiff.trainer.preset.Preset#SYSTEMS")
  void shouldLeaveOutWhatThePaperDoesNotHave(String system) {
    Preset preset = Preset.of(system, "paper");
    assertThat(preset.zoo().perEnvironment()).isEqualTo(100);
    assertThat(preset.zoo().mixes()).isZero();
    assertThat(preset.zoo().stopping().patience()).isZero();
    assertThat(preset.autoencoder().scaling()).isEqualTo(WeightScaling.Kind.ABSOLUTE_RANGE);
    assertThat(preset.autoencoder().functional().plain()).isTrue();
    assertThat(preset.regression().sizes().present()).isFalse();
    assertThat(preset.diffusion().target()).isEqualTo(PredictionTarget.EPSILON);
    assertThat(preset.diffusion().schedule()).isEqualTo(NoiseSchedule.LINEAR_BETA);
    assertThat(preset.sampler().steps()).isEqualTo(1000);
    assertThat(preset.candidates().kinds()).containsExactly(CandidateKind.SAMPLES);
    assertThat(preset.data()).isEqualTo(DataPlan.of(system, "paper", 1));
  }

  @ParameterizedTest
  @FieldSource("io.dynadiff.trainer.preset.Preset#SYSTEMS")
  void shouldEndEveryStageAfterSoManyStepsWhenAsked(String system) {
    Preset preset = Preset.of(system, "paper").withStepsPerStage(2);
    assertThat(preset.base().steps()).isEqualTo(2);
    assertThat(preset.zoo().training().steps()).isEqualTo(2);
    assertThat(preset.autoencoder().training().steps()).isEqualTo(2);
    assertThat(preset.diffusion().training().steps()).isEqualTo(2);
    assertThat(preset.ownExpert().steps()).isEqualTo(2);
    // What is shorter already stays so.
    assertThat(preset.regression().tuning().steps()).isZero();
    assertThat(preset.autoencoder().sizes())
        .isEqualTo(Preset.of(system, "paper").autoencoder().sizes());
  }
}
