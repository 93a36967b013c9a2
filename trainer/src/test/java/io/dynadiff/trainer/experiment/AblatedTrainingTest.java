package io.dynadiff.trainer.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.prompt.PrompterSpec.Conditioning;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.data.SystemDataSource;
import io.dynadiff.trainer.evaluation.GeneratedExperts;
import io.dynadiff.trainer.expert.ZooExpert;
import io.dynadiff.trainer.pipeline.TrainedSystem;
import io.dynadiff.trainer.preset.Preset;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class AblatedTrainingTest {

  private static final PrintStream QUIET = new PrintStream(OutputStream.nullOutputStream());

  @TempDir static Path work;

  private static TrainedSystem complete;

  @BeforeAll
  static void open() {
    Preset preset = Preset.of("lambda-omega", "smoke");
    SystemData data =
        new SystemDataSource(Path.of("none")).load("lambda-omega", preset.data(), work, QUIET);
    complete = new TrainedSystem(data, "test", preset, 1, work, QUIET);
  }

  private static TrainedSystem ablated(String name) {
    Variant variant =
        Experiment.ABLATIONS.variants().stream()
            .filter(v -> v.name().equals(name))
            .findFirst()
            .orElseThrow();
    return complete.with(variant.apply(complete.preset()));
  }

  /** Weights that a system's bundle writes for one environment. */
  private static float[] generated(TrainedSystem system) {
    Bundle bundle = system.bundle();
    EnvironmentData environment = system.data().unseen().get(0);
    try (GeneratedExperts method =
        new GeneratedExperts("test", bundle, bundle.manifest().candidates(), 4, 1)) {
      return method.adapt(environment, environment.cases().get(0)).weights();
    }
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  private static double spread(List<ZooExpert> zoo) {
    return distance(zoo.get(0).weights(), zoo.get(1).weights());
  }

  @Test
  void shouldTrainExpertsThatHaveNothingInCommonWhenThereIsNoDomainInitialisation() {
    TrainedSystem scratch = ablated("without-domain-initialisation");
    assertThat(scratch.base()).isEqualTo(complete.base());
    assertThat(spread(scratch.zoo())).isGreaterThan(5 * spread(complete.zoo()));
    // As many as were trained: nothing is compared with a base that they do not come from.
    assertThat(scratch.zoo()).hasSize(2 * complete.data().seen().size());
  }

  @Test
  void shouldDoWithoutAnAutoencoderWhenThereIsOneStage() {
    TrainedSystem single = ablated("single-stage");
    assertThat(single.bundle().generator().decoder()).isEmpty();
    assertThat(single.bundle().manifest().vae().present()).isFalse();
    assertThat(generated(single)).hasSize(complete.spec().parameterCount());
  }

  @Test
  void shouldWriteExpertsFromASequenceWhenTheGraphIsFlattened() {
    TrainedSystem flattened = ablated("flattened-sequence");
    assertThat(flattened.bundle().manifest().vae().tokenLength()).isEqualTo(512);
    assertThat(flattened.bundle().generator().latentMean())
        .hasSize((complete.spec().parameterCount() + 511) / 512 * 16);
    assertThat(generated(flattened)).hasSize(complete.spec().parameterCount());
  }

  @Test
  void shouldNotLookAtTheWindowWhenTheConditionsAreKnown() {
    TrainedSystem known = ablated("true-conditions");
    assertThat(known.bundle().manifest().prompter().conditioning()).isEqualTo(Conditioning.KNOWN);
    assertThat(generated(known)).isNotEqualTo(generated(complete));
  }

  @Test
  void shouldTrainTheSamePrompterOtherwiseWhenItIsNotShownTheConditions() {
    TrainedSystem whole = ablated("whole-prompt");
    TrainedSystem unsupervised = ablated("without-auxiliary-loss");
    assertThat(unsupervised.bundle().generator().prompter())
        .hasSameSizeAs(whole.bundle().generator().prompter())
        .isNotEqualTo(whole.bundle().generator().prompter());
  }
}
