package io.dynadiff.producers.trajectories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Timeout(60)
class TrajectoriesCommandTest {
  private static final String IDS =
      "lotka-volterra/beta-0.50-delta-0.50,lotka-volterra/beta-0.50-delta-0.55";

  @TempDir Path temp;

  private final StringWriter err = new StringWriter();
  private final StringWriter out = new StringWriter();

  @Test
  void shouldWriteTheSameFilesWhateverTheNumberOfThreads() throws IOException {
    Path one = temp.resolve("one");
    Path three = temp.resolve("three");
    assertThat(write(one, "--threads", "1")).as(err.toString()).isZero();
    assertThat(write(three, "--threads", "3")).isZero();
    assertThat(contents(three)).isEqualTo(contents(one)).hasSize(12);
    assertThat(out.toString()).contains("6 trajectories of 40 frames; 6 chunks written, 0 found");

    assertThat(write(one)).isZero();
    assertThat(out.toString()).contains("0 chunks written, 6 found");
    assertThat(write(temp.resolve("other"), "--seed", "2")).isZero();
    assertThat(temp.resolve("other/" + IDS.split(",")[0] + "/seed-2/chunk-000000.dtc"))
        .hasSameBinaryContentAs(one.resolve(IDS.split(",")[0] + "/seed-2/chunk-000000.dtc"));
  }

