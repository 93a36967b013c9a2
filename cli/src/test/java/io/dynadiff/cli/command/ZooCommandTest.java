package io.dynadiff.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.cli.Dynadiff;
import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.embedded.EmbeddedOptions;
import io.dynadiff.trainer.data.SystemDataSource;
import io.dynadiff.trainer.expert.ZooTraining;
import io.dynadiff.trainer.pipeline.TrainedSystem;
import io.dynadiff.trainer.preset.Preset;
import io.dynadiff.trainer.stage.StageStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZooCommandTest {

  private static final String SYSTEM = "lambda-omega";
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Pattern BEGINS = Pattern.compile("zoo: stack (\\d+) begins");

  /** Stacks of one expert, long enough to be killed in the middle of one. */
  private static final List<String> SETTINGS =
      List.of(
          "zoo.stack=1",
          "zoo.training.steps=120",
          "zoo.stopping.checkSteps=20",
          "zoo.stopping.patience=20");

  @TempDir Path directory;

  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void endProcesses() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "share", "work", "share burgers", "work lambda-omega --set zoo.size=3"})
  void shouldExitWithTwoWhenUsedWrongly(String arguments) {
    List<String> all = new ArrayList<>(List.of("zoo"));
    all.addAll(Arrays.stream(arguments.split(" ")).filter(a -> !a.isEmpty()).toList());
    assertThat(Dynadiff.execute(all.toArray(String[]::new))).isEqualTo(2);
  }

  @Test
  @Tag("slow")
  void shouldTrainWhatOneProcessTrainsWhenAWorkerIsKilledInTheMiddleOfATask() throws Exception {
    Preset preset = Preset.of(SYSTEM, "smoke");
    for (String setting : SETTINGS) {
      String[] parts = setting.split("=");
      preset = preset.with(parts[0], parts[1]);
    }
    // The data are simulated once; every process then finds them in its directory.
    TrainedSystem alone = open(preset, directory.resolve("alone"));
    alone.base();
    for (String place : List.of("shared", "one", "two")) {
      copy(directory.resolve("alone"), directory.resolve(place));
    }
    ZooTraining zoo = new ZooTraining(alone.spec(), alone.data(), preset.zoo(), 1, quiet());
    for (int chunk = 0; chunk < zoo.chunks(); chunk++) {
      zoo.trainChunk(zoo.store(alone.work(), alone.baseKey(), chunk), chunk, alone.base());
    }

    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedOptions.temporary(2))) {
      Path properties = directory.resolve("client.properties");
      // Else the group would wait 45 seconds for the killed worker.
      Files.writeString(properties, "session.timeout.ms=6000\n");
      CompletableFuture<Integer> share =
          CompletableFuture.supplyAsync(
              () ->
                  Dynadiff.execute(
                      arguments(kafka, "share", "shared", properties).toArray(String[]::new)));
      Process one = start(kafka, "one", properties);
      start(kafka, "two", properties);
      Awaitility.await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> begun("one").size() > ended("one") || !one.isAlive());
      one.destroyForcibly().waitFor();
      int unfinished = begun("one").get(begun("one").size() - 1);
      assertThat(begun("one")).as("killed in the middle").hasSize(ended("one") + 1);

      assertThat(share.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isZero();
      assertThat(begun("two")).as("the killed worker's task").contains(unfinished);
    }

    TrainedSystem shared = open(preset, directory.resolve("shared"));
    for (int chunk = 0; chunk < zoo.chunks(); chunk++) {
      StageStore found = zoo.store(shared.work(), shared.baseKey(), chunk);
      StageStore expected = zoo.store(alone.work(), alone.baseKey(), chunk);
      assertThat(found.directory().resolve("result.safetensors"))
          .hasSameBinaryContentAs(expected.directory().resolve("result.safetensors"));
    }
  }

  private static TrainedSystem open(Preset preset, Path work) {
    SystemDataSource source = new SystemDataSource(Path.of("none"));
    return new TrainedSystem(
        source.load(SYSTEM, preset.data(), work, quiet()),
        source.key(SYSTEM, preset.data()),
        preset,
        1,
        work,
        quiet());
  }

  private static PrintStream quiet() {
    return new PrintStream(OutputStream.nullOutputStream());
  }

  private List<String> arguments(EmbeddedKafka kafka, String part, String place, Path properties) {
    List<String> all = new ArrayList<>(List.of("zoo", part, SYSTEM, "--preset", "smoke"));
    SETTINGS.forEach(setting -> all.addAll(List.of("--set", setting)));
    all.addAll(
        List.of(
            "--work",
            directory.resolve(place).toString(),
            "--bootstrap-servers",
            kafka.bootstrapServers(),
            "--schema-registry",
            kafka.schemaRegistryUrl(),
            "--partitions",
            Integer.toString(kafka.topics().partitions()),
            "--client-properties",
            properties.toString()));
    return all;
  }

  private Process start(EmbeddedKafka kafka, String place, Path properties) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--add-modules",
                "jdk.incubator.vector",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                Dynadiff.class.getName()));
    command.addAll(arguments(kafka, "work", place, properties));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output(place).toFile())
            .start();
    processes.add(process);
    return process;
  }

  private Path output(String place) {
    return directory.resolve(place + ".log");
  }

  private List<Integer> begun(String place) throws IOException {
    List<Integer> stacks = new ArrayList<>();
    Matcher matcher = BEGINS.matcher(Files.readString(output(place)));
    while (matcher.find()) {
      stacks.add(Integer.parseInt(matcher.group(1)));
    }
    return stacks;
  }

  private int ended(String place) throws IOException {
    return (int) Files.readString(output(place)).lines().filter(l -> l.contains(" ends")).count();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }
}
