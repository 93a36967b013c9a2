package io.dynadiff.producers.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.physics.field.Snapshot;
import io.dynadiff.physics.recorded.RecordedFields;
import io.dynadiff.physics.store.StoredSeries;
import io.dynadiff.physics.store.TrajectoryStore;
import io.dynadiff.producers.sensor.SensorCommand;
import io.dynadiff.producers.trajectories.TrajectoriesCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** From a recording to stations, and from stations and recordings to stores, by the commands. */
class ObserveCommandTest {
  private static final String RECORDING = "../data/era5-2mt-2019-03-uk-cds.nc";

  @TempDir Path temp;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object command, String... arguments) {
    return new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private Path observed(String... more) throws IOException {
    String[] arguments = {RECORDING, "--to", "2019-03-01T06:00:00Z", "--stations", "200"};
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    assertThat(run(new ObserveCommand(), all)).as(err.toString()).isZero();
    return Files.writeString(temp.resolve("stations.csv"), out.toString());
  }

  @Test
  void shouldMeasureTheSameAgainWithTheSameSeed() throws IOException {
    List<String> first = Files.readAllLines(observed("--noise", "0.5"));
    out.getBuffer().setLength(0);
    assertThat(Files.readAllLines(observed("--noise", "0.5"))).isEqualTo(first);
    out.getBuffer().setLength(0);
    assertThat(Files.readAllLines(observed("--noise", "0.5", "--seed", "2"))).isNotEqualTo(first);
    assertThat(first).hasSize(1 + 6 * 200);
    assertThat(first.get(0)).isEqualTo("station,time,latitude,longitude,value");
    assertThat(first.get(1)).startsWith("S001,2019-03-01T00:00:00Z,");
  }

  @Test
  void shouldLeadBackToTheFieldWhenStationsAreGriddedIntoAStore() throws IOException {
    Path stations = observed();
    Path store = temp.resolve("store");
    int code =
        run(
            new SensorCommand(),
            stations.toString(),
            "--system=own",
            "--environment=own/south",
            "--north=54",
            "--west=-6",
            "--radius=100",
            "--to-store=" + store);
    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("own/south: 6 frames gridded, 0 withheld")
        .contains(": 1 environment, 1 stretches without a gap, 6 frames");
    try (StoredSeries series =
            TrajectoryStore.open(store).series("own/south/from-20190301T000000Z");
        RecordedFields recording = RecordedFields.open(Path.of(RECORDING))) {
      assertThat(series.system()).isEqualTo("own");
      Iterator<Snapshot> frames = series.snapshots(0);
      for (int t = 0; t < 6; t++) {
        // Rows of 54 N and columns of 6 W on.
        float[] field = recording.variable("t2m").slice(t, 16, 16, 16, 16);
        float[] gridded = frames.next().values();
        double square = 0;
        for (int i = 0; i < field.length; i++) {
          square += Math.pow(field[i] - gridded[i], 2) / field.length;
        }
        // Fields vary by 2 to 3 K; what is lost between stations some 60 km apart is below that.
        assertThat(Math.sqrt(square)).isCloseTo(0.8, within(0.5));
      }
    }
  }

  @Test
  void shouldStoreTheFramesThatReplayWouldPublish() throws IOException {
    Path store = temp.resolve("store");
    int code =
        run(
            new TrajectoriesCommand(),
            "import",
            RECORDING,
            "--system=own",
            "--tiles=all",
            "--to=2019-03-01T06:00:00Z",
            "--output=" + store);
    assertThat(code).as(err.toString()).isZero();
    TrajectoryStore opened = TrajectoryStore.open(store);
    assertThat(opened.names())
        .hasSize(6)
        .contains("own/r00c00/from-20190301T000000Z", "own/r16c32/from-20190301T000000Z");
    try (StoredSeries series = opened.series("own/r16c32/from-20190301T000000Z");
        RecordedFields recording = RecordedFields.open(Path.of(RECORDING))) {
      series.read(0, new float[256]);
      assertThat(series.snapshots(5).next().values())
          .containsExactly(recording.variable("t2m").slice(5, 16, 32, 16, 16));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none.nc | none.nc: no such file",
        RECORDING + " --variable u10 | u10",
        RECORDING + " --stations 0 | stations: expected at least 1",
        RECORDING + " --noise -1 | found 100 and -1.0",
        RECORDING
            + " --from 2020-01-01 | which covers 2019-03-01T00:00:00Z to 2019-03-31T23:00:00Z",
        RECORDING + " --from march | expected a time like 2019-03-21",
      })
  void shouldExplainWhatItCannotObserve(String arguments, String message) {
    assertThat(run(new ObserveCommand(), arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(message);
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void shouldRefuseToStoreNothing() throws IOException {
    Path stations = observed();
    int code =
        run(
            new SensorCommand(),
            stations.toString(),
            "--environment=own/far",
            "--north=10",
            "--west=100",
            "--to-store=" + temp.resolve("store"));
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("expected at least two frames in a row to store, found 0");
  }
}
