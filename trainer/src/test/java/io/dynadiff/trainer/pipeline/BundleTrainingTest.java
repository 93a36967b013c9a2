package io.dynadiff.trainer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.data.SystemDataSource;
import io.dynadiff.trainer.preset.Preset;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class BundleTrainingTest {

  @TempDir Path directory;

  private SystemData data(String system) {
    return new SystemDataSource(Path.of("..", "data", "era5-2mt-2019-03-uk-cds.nc"))
        .load(
            system,
            Preset.of(system, "smoke").data(),
            directory.resolve("work"),
            new PrintStream(new ByteArrayOutputStream()));
  }

  private BundleTraining.Result train(SystemData data, String output, PrintStream progress)
      throws Exception {
    Preset preset = Preset.of(data.system(), "smoke");
    return BundleTraining.run(
        new TrainedSystem(data, "smoke", preset, 1, directory.resolve("work"), progress),
        directory.resolve(output),
        "test");
  }

  @Test
  void shouldMakeTheSameBundleWithoutTrainingAgainWhenEveryStageIsThere() throws Exception {
    SystemData data = data("lambda-omega");
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    ByteArrayOutputStream second = new ByteArrayOutputStream();
    BundleTraining.Result result = train(data, "one", new PrintStream(first));
    Bundle made = result.bundle();
    Bundle again = train(data, "two", new PrintStream(second)).bundle();
    assertThat(again.generator().diffusion()).isEqualTo(made.generator().diffusion());
    assertThat(again.baseWeights()).isEqualTo(made.baseWeights());
    assertThat(first.toString(StandardCharsets.UTF_8)).contains("ms/step");
    assertThat(second.toString(StandardCharsets.UTF_8)).doesNotContain("ms/step");
    assertThat(made.conditions()).hasSize(1);
    assertThat(made.metrics()).containsKey("lambda-omega.unseen.rmse.dynadiff");
    assertThat(result.figures())
        .containsAllEntriesOf(made.metrics())
        .containsKeys(
            "lambda-omega.unseen.conditions.beta.prompter",
            "lambda-omega.unseen.conditions.beta.forest-features",
            "lambda-omega.unseen.conditions.beta.forest-prompt",
            "lambda-omega.unseen.conditions.beta.guess");
  }

  @Test
  void shouldTrainOnRecordedTiles() throws Exception {
    SystemData data = data("era5-uk");
    Bundle bundle = train(data, "era5", new PrintStream(new ByteArrayOutputStream())).bundle();
    assertThat(bundle.system()).isEqualTo("era5-uk");
    assertThat(bundle.expertSpec().clockPeriodMillis()).isEqualTo(86_400_000);
    assertThat(bundle.calibration().oneStepErrorMean()).isPositive();
  }
}
