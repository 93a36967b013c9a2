package io.dynadiff.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.trainer.evaluation.MethodRun;
import io.dynadiff.trainer.evaluation.ResultsTable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvaluateCommandTest {

  @TempDir Path directory;

  private static int run(StringWriter err, String... arguments) {
    return new CommandLine(new EvaluateCommand())
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void shouldRefuseWhenThereIsNeitherASystemNorAReport() {
    StringWriter err = new StringWriter();

    assertThat(run(err)).isEqualTo(2);
    assertThat(err.toString()).contains("expected either a SYSTEM or --report");
  }

  @Test
  void shouldNameTheSystemsWhenThereIsNoSuchOne() {
    StringWriter err = new StringWriter();

    assertThat(run(err, "weather", "--output", directory.resolve("t.json").toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("lambda-omega").contains("\"weather\"");
  }

  @Test
  @Tag("slow")
  void shouldGoOnWhereItWasWhenRunAgain() throws Exception {
    Path file = directory.resolve("table.json");
    String[] arguments = {
      "lambda-omega",
      "--preset",
      "smoke",
      "--seeds",
      "1",
      "--methods",
      "persistence,not-adaptive,one-per-env,interpolated-weights,interpolated-rbf-weights,"
          + "dynadiff,dynadiff-polished,incumbent,fine-tune-0.1x",
      "--work",
      directory.resolve("work").toString(),
      "--output",
      file.toString()
    };

    assertThat(run(new StringWriter(), arguments)).isZero();
    var first = ResultsTable.read(file);
    assertThat(run(new StringWriter(), arguments)).isZero();
    var second = ResultsTable.read(file);

    assertThat(first.runs()).hasSize(9);
    assertThat(first.figures())
        .extractingByKey("smoke.lambda-omega.unseen.rmse.incumbent")
        .as("the expert of another environment")
        .isNotEqualTo(first.figures().get("smoke.lambda-omega.unseen.rmse.dynadiff"));
    assertThat(second.runs())
        .as("runs with the same settings are kept with the time they took")
        .extracting(MethodRun::wallSeconds)
        .containsExactlyElementsOf(first.runs().stream().map(MethodRun::wallSeconds).toList());
    assertThat(first.figures())
        .containsKeys(
            "smoke.lambda-omega.unseen.ratio.dynadiff",
            "smoke.lambda-omega.seen.rmse.persistence",
            "smoke.lambda-omega.unseen.adaptation-seconds.fine-tune-0.1x");
  }
}
