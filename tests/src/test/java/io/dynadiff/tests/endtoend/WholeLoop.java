package io.dynadiff.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.models.bundle.UntrainedBundle;
import io.dynadiff.physics.environments.Era5Environments;
import io.dynadiff.physics.environments.LambdaOmegaEnvironments;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.lambdaomega.BetaSchedule;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSeries;
import io.dynadiff.physics.recorded.RecordedFields;
import io.dynadiff.physics.recorded.TileSeries;
import io.dynadiff.producers.feed.FieldFeed;
import io.dynadiff.producers.pace.Pace;
import io.dynadiff.schemas.avro.ControlAction;
import io.dynadiff.schemas.avro.ControlCommand;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.streams.OnlineRoles;
import io.dynadiff.streams.config.OnlineSettings;
import io.dynadiff.streams.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/**
 * The end-to-end test: feeds, all four roles, generation and a swap, judged by the independent
 * verifier. The same on every broker, see {@link Surroundings}.
 */
public final class WholeLoop {

  private static final Path RECORDING = Path.of("../data/era5-2mt-2019-03-uk-cds.nc");
  private static final List<String> PARTS = List.of("adapt", "generate", "forecast", "verify");
  private static final String PINNED = "lambda-omega/a";
  private static final String SPOILED = "lambda-omega/b";
  private static final int FIRST_PART = 40;
  private static final int FRAMES = 100;
  private static final Duration LIMIT = Duration.ofMinutes(4);

  /** On a busy machine forecasts are late; their frames are not to be scored without them. */
  private static final Map<String, String> PATIENT =
      Map.of("verify.forecast-wait-ms", Long.toString(LIMIT.toMillis()));

  private final Surroundings surroundings;
  private final Path directory;
  private final List<OnlineRoles> roles = new ArrayList<>();
  private final Map<String, List<String>> malformed = new TreeMap<>();

  private WholeLoop(Surroundings surroundings, Path directory) {
    this.surroundings = surroundings;
    this.directory = directory;
  }

  /**
   * Feeds five environments of two systems, spoils records, orders a swap, ends the roles, feeds on
   * while none runs, starts them again; then every frame must be admitted, forecast and scored
   * once.
   *
   * @param directory an empty one, for bundles and state
   * @throws AssertionError if not
   */
  public static void run(Surroundings surroundings, Path directory) throws Exception {
    UntrainedBundle.write(
        directory.resolve("bundles/lambda-omega"), "lambda-omega", new FieldShape(2, 32, 32), 1);
    UntrainedBundle.write(
        directory.resolve("bundles/era5-uk"),
        "era5-uk",
        new FieldShape(1, 16, 16),
        Duration.ofHours(1).toMillis(),
        2);
    WholeLoop loop = new WholeLoop(surroundings, directory);
    try (RecordedFields recording = RecordedFields.open(RECORDING);
        IndependentVerifier verifier =
            new IndependentVerifier(surroundings.openServers(), surroundings.openRegistryUrl())) {
      loop.run(recording, verifier);
    } finally {
      loop.endRoles();
    }
  }

  private void run(RecordedFields recording, IndependentVerifier verifier) throws Exception {
    startRoles();
    Map<String, Long> sent = feed(recording, FIRST_PART);
    await(verifier, sent);
    spoil(verifier);
    malformed.put(SPOILED, SpoiledFrames.reasons());
    await(verifier, sent);
    pin(verifier);
    endRoles();

    // The rest is sent while no role runs; the roles that then start must find it.
    sent = feed(recording, FRAMES);
    startRoles();
    await(verifier, sent);

    assertThat(sent).hasSize(5).allSatisfy((id, count) -> assertThat(count).isEqualTo(FRAMES));
    for (String id : sent.keySet()) {
      IndependentVerifier.Environment found = verifier.environment(id);
      assertThat(found.weights).as("%s was given weights", id).contains(1L);
      assertThat(found.decisions).as(id).contains("REQUESTED", "GENERATED");
      assertThat(found.leadsScored.get(0)).as("%s: the first frame", id).isZero();
      assertThat(found.leadsScored.get(FRAMES - 1))
          .as("%s: every lead verifies the last frame", id)
          .isEqualTo(4);
    }
    assertThat(verifier.environment(PINNED).forecastVersions.get(0)).isZero();
    assertThat(verifier.environment(PINNED).forecastVersions.subList(FIRST_PART, FRAMES))
        .as("versions after the swap that was ordered")
        .containsOnly(1L);
    assertThat(verifier.environment(SPOILED).rejectedBytes.get(8))
        .as("rejected bytes are the original ones")
        .isEqualTo(verifier.environment(SPOILED).lastFrameBeforeSpoiling);
  }

