package io.dynadiff.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.embedded.EmbeddedOptions;
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
import io.dynadiff.streams.OnlineRoles;
import io.dynadiff.streams.config.OnlineConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feeds, all four roles and a real broker in one process, judged by the independent verifier. */
@Tag("slow")
class WholeLoopTest {

  private static final Path RECORDING = Path.of("../data/era5-2mt-2019-03-uk-cds.nc");
  private static final String SPOILED = "lambda-omega/b";
  private static final long FIRST_PART = 40;
  private static final long FRAMES = 100;
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @TempDir Path directory;

  @Test
  void shouldBringEveryFrameToAForecastAndAScoreWhenRolesRestartAndFramesAreSpoiled()
      throws Exception {
    UntrainedBundle.write(
        directory.resolve("bundles/lambda-omega"), "lambda-omega", new FieldShape(2, 32, 32), 1);
    UntrainedBundle.write(
        directory.resolve("bundles/era5-uk"),
        "era5-uk",
        new FieldShape(1, 16, 16),
        Duration.ofHours(1).toMillis(),
        2);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedOptions.temporary(3));
        RecordedFields recording = RecordedFields.open(RECORDING);
        IndependentVerifier verifier =
            new IndependentVerifier(kafka.bootstrapServers(), kafka.schemaRegistryUrl())) {
      Map<String, List<String>> malformed = new TreeMap<>();

      try (OnlineRoles roles = start(kafka)) {
        Map<String, Long> sent = feed(kafka, recording, FIRST_PART);
        await(verifier, sent, malformed);
        spoil(kafka, verifier);
        malformed.put(SPOILED, SpoiledFrames.reasons());
        await(verifier, sent, malformed);
        assertThat(roles.failure()).isEmpty();
      }

      // The rest is sent while no role runs; the roles that then start must find it.
      Map<String, Long> sent = feed(kafka, recording, FRAMES);
      try (OnlineRoles roles = start(kafka)) {
        await(verifier, sent, malformed);
        assertThat(roles.failure()).isEmpty();
      }

      assertThat(sent).hasSize(5).allSatisfy((id, count) -> assertThat(count).isEqualTo(FRAMES));
      sent.keySet()
          .forEach(
              id -> {
                IndependentVerifier.Environment found = verifier.environment(id);
                assertThat(found.weights).as("%s was given weights", id).contains(1L);
                assertThat(found.decisions).as(id).contains("REQUESTED", "GENERATED");
                assertThat(found.leadsScored.get(0)).as("%s: the first frame", id).isZero();
                assertThat(found.leadsScored.get((int) FRAMES - 1))
                    .as("%s: every lead verifies the last frame", id)
                    .isEqualTo(4);
              });
      assertThat(verifier.environment(SPOILED).rejectedBytes.get(8))
          .as("rejected bytes are the original ones")
          .isEqualTo(verifier.environment(SPOILED).lastFrameBeforeSpoiling);
    }
  }

  private OnlineRoles start(EmbeddedKafka kafka) throws Exception {
    OnlineRoles roles =
        OnlineRoles.all(
            OnlineConfiguration.of(
                kafka.connection(),
                kafka.topics(),
                directory.resolve("state"),
                List.of(directory.resolve("bundles"))));
    roles.start();
    Awaitility.await().atMost(LIMIT).until(() -> roles.ready() || roles.failure().isPresent());
    assertThat(roles.failure()).isEmpty();
    return roles;
  }

  private static void await(
      IndependentVerifier verifier, Map<String, Long> sent, Map<String, List<String>> malformed) {
    Awaitility.await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(
            () -> {
              verifier.poll();
              assertThat(verifier.objections(sent, malformed)).isEmpty();
            });
  }

  /** Publishes the series up to frame {@code end}, going on where an earlier call ended. */
  private static Map<String, Long> feed(EmbeddedKafka kafka, RecordedFields recording, long end) {
    Era5Environments era5 = Era5Environments.standard();
    LambdaOmegaEnvironments system = LambdaOmegaEnvironments.standard();
    Instant from = era5.trainingTo();
    Map<String, Long> sent = new TreeMap<>();
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
            kafka.connection(),
            kafka.topics(),
            "whole-loop",
            false,
            series,
            Pace.MAX,
            progress -> {})) {
      assertThat(feed.run().complete()).isTrue();
    }
    series.forEach(one -> sent.put(one.environmentId(), end));
    return sent;
  }

  private static void spoil(EmbeddedKafka kafka, IndependentVerifier verifier) throws Exception {
    IndependentVerifier.Environment environment = verifier.environment(SPOILED);
    environment.lastFrameBeforeSpoiling = environment.lastFrame;
    Properties properties = new Properties();
    properties.put("bootstrap.servers", kafka.bootstrapServers());
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
      for (byte[] value :
          SpoiledFrames.of(environment.lastFrame, new RegistryReader(kafka.schemaRegistryUrl()))
              .values()) {
        producer.send(new ProducerRecord<>("frames", SPOILED, value)).get();
      }
    }
  }
}
