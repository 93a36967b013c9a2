package io.dynadiff.producers;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.embedded.EmbeddedOptions;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.recorded.RecordedFields;
import io.dynadiff.physics.store.TrajectoryStore;
import io.dynadiff.producers.trajectories.TrajectoriesCommand;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Recorded files against a real broker and registry; counted by another reader. */
@Tag("slow")
@Timeout(180)
class ReplayOnBrokerTest {
  private static EmbeddedKafka kafka;
  private static FeedCommands commands;

  @TempDir Path temp;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(EmbeddedOptions.temporary(3));
    commands = new FeedCommands(kafka);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void shouldReplaySixTilesWithTheFilesTimesAndValues() {
    assertThat(commands.replay("--from", "2019-03-30", "--speed", "max", "--run-id", "tiles"))
        .isZero();
    Map<String, List<FieldFrame>> frames = FramesTopic.read(kafka.connection(), "tiles");
    assertThat(frames)
        .containsOnlyKeys(
            "era5-uk/r00c00",
            "era5-uk/r00c16",
            "era5-uk/r00c33",
            "era5-uk/r17c00",
            "era5-uk/r17c16",
            "era5-uk/r17c33");
    frames.forEach((id, list) -> FramesTopic.assertComplete(list, 48));
    FieldFrame last = frames.get("era5-uk/r17c33").get(47);
    assertThat(last.getEventTime()).isEqualTo("2019-03-31T23:00:00Z");
    float[] values = TensorCodec.decode(last.getField());
    try (RecordedFields fields = RecordedFields.open(Path.of(FeedCommands.FILE))) {
      assertThat(values).containsExactly(fields.variable("t2m").slice(743, 17, 33, 16, 16));
    }
    assertThat((double) values[255]).isBetween(281.454, 281.456);
  }

  @Test
  void shouldPutVariablesFromSeparateFilesIntoOneFrame() throws IOException {
    Path legacy = Path.of("..", "data", "era5-2mt-2019-03-uk-legacy.nc");
    String text = Files.readString(legacy, StandardCharsets.ISO_8859_1);
    Path winds =
        Files.writeString(
            temp.resolve("winds.nc"), text.replace("t2m", "u10"), StandardCharsets.ISO_8859_1);
    StringWriter out = new StringWriter();
    int code =
        commands.run(
            out,
            legacy.toString(),
            winds.toString(),
            "--variable",
            "u10,t2m",
            "--tiles",
            "r08c20",
            "--to",
            "2019-03-01T06:00:00Z",
            "--speed",
            "max",
            "--run-id",
            "separate");
    assertThat(code).as(out.toString()).isZero();
    List<FieldFrame> frames =
        FramesTopic.read(kafka.connection(), "separate").get("era5-uk/r08c20");
    FramesTopic.assertComplete(frames, 6);
    assertThat(frames.get(5).getChannels())
        .extracting(channel -> channel.getName())
        .containsExactly("u10", "t2m");
    float[] values = TensorCodec.decode(frames.get(5).getField());
    assertThat(values).hasSize(2 * 256);
    assertThat(Arrays.copyOf(values, 256)).containsExactly(Arrays.copyOfRange(values, 256, 512));
  }

  @Test
  void shouldReplayAStoredTrajectoryAsItWasComputed() throws Exception {
    Path store = temp.resolve("store");
    int written =
        new CommandLine(new TrajectoriesCommand())
            .execute(
                "write",
                "lambda-omega",
                "--environments",
                "lambda-omega/beta-1.10",
                "--frames",
                "30",
                "--output",
                store.toString());
    assertThat(written).isZero();
    StringWriter out = new StringWriter();
    String name = "lambda-omega/beta-1.10/seed-1";
    int code = commands.run(out, store.toString(), "--speed", "max", "--run-id", "stored");
    assertThat(code).as(out.toString()).isZero();
    List<FieldFrame> frames =
        FramesTopic.read(kafka.connection(), "stored").get("lambda-omega/beta-1.10");
    FramesTopic.assertComplete(frames, 30);
    assertThat(frames.get(0).getConditions().get(0).getValue()).isEqualTo(1.1);
    try (FieldSeries series = TrajectoryStore.open(store).series(name)) {
      assertThat(TensorCodec.decode(frames.get(29).getField()))
          .containsExactly(series.snapshots(29).next().values());
    }
  }

  @Test
  void shouldSayWhereAValueIsMissing() throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of("..", "data", "era5-2mt-2019-03-uk-legacy.nc"));
    // The last value of the file is the south-east corner of the last hour.
    bytes[bytes.length - 2] = (byte) 0x80;
    bytes[bytes.length - 1] = 0x01;
    Path holes = Files.write(temp.resolve("holes.nc"), bytes);
    StringWriter out = new StringWriter();
    int code =
        commands.run(out, holes.toString(), "--from", "2019-03-31T20:00:00Z", "--speed", "max");
    assertThat(out.toString().lines().filter(line -> line.contains("expected a value")))
        .singleElement()
        .asString()
        .contains("holes.nc: variable t2m at 2019-03-31T23:00:00Z, row 32", "the fill value");
    assertThat(code).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-legacy.nc", ".grib", ".zarr"})
  void shouldReplayTheOtherFormatsAlike(String format) {
    StringWriter out = new StringWriter();
    String runId = "format" + format;
    int code =
        commands.run(
            out,
            Path.of("..", "data", "era5-2mt-2019-03-uk" + format).toString(),
            "--tiles",
            "r08c20",
            "--to",
            "2019-03-01T06:00:00Z",
            "--speed",
            "max",
            "--run-id",
            runId);
    assertThat(code).as(out.toString()).isZero();
    List<FieldFrame> frames = FramesTopic.read(kafka.connection(), runId).get("era5-uk/r08c20");
    FramesTopic.assertComplete(frames, 6);
    assertThat(frames.get(0).getChannels().get(0).getName()).isEqualTo("t2m");
    assertThat(frames.get(0).getChannels().get(0).getUnit()).isEqualTo("K");
    assertThat(frames.get(0).getGrid().getOriginY()).isEqualTo(56);
  }
}