  /** Each with the rights of its part, as in a process of its own. */
  private void startRoles() throws IOException {
    for (String part : PARTS) {
      OnlineRoles role =
          OnlineRoles.of(
              OnlineSettings.configuration(
                  surroundings.connection(part),
                  surroundings.topics(),
                  directory.resolve("state"),
                  List.of(directory.resolve("bundles")),
                  Settings.of(PATIENT)),
              List.of(part));
      roles.add(role);
      role.start();
    }
    Awaitility.await()
        .atMost(LIMIT)
        .until(
            () -> {
              assertNoFailure();
              return roles.stream().allMatch(OnlineRoles::ready);
            });
  }

  private void endRoles() {
    roles.forEach(OnlineRoles::close);
    assertNoFailure();
    roles.clear();
  }

  private void assertNoFailure() {
    roles.forEach(role -> assertThat(role.failure()).as(role.name()).isEmpty());
  }

  private void await(IndependentVerifier verifier, Map<String, Long> sent) {
    Awaitility.await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(
            () -> {
              assertNoFailure();
              verifier.poll();
              assertThat(verifier.objections(sent, malformed)).isEmpty();
            });
  }

  /** Publishes the series up to frame {@code end}, going on where an earlier call ended. */
  private Map<String, Long> feed(RecordedFields recording, long end) {
    Era5Environments era5 = Era5Environments.standard();
    LambdaOmegaEnvironments system = LambdaOmegaEnvironments.standard();
    Instant from = era5.trainingTo();
    List<FieldSeries> series = new ArrayList<>();
    for (int tile = 0; tile < 2; tile++) {
      series.add(
          new TileSeries(
              era5.system(),
              recording.variable(era5.variable()),
              era5.unseen().get(tile),
              from.toEpochMilli(),
              from.plus(Duration.ofHours(end)).toEpochMilli()));
    }
    for (String name : List.of("a", "b", "c")) {
      series.add(
          new LambdaOmegaSeries(
              "lambda-omega/" + name,
              system.parameters(),
              new BetaSchedule(
                  List.of(new BetaSchedule.Change(0, 1.1), new BetaSchedule.Change(60, 1.4))),
              name.charAt(0),
              0,
              system.intervalMillis(),
              end));
    }
    try (FieldFeed feed =
        FieldFeed.open(
            surroundings.connection("producer"),
            surroundings.topics(),
            "whole-loop",
            false,
            series,
            Pace.MAX,
            progress -> {})) {
      assertThat(feed.run().complete()).isTrue();
    }
    Map<String, Long> sent = new TreeMap<>();
    series.forEach(one -> sent.put(one.environmentId(), end));
    return sent;
  }

  private void spoil(IndependentVerifier verifier) throws Exception {
    IndependentVerifier.Environment environment = verifier.environment(SPOILED);
    environment.lastFrameBeforeSpoiling = environment.lastFrame;
    RegistryReader reader = new RegistryReader(surroundings.openRegistryUrl());
    for (byte[] value : SpoiledFrames.of(environment.lastFrame, reader).values()) {
      send(surroundings.connection("producer"), "frames", SPOILED, value);
    }
  }

  /** Orders the first generated expert, whatever the forecaster thinks of one that is untrained. */
  private void pin(IndependentVerifier verifier) throws Exception {
    IndependentVerifier.Environment environment = verifier.environment(PINNED);
    awaitDecision(verifier, environment, List.of("ACCEPTED", "KEPT_INCUMBENT"));
    KafkaConnection operator = surroundings.connection("operator");
    ControlCommand order =
        new ControlCommand(PINNED, "whole-loop", ControlAction.PIN, 1L, Instant.now());
    try (var serializer = operator.serdes().serializer(ControlCommand.class)) {
      send(operator, "controls", PINNED, serializer.serialize("controls", order));
    }
    awaitDecision(verifier, environment, List.of("PINNED"));
  }

  private void awaitDecision(
      IndependentVerifier verifier, IndependentVerifier.Environment environment, List<String> any) {
    Awaitility.await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(
            () -> {
              assertNoFailure();
              verifier.poll();
              assertThat(environment.decisions).containsAnyElementsOf(any);
            });
  }

  private static void send(KafkaConnection connection, String topic, String key, byte[] value)
      throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            connection.producerProperties(), new StringSerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, key, value)).get();
    }
  }
}
