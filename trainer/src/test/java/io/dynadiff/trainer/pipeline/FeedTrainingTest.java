package io.dynadiff.trainer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.bundle.ConditionSpec;
import io.dynadiff.trainer.TrainCommand;
import io.dynadiff.trainer.data.StoredFeed;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** From a store of one's own to a bundle, by the command, with as few steps as can be. */
@Tag("slow")
class FeedTrainingTest {

  @TempDir Path directory;

  private Bundle train(String... more) throws Exception {
    for (int i = 0; i < 4; i++) {
      StoredFeed.of("waves/e" + i, 0.2 * (i + 1)).record(directory.resolve("store"), 60);
    }
    String[] arguments = {
      "waves",
      "--preset=smoke",
      "--data=" + directory.resolve("store"),
      "--work=" + directory.resolve("work"),
      "--output=" + directory.resolve("bundle"),
      "--results=" + directory.resolve("results.json"),
      "--set=base.steps=200",
      "--set=zoo.training.steps=60"
    };
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    assertThat(new CommandLine(new TrainCommand()).execute(all)).isZero();
    return Bundle.open(directory.resolve("bundle"));
  }

  @Test
  void shouldMakeABundleOfConditionsThatFramesName() throws Exception {
    Bundle bundle = train();
    assertThat(bundle.system()).isEqualTo("waves");
    assertThat(bundle.manifest().channels()).containsExactly("height");
    assertThat(bundle.conditions()).extracting(ConditionSpec::name).containsExactly("speed");
    assertThat(bundle.metrics())
        .containsKeys("waves.unseen.rmse.dynadiff", "waves.unseen.conditions.speed");
    assertThat(bundle.calibration().oneStepErrorMean()).isPositive();
  }

  @Test
  void shouldMakeABundleWithLabelsWhereConditionsAreUnknown() throws Exception {
    Bundle bundle = train("--conditions=unknown");
    assertThat(bundle.conditions()).extracting(ConditionSpec::name).contains("surrogate-1");
    assertThat(bundle.metrics())
        .containsKeys("waves.seen.conditions.surrogate-1", "waves.unseen.rmse.dynadiff")
        .doesNotContainKey("waves.unseen.conditions.surrogate-1");
    assertThat(bundle.metrics().values()).allMatch(Double::isFinite);
  }
}
