package io.dynadiff.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ExperimentCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "weather lambda-omega | expected one of window-length",
        "zoo-size lambda-omega --variants zoo-3 | found \"zoo-3\"",
        "zoo-size lambda-omega --set zoo.size=3 | setting zoo.size: expected one of",
        "seen-environments era5-uk | as its frames are recorded",
        "extrapolation era5-uk --variants beyond | as its frames are recorded",
        "ablations era5-uk --variants condition-search | expected regression.sizes of a regressor"
      })
  void shouldExitWithTwoBeforeAnythingIsTrainedWhenUsedWrongly(String arguments, String reason) {
    StringWriter errors = new StringWriter();
    int status =
        new CommandLine(new ExperimentCommand())
            .setErr(new PrintWriter(errors))
            .execute(arguments.split(" "));
    assertThat(status).isEqualTo(2);
    assertThat(errors.toString()).contains(reason);
  }
}
