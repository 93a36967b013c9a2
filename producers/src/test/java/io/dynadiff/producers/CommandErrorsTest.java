package io.dynadiff.producers;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.producers.replay.ReplayCommand;
import io.dynadiff.producers.simulate.SimulateCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What a user sees who gets something wrong: exit code 2, or 1, and one line that helps. */
@Timeout(30)
class CommandErrorsTest {
  private static final String FILE = Path.of("..", "data", "era5-2mt-2019-03-uk-cds.nc").toString();

  @TempDir Path temp;

  private final StringWriter err = new StringWriter();
  private final StringWriter out = new StringWriter();

  @Test
  void shouldNameAMissingFile() {
    refused(replay("nowhere.nc"), "nowhere.nc: no such file");
  }

  @Test
  void shouldListTheFieldsWhenTheVariableIsUnknown() {
    refused(replay(FILE, "--variable", "u100"), "no variable u100", "[t2m]");
  }

  @Test
  void shouldNameADamagedFile() throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of(FILE));
    Path cut = Files.write(temp.resolve("cut.nc"), java.util.Arrays.copyOf(bytes, 100_000));
    refused(replay(cut.toString()), "cut.nc", "truncated");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--speed fast | found 'fast'",
        "--speed -1x | found '-1x'",
        "--tiles middle | found 'middle'",
        "--tiles r20c00 | row 20",
        "--tiles r00c00,r00c00 | r00c00 twice",
        "--tile-size 0 --tiles r00c00 | 0 x 0 points",
        "--system era5-global | expected a grid of 360 degrees of longitude, found 49 columns",
        "--system era5-global --tiles r00c00 | found 'r00c00'",
        "--variable 228246 | no variable 228246",
        "--variable t2m,u100 | no variable u100",
        "--variable t2m,t2m | expected every variable once",
        "--variable t2m, | no variable ;",
        "--from yesterday | found 'yesterday'",
        "--from 2019-02-30 | found '2019-02-30'",
        "--from 2019-03-05 --to 2019-03-04 | --from before --to",
        "--from 2020-01-01 | the file covers 2019-03-01T00:00:00Z",
        "--run-id a/b | found 'a/b'",
        "--topic-prefix ä | Topic prefix",
      })
  void shouldExplainBadReplayOptions(String options, String message) {
    refused(replay((FILE + " " + options).split(" ")), message);
  }

  @Test
  void shouldNameADirectoryThatHoldsNoStore() {
    refused(replay(temp.toString()), "a directory without .zgroup or .zmetadata");
  }

  @Test
  void shouldNameADamagedGribFile() throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of("..", "data", "era5-2mt-2019-03-uk.grib"));
    Path cut = Files.write(temp.resolve("cut.grib"), java.util.Arrays.copyOf(bytes, 100_000));
    refused(replay(cut.toString()), "cut.grib", "truncated");
  }

  @Test
  void shouldRefuseFilesThatDoNotFollowOneAnother() {
    refused(
        replay(FILE, FILE),
        "expected part 2 to begin at 2019-04-01T00:00:00Z, found 2019-03-01T00:00:00Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--schedule 5:beta=1.1 | frame 5",
        "--schedule 0:alpha=1.1 | found '0:alpha=1.1'",
        "--schedule 0:beta=fast | found '0:beta=fast'",
        "--schedule 0:beta=1.1, | found ''",
        "--schedule 0:beta=1.1,150:beta=1.4,150:beta=1.2 | found 150 after 150",
        "--schedule 0:beta=50 | time step",
        "--frames -5 | --frames: expected at least 1, found -5",
        "--frames 0 | found 0",
        "--start now | found 'now'",
        "--speed 0x | found '0x'",
      })
  void shouldExplainBadSimulateOptions(String options, String message) {
    refused(simulate(options.split(" ")), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kolmogorov-flow --schedule 0:reynolds=-50 | reynolds: expected a finite number greater than 0, found -50.0",
        "kolmogorov-flow --schedule 0:reynolds=0 | found 0.0",
        "kolmogorov-flow --schedule 0:beta=1.1 | one of [reynolds]",
        "kolmogorov-flow --schedule 0:reynolds=50,9:reynolds=-1 | found -1.0",
        "kolmogorov-flow --frames 0 | found 0",
        "navier-stokes --schedule 0:amplitude=0.1:amplitude=0.2 | found '0:amplitude=0.1:amplitude=0.2'",
        "navier-stokes --schedule 0:amplitude=0.1;shift=0.2 | found '0:amplitude=0.1;shift=0.2'",
        "navier-stokes --schedule 3:shift=0.2 | found frame 3",
        "navier-stokes --viscosity -1 | viscosity: expected a finite number greater than 0, found -1.0",
        "navier-stokes --viscosity NaN | found NaN",
        "navier-stokes --environment= | --environment: expected an id",
        "lotka-volterra --schedule 0:beta=0:delta=1 | beta: expected a finite number greater than 0",
        "lotka-volterra --schedule 0:gamma=1 | one of [beta, delta]",
        "lotka-volterra --start soon | found 'soon'",
      })
  void shouldExplainBadOptionsOfEverySystem(String options, String message) {
    refused(commandLine(new SimulateCommand()).execute(options.split(" ")), message);
  }

  @Test
  void shouldRefuseASystemThatNobodyKnows() {
    int code = commandLine(new SimulateCommand()).execute("weather");
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("weather");
  }

  @Test
  void shouldAskForASystemWhenNoneIsNamed() {
    int code = commandLine(new SimulateCommand()).execute();
    refused(code, "lambda-omega, kolmogorov-flow, navier-stokes, lotka-volterra");
  }

  @Test
  void shouldNameAClientPropertiesFileThatIsMissing() {
    refused(replay(FILE, "--client-properties", "none.properties"), "none.properties");
  }

  @Test
  void shouldExitWithOneWhenNoBrokerAnswers() throws IOException {
    Path properties =
        Files.writeString(
            temp.resolve("client.properties"),
            "default.api.timeout.ms=1500\nrequest.timeout.ms=1000\n");
    int code =
        replay(
            FILE,
            "--bootstrap-servers",
            "localhost:1",
            "--client-properties",
            properties.toString());
    assertThat(code).isEqualTo(1);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("localhost:1");
  }

  @Test
  void shouldShowAnExampleInHelp() {
    assertThat(commandLine(new ReplayCommand()).execute("--help")).isZero();
    assertThat(out.toString()).contains("Example:", "--speed 3600x");
    assertThat(commandLine(new SimulateCommand()).execute("lambda-omega", "--help")).isZero();
    assertThat(out.toString()).contains("--schedule 0:beta=1.1,150:beta=1.4");
    assertThat(commandLine(new SimulateCommand()).execute("navier-stokes", "--help")).isZero();
    assertThat(out.toString()).contains("--viscosity", "0:amplitude=0.2:shift=0,150:shift=0.3");
  }

  private int replay(String... args) {
    return commandLine(new ReplayCommand()).execute(args);
  }

  private int simulate(String... args) {
    List<String> all = new ArrayList<>(List.of("lambda-omega"));
    all.addAll(List.of(args));
    return commandLine(new SimulateCommand()).execute(all.toArray(String[]::new));
  }

  private CommandLine commandLine(Object command) {
    return new CommandLine(command)
        .setErr(new PrintWriter(err, true))
        .setOut(new PrintWriter(out, true));
  }

  private void refused(int code, String... messages) {
    assertThat(err.toString()).contains(messages);
    assertThat(err.toString().lines()).as("one line: %s", err).hasSize(1);
    assertThat(code).isEqualTo(2);
  }
}
