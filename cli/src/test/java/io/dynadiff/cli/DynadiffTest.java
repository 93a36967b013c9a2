package io.dynadiff.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.cli.command.DurationText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

class DynadiffTest {

  @Test
  void shouldExitWithTwoWhenTheUsageIsWrong() {
    assertThat(Dynadiff.execute()).isEqualTo(2);
    assertThat(Dynadiff.execute("no-such-command")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "weather | dynadiff: Unmatched argument at index 0: 'weather'; expected one of demo, replay",
        "simulate weather | dynadiff simulate: Unmatched argument at index 1: 'weather'; expected one of lambda-omega",
        "simulate | expected a system to simulate: lambda-omega, kolmogorov-flow",
        "simulate kolmogorov-flow --schedule 0:reynolds=-50 | greater than 0, found -50.0",
        "simulate lambda-omega --frames many | 'many' is not a long; see dynadiff simulate lambda-omega --help",
        "simulate lambda-omega --viscosity 1 | Unknown options: '--viscosity', '1'",
        "trajectories write weather --output x | expected lambda-omega, kolmogorov-flow",
        "trajectories write lambda-omega | Missing required option: '--output=DIR'",
        "trajectories erase x | expected one of write, import, record, list, inspect, verify",
        "replay | Missing required parameter: 'FILE'",
        "bundle verify nowhere | nowhere",
        "bench weather | Unmatched argument at index 1: 'weather'; expected one of",
        "bench --part weather | expected --part to be of [kernels, ",
        "bench --bundle nowhere | nowhere",
        "bench shift-detection --seeds 0 | expected --environments in 1..39 and --seeds of at least 1, found 13 and 0",
        "bench experts --rounds 0 | expected --rounds of at least 1, found 0",
        "bench shift-detection --bundles nowhere | nowhere",
        "weights | Missing command: list, pin, release, rollback, regenerate or export.",
        "weights pin | Missing required parameter: 'ENVIRONMENT'",
      })
  void shouldExplainWrongUsageInOneLine(String arguments, String message) {
    StringWriter err = new StringWriter();
    int code =
        Dynadiff.commandLine().setErr(new PrintWriter(err, true)).execute(arguments.split(" "));
    assertThat(err.toString().lines()).singleElement().asString().contains(message);
    assertThat(code).isEqualTo(2);
  }

  @Test
  void shouldExitWithZeroWhenAskedForHelp() {
    assertThat(Dynadiff.execute("--help")).isZero();
  }

  @Test
  void shouldNameTheVersionOfTheBuildWhenAskedForIt() throws IOException {
    assertThat(new ProjectVersion().getVersion())
        .singleElement()
        .asString()
        .matches("dynadiff \\d+\\.\\d+\\.\\d+\\S*");
    assertThat(Dynadiff.execute("--version")).isZero();
  }

  @Test
  void shouldReadDurationsWhenWrittenAsPeopleDo() {
    DurationText text = new DurationText();

    assertThat(text.convert("2m")).isEqualTo(Duration.ofMinutes(2));
    assertThat(text.convert("1h30m")).isEqualTo(Duration.ofMinutes(90));
    assertThat(text.convert("90s")).isEqualTo(Duration.ofSeconds(90));
    for (String wrong : new String[] {"2", "-3s", "0s", "soon"}) {
      assertThatThrownBy(() -> text.convert(wrong))
          .isInstanceOf(TypeConversionException.class)
          .hasMessage("expected a duration like 90s, 2m or 1h30m, found '%s'".formatted(wrong));
    }
  }
}
