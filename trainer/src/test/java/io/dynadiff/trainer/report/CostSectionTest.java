package io.dynadiff.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.trainer.evaluation.CostTable;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostSectionTest {

  @TempDir Path directory;

  private static void measure(Path file, String system, double rate) throws Exception {
    CostTable table = CostTable.read(file);
    table.put(
        system,
        new CostTable.Measurement("dynadiff experiment cost " + system, 1, "machine", "abc", 2),
        Map.of("batch", 8),
        Map.of(
            "training.single.samplesPerSecond",
            rate,
            "stage.zoo.seconds",
            7.0,
            "adaptation.fine-tune-1x.seconds",
            0.25,
            "adaptation.fine-tune-1x.addedMiB",
            31.25));
    table.write(file);
  }

  @Test
  void shouldKeepOtherSystemsAndReplaceASystemsOwn() throws Exception {
    Path file = directory.resolve("cost.json");
    measure(file, "lambda-omega", 100);
    measure(file, "navier-stokes", 200);
    measure(file, "lambda-omega", 300);
    CostTable table = CostTable.read(file);
    assertThat(table.measurements()).containsOnlyKeys("lambda-omega", "navier-stokes");
    assertThat(table.figures("lambda-omega"))
        .containsEntry("training.single.samplesPerSecond", 300.0);
    assertThat(new CostSection(table).text())
        .contains("### lambda-omega\n\n`dynadiff experiment cost lambda-omega`, commit abc")
        .contains("| zoo | 7 s |")
        .contains("| one expert | 300 | 1.00 |")
        .contains("| fine-tune-1x | 0.250 s | 31.3 MiB |")
        .contains("| one expert | 200 | 1.00 |")
        .doesNotContain("PyTorch |");
  }
}
