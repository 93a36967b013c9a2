package io.dynadiff.producers;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.producers.replay.ReplayCommand;
import io.dynadiff.producers.simulate.SimulateCommand;
import io.dynadiff.producers.trajectories.TrajectoriesCommand;
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

  private static final Path LEGACY = Path.of("..", "data", "era5-2mt-2019-03-uk-legacy.nc");

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
        "--topic-prefix ä | --topic-prefix: expected up to 100 letters",
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
  void shouldNameADamagedClassicFile() throws IOException {
    byte[] bytes = Files.readAllBytes(LEGACY);
    Path cut = Files.write(temp.resolve("cut-3.nc"), java.util.Arrays.copyOf(bytes, 100_000));
    refused(replay(cut.toString()), "cut-3.nc", "truncated");
  }

  @Test
  void shouldNameADamagedZarrStore() throws IOException {
    Path whole = Path.of("..", "data", "era5-2mt-2019-03-uk.zarr");
    Path zarr = Files.createDirectory(temp.resolve("cut.zarr"));
    try (java.util.stream.Stream<Path> files = Files.walk(whole)) {
      for (Path file : files.skip(1).toList()) {
        Files.copy(file, zarr.resolve(whole.relativize(file).toString()));
      }
    }
    Path axis = zarr.resolve("latitude/0");
    Files.write(axis, java.util.Arrays.copyOf(Files.readAllBytes(axis), 20));
    refused(replay(zarr.toString()), "cut.zarr", "truncated");
  }

  @Test
  void shouldListTheFieldsWhenTheVariableIsNoGrid() {
    refused(
        replay(LEGACY.toString(), "--variable", "latitude"), "is not a field over time", "[t2m]");
  }

  @Test
  void shouldNameBothFilesWhenVariablesFromSeparateFilesDoNotFit() throws IOException {
    String winds = winds().toString();
    String berlin = Path.of("..", "data", "era5-berlin-2017-legacy.nc").toString();
    refused(
        replay(FILE, winds, "--variable", "t2m,u100"),
        "no variable u100 in any of " + FILE + " [t2m], " + winds + " [u10]");
    err.getBuffer().setLength(0);
    refused(
        replay(winds, berlin, "--variable", "u10,t2m", "--tiles", "r00c00"),
        berlin + ": variable u10: expected the grid of " + winds,
        "33 x 49 points");
    err.getBuffer().setLength(0);
    byte[] grib = Files.readAllBytes(Path.of("..", "data", "era5-2mt-2019-03-uk.grib"));
    byte[] day = java.util.Arrays.copyOf(grib, grib.length / 744 * 24);
    Path first = Files.write(temp.resolve("day.grib"), day);
    refused(
        replay(winds, first.toString(), "--variable", "u10,t2m"),
        "day.grib, variable t2m: expected the times of " + winds + ", variable u10",
        "744 every 3600000 ms from 2019-03-01T00:00:00Z, found 24 every");
  }

  /** The committed file of NetCDF-3 with its variable called by another name. */
  private Path winds() throws IOException {
    String text = Files.readString(LEGACY, java.nio.charset.StandardCharsets.ISO_8859_1);
    return Files.writeString(
        temp.resolve("winds.nc"),
        text.replace("t2m", "u10"),
        java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  @Test
  void shouldExplainWhatCannotBeReplayedFromAStore() throws IOException {
    Path store = temp.resolve("store");
    int written =
        commandLine(new TrajectoriesCommand())
            .execute(
                "write",
                "lotka-volterra",
                "--environments",
                "lotka-volterra/beta-0.50-delta-0.50",
                "--trajectories",
                "2",
                "--frames",
                "5",
                "--output",
                store.toString());
    assertThat(written).isZero();
    Path one = store.resolve("lotka-volterra/beta-0.50-delta-0.50/seed-1");
    err.getBuffer().setLength(0);
    refused(replay(store.toString()), "found two of lotka-volterra", "seed-1 and ", "seed-2");
    err.getBuffer().setLength(0);
    refused(replay(one.toString(), FILE), "found both");
    err.getBuffer().setLength(0);
    refused(replay(one.toString(), "--tiles", "seen"), "say themselves what they are");
    err.getBuffer().setLength(0);
    refused(replay(one.toString(), "--from", "2019-03-01"), "covers 1970-01-01T00:00:00Z to");
    err.getBuffer().setLength(0);
    Path chunk = one.resolve("chunk-000000.dtc");
    Files.write(chunk, java.util.Arrays.copyOf(Files.readAllBytes(chunk), 130));
    refused(replay(one.toString()), "chunk-000000.dtc", "expected");
    Files.writeString(one.resolve("trajectory.json"), "{}");
    err.getBuffer().setLength(0);
    refused(replay(one.toString()), "trajectory.json: expected format");
  }

  @Test
  void shouldRefuseFilesThatDoNotFollowOneAnother() {
    refused(
        replay(FILE, FILE),
        "uk-cds.nc to begin at 2019-04-01T00:00:00Z, where",
        "uk-cds.nc ends, found 2019-03-01T00:00:00Z");
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
        "cylinder-flow --reynolds -100 | reynolds: expected a finite number greater than 0, found -100.0",
        "cylinder-flow --reynolds NaN | found NaN",
        "cylinder-flow --schedule 0:radius=16:reynolds=0 | found 0.0",
        "cylinder-flow --form paper --radius 30 | at most a tenth of the height and a twelfth of the width, found 30.0000 on 512 x 256 cells",
        "cylinder-flow --form paper --radius 2 | radius: expected at least 3 cells of the lattice, found 2.0",
        "cylinder-flow --form paper --reynolds 2000 | expected at least 0.00133333 (relaxation time 0.504000) for a stable flow, found 0.000640000 (relaxation time 0.501920)",
        "cylinder-flow --form paper --lattice-scale 0.5 --schedule 0:reynolds=200,9:reynolds=500 | found 0.00128000",
        "cylinder-flow --schedule 0:radius=16,9:radius=20 | radius cannot change while a feed runs: expected 16.0 as at frame 0, found 20.0 at frame 9",
        "cylinder-flow --radius 16 --schedule 0:radius=20 | --radius: expected here or at frame 0 of the schedule, found both",
        "cylinder-flow --schedule 0:beta=1 | one of [radius, reynolds]",
        "cylinder-flow --lattice-scale 0.3 | lattice scale: expected a multiple of 0.125 up to 4.0, found 0.3",
        "cylinder-flow --form desktop | cylinder-flow form: expected one of [laptop, paper, standard], found 'desktop'",
        "cylinder-flow --lattice-scale 0 | found 0.0",
        "cylinder-flow --threads 0 | --threads: expected 1 to 256, found 0",
      })
  void shouldExplainBadOptionsOfEverySystem(String options, String message) {
    refused(commandLine(new SimulateCommand()).execute(options.split(" ")), message);
  }

  @Test
  void shouldAskForASystemWhenNoneIsNamed() {
    int code = commandLine(new SimulateCommand()).execute();
    refused(code, "lambda-omega, kolmogorov-flow, navier-stokes, lotka-volterra, cylinder-flow");
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
    assertThat(commandLine(new SimulateCommand()).execute("cylinder-flow", "--help")).isZero();
    assertThat(out.toString()).contains("--lattice-scale", "--radius 16 --reynolds 200");
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
