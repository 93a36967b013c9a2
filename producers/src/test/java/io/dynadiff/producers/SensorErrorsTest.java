package io.dynadiff.producers;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.producers.sensor.SensorCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What a user of the sensor command sees who gets something wrong. */
@Timeout(30)
class SensorErrorsTest {
  private final StringWriter err = new StringWriter();
  private final StringWriter out = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none.csv | none.csv: no such file",
        "none.csv --follow | none.csv: no such file",
        "- --follow | --follow: expected a file, found standard input",
        "tcp://7070 | found 'tcp://7070'",
        "tcp://localhost:70700 | found 'tcp://localhost:70700'",
        "tcp://no.such.host.invalid:7070 | cannot listen on",
        "--size 16 | size: expected rows x columns like 16x16, found '16'",
        "--size 0x16 | expected at least 1 row and 1 column, found 0 x 16",
        "--spacing 0 | spacing: expected degrees greater than 0, found 0.0",
        "--spacing -0.25 | found -0.25",
        "--spacing NaN | found NaN",
        "--north 91 | found north 91.0",
        "--north -89 | found north -89.0",
        "--west 400 | west 400.0",
        "--interval hourly | interval: expected a time like 500ms, 30s, 10m or 1h, found 'hourly'",
        "--interval 0s | interval: expected at least 1 ms, found 0",
        "--lateness -1h | lateness: expected a time",
        "--gridding spline | gridding: expected nearest or inverse-distance, found 'spline'",
        "--radius 0 | radius: expected kilometres greater than 0, found 0.0",
        "--radius -5 | found -5.0",
        "--min-coverage 1.5 | coverage: expected 0 to 1, found 1.5",
        "--min-coverage NaN | found NaN",
        "--silent-after 0 | silent after: expected at least 1 interval, found 0",
        "--stations a,,b | stations: expected names, found a blank one",
        "--run-id a/b | found 'a/b'",
        "--topic-prefix ä | --topic-prefix: expected up to 100 letters",
        "--client-properties none.properties | none.properties",
      })
  void shouldExplainBadOptionsInOneLine(String options, String message) {
    List<String> all = new ArrayList<>();
    if (!options.contains("--north")) {
      all.addAll(List.of("--north", "55"));
    }
    if (!options.contains("--west")) {
      all.addAll(List.of("--west", "-6"));
    }
    all.addAll(List.of("--environment", "era5-uk/stations"));
    all.addAll(List.of(options.split(" ")));
    int code = commandLine().execute(all.toArray(String[]::new));
    assertThat(err.toString()).contains(message);
    assertThat(err.toString().lines()).as("one line: %s", err).hasSize(1);
    assertThat(code).isEqualTo(2);
  }

  @Test
  void shouldShowAnExampleInHelp() {
    assertThat(commandLine().execute("--help")).isZero();
    assertThat(out.toString()).contains("Example", "dynadiff sensor stations.csv --follow");
  }

  private CommandLine commandLine() {
    return new CommandLine(new SensorCommand())
        .setErr(new PrintWriter(err, true))
        .setOut(new PrintWriter(out, true));
  }
}
