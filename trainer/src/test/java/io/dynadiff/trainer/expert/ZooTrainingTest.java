package io.dynadiff.trainer.expert;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.data.SystemDataSource;
import io.dynadiff.trainer.pipeline.TrainedSystem;
import io.dynadiff.trainer.preset.Preset;
import io.dynadiff.trainer.stage.StageStore;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ZooTrainingTest {

  private static final PrintStream QUIET = new PrintStream(OutputStream.nullOutputStream());

  @TempDir Path work;

  @Test
  void shouldKeepWhatIsBestOnValidationFramesAndReportItWhenTrainingsStopEarly() throws Exception {
    Preset preset =
        Preset.of("lambda-omega", "smoke")
            .with("zoo.training.steps", "40")
            .with("zoo.stopping.checkSteps", "2")
            .with("zoo.stopping.patience", "2")
            .with("zoo.stopping.furtherLeads", "3");
    SystemData data =
        new SystemDataSource(Path.of("none")).load("lambda-omega", preset.data(), work, QUIET);
    TrainedSystem system = new TrainedSystem(data, "test", preset, 1, work, QUIET);
    List<ZooExpert> kept = system.zoo();

    ZooTraining zoo = new ZooTraining(system.spec(), data, preset.zoo(), 1, QUIET);
    int reported = 0;
    long keptInReport = 0;
    try (ExpertErrors errors = new ExpertErrors(system.spec(), data)) {
      for (int chunk = 0; chunk < zoo.chunks(); chunk++) {
        StageStore store = zoo.store(system.work(), system.baseKey(), chunk);
        TrainedStack stack = TrainedStack.of(store.result().orElseThrow());
        List<String> report = Files.readAllLines(store.directory().resolve(ZooCheck.REPORT));
        assertThat(report).hasSize(1 + stack.weights().size());
        for (int i = 0; i < stack.weights().size(); i++) {
          EnvironmentData environment = zoo.environments(chunk).get(i);
          String[] fields = report.get(1 + i).split(",");
          assertThat(fields[0]).isEqualTo("\"" + environment.id() + "\"");
          int steps = Integer.parseInt(fields[1]);
          int bestStep = Integer.parseInt(fields[2]);
          assertThat(bestStep).isBetween(2, steps);
          assertThat(steps)
              .satisfiesAnyOf(
                  s -> assertThat(s).isEqualTo(40), s -> assertThat(s - bestStep).isEqualTo(4));
          double error =
              errors.rollouts(List.of(stack.weights().get(i)), environment.validation(), 4)[0];
          // Printed with six digits.
          assertThat(Double.parseDouble(fields[3]))
              .isCloseTo(error, org.assertj.core.data.Percentage.withPercentage(1e-3));
          reported++;
          keptInReport += Boolean.parseBoolean(fields[5]) ? 1 : 0;
        }
      }
    }
    assertThat(reported).isEqualTo(2 * data.seen().size());
    assertThat(keptInReport).isEqualTo(kept.size());
  }
}
