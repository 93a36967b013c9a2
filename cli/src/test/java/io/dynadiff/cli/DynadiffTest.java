package io.dynadiff.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.cli.command.DurationText;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class DynadiffTest {

  @Test
  void shouldExitWithTwoWhenTheUsageIsWrong() {
    assertThat(Dynadiff.execute()).isEqualTo(2);
    assertThat(Dynadiff.execute("no-such-command")).isEqualTo(2);
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