  @Test
  void shouldWriteTheEnvironmentsOfASplit() {
    int code =
        execute(
            "write",
            "lotka-volterra",
            "--environments",
            "seen",
            "--frames",
            "1",
            "--output",
            temp.resolve("seen").toString());
    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString()).contains("24 trajectories of 1 frames");
  }

  @Test
  void shouldRefuseToGoOnWithAnotherSpinUp() {
    Path store = temp.resolve("store");
    assertThat(write(store)).isZero();
    err.getBuffer().setLength(0);
    assertThat(write(store, "--spin-up", "2.5")).isEqualTo(2);
    assertThat(err.toString()).contains("spin-up=2.5", "spin-up=0.0", "another name");
    assertThat(write(temp.resolve("later"), "--spin-up", "2.5")).isZero();
  }

  @Test
  void shouldDivideATrajectoryIntoChunksOfTheLengthAskedFor() {
    Path store = temp.resolve("store");
    assertThat(write(store, "--frames-per-chunk", "15")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("18 chunks written");
    assertThat(store.resolve(IDS.split(",")[0]).resolve("seed-1/chunk-000002.dtc"))
        .hasSize(128 + 10 * 2 * 4);
    assertThat(execute("verify", store.toString())).isZero();

    err.getBuffer().setLength(0);
    assertThat(write(store, "--frames-per-chunk", "20")).isEqualTo(2);
    assertThat(err.toString()).contains("15", "20");
  }

  @Test
  void shouldShowWhatAStoreHolds() throws IOException {
    Path store = temp.resolve("store");
    write(store);
    assertThat(execute("list", store.toString())).isZero();
    assertThat(out.toString()).containsPattern("delta-0.55/seed-3 +40 +2 x 1 x 1 +1\n");
    String name = "lotka-volterra/beta-0.50-delta-0.55/seed-2";
    assertThat(execute("inspect", store.resolve(name).toString())).isZero();
    assertThat(out.toString())
        .contains("seed         2\n", "frames 0 to 39  CRC-32C ", "delta 0.55 (1)");

    JsonNode listed = json("list", store);
    assertThat(listed).hasSize(6);
    assertThat(listed.get(0).get("missingChunks").asInt()).isZero();
    JsonNode one = json("inspect", store.resolve(name)).get(0);
    assertThat(one.get("seed").asLong()).isEqualTo(2);
    assertThat(one.get("sha256").asText()).hasSize(64);
    assertThat(one.get("chunks").get(0).get("crc32c").asText()).hasSize(8);
    assertThat(one.get("conditions").get(0).get("conditions").get(1).get("value").asDouble())
        .isEqualTo(0.55);
    assertThat(one.get("settings").get("spin-up").asText()).isEqualTo("0.0");
    assertThat(json("verify", store).get(5).get("whole").asBoolean()).isTrue();
  }

  @Test
  void shouldFindTheDamagedTrajectoryAndTheUnfinishedOne() throws IOException {
    Path store = temp.resolve("store");
    write(store);
    Path chunk = store.resolve(IDS.split(",")[0]).resolve("seed-1/chunk-000000.dtc");
    byte[] bytes = Files.readAllBytes(chunk);
    bytes[200] ^= 1;
    Files.write(chunk, bytes);
    err.getBuffer().setLength(0);
    assertThat(execute("list", store.toString())).isZero();
    assertThat(execute("verify", store.toString())).isEqualTo(2);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("seed-1", "expected checksum", "delete the file and run the writer again");
    assertThat(out.toString()).contains("5 of 6 trajectories as written");

    Files.delete(chunk);
    assertThat(execute("verify", store.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("expected 1 chunks, found 0");
    assertThat(execute("list", store.toString())).isZero();
    assertThat(out.toString()).contains("1, 1 missing");
    assertThat(write(store)).isZero();
    assertThat(execute("verify", store.toString())).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "write weather --output OUT | expected lambda-omega, kolmogorov-flow",
        "write lotka-volterra --output OUT --environments some | found 'some'",
        "write lotka-volterra --output OUT --environments lotka-volterra/beta-9 | ids from",
        "write lotka-volterra --output OUT --environments IDS,IDS | found lotka-volterra/beta-0.50-delta-0.50/seed-1 twice",
        "write lotka-volterra --output OUT --trajectories 0 | --trajectories: expected 1 to",
        "write lotka-volterra --output OUT --frames -3 | found -3",
        "write lotka-volterra --output OUT --threads 0 | --threads: expected 1 to 1024, found 0",
        "write lotka-volterra --output OUT --frames-per-chunk 0 | --frames-per-chunk: expected 1 to",
        "write lotka-volterra --output OUT --spin-up -1 | --spin-up: expected a finite time",
        "write lotka-volterra --output OUT --spin-up NaN | found NaN",
        "write lotka-volterra --output FILE | found the file",
        "list OUT/nowhere | nowhere: expected a directory of trajectories, found none",
        "inspect OUT | found a directory without any trajectory.json",
        "verify FILE | expected a directory",
        "list BROKEN | expected the description of a trajectory",
      })
  void shouldExplainWrongInputInOneLine(String arguments, String message) throws IOException {
    Path empty = Files.createDirectory(temp.resolve("empty"));
    Path file = Files.writeString(temp.resolve("file"), "text");
    Path broken = Files.createDirectory(temp.resolve("broken"));
    Files.writeString(broken.resolve("trajectory.json"), "{\"format\": \"dynadiff-tr");
    int code =
        execute(
            arguments
                .replace("OUT", empty.toString())
                .replace("FILE", file.toString())
                .replace("BROKEN", broken.toString())
                .replace("IDS", IDS.split(",")[0])
                .split(" "));
    assertThat(err.toString().lines().filter(line -> !line.contains(" threads")))
        .singleElement()
        .asString()
        .contains(message);
    assertThat(code).isEqualTo(2);
  }

  @Test
  void shouldSayWhichCommandsThereAre() {
    assertThat(execute()).isEqualTo(2);
    assertThat(err.toString()).contains("write, import, record, list, inspect, verify");
    assertThat(execute("write", "--help")).isZero();
    assertThat(out.toString()).contains("Example", "--environments seen --trajectories 4");
  }

  private int write(Path store, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of("write", "lotka-volterra", "--environments", IDS, "--trajectories", "3"));
    all.addAll(List.of("--frames", "40", "--output", store.toString()));
    all.addAll(List.of(options));
    return execute(all.toArray(String[]::new));
  }

  private JsonNode json(String command, Path store) throws IOException {
    out.getBuffer().setLength(0);
    assertThat(execute(command, store.toString(), "--json")).isZero();
    return new ObjectMapper().readTree(out.toString());
  }

  private int execute(String... arguments) {
    return new CommandLine(new TrajectoriesCommand())
        .setErr(new PrintWriter(err, true))
        .setOut(new PrintWriter(out, true))
        .execute(arguments);
  }

  /** CRC and size of every file of a store, by its name. */
  private static Map<String, String> contents(Path store) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(store)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith(".lock")) {
          contents.put(
              store.relativize(file).toString(),
              java.util.HexFormat.of().formatHex(Files.readAllBytes(file)));
        }
      }
    }
    return contents;
  }
}
