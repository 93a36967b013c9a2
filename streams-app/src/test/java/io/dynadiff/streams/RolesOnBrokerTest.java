package io.dynadiff.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dynadiff.models.bundle.UntrainedBundle;
import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.ControlAction;
import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.avro.RequestReason;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.streams.config.OnlineSettings;
import io.dynadiff.streams.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All four roles on a real broker with a real, if untrained, bundle. */
@Tag("slow")
class RolesOnBrokerTest {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path directory;
  private TestBroker broker;
  private OnlineRoles roles;

  @BeforeEach
  void start() throws IOException {
    UntrainedBundle.write(directory.resolve("bundle"), Samples.SYSTEM, TestBroker.SHAPE, 1);
    broker = new TestBroker();
    startRoles();
  }

  @AfterEach
  void stop() {
    roles.close();
    broker.close();
    assertThat(roles.failure()).isEmpty();
  }

  @Test
  void shouldForecastAndScoreEveryFrameOnceWhenTheFeedIsDisturbedAndRolesRestart()
      throws IOException {
    // One frame early, one twice, and records that are no frames.
    broker.publish("a", 0, 2, 1, 1);
    broker.garbage("a", new byte[] {9, 9, 9});
    broker.garbage("b", new byte[] {0, 0, 0, 0, 1, 5});
    for (String environment : TestBroker.ENVIRONMENTS) {
      broker.publish(environment, LongStream.range(environment.equals("a") ? 3 : 0, 30).toArray());
    }
    awaitCounts(90);
    assertThat(broker.rejections())
        .containsExactlyInAnyOrder("DUPLICATE", "WRONG_MAGIC_BYTE", "MALFORMED_AVRO");
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(decided().keySet())
                    .as("environments whose first weights were decided upon")
                    .containsExactlyInAnyOrderElementsOf(TestBroker.ENVIRONMENTS));
    broker.publishAll(30, 40);
    awaitCounts(120);
    Map<String, Long> before = lastVersions();

    roles.close();
    startRoles();
    broker.publishAll(40, 50);
    awaitCounts(150);
    assertThat(versionsFrom(40)).isEqualTo(before);

    // Nothing but Kafka: what the local state knew comes back from the changelogs.
    roles.close();
    deleteRecursively(directory.resolve("state"));
    startRoles();
    broker.publishAll(50, 60);
    awaitCounts(180);
    assertThat(versionsFrom(50)).isEqualTo(before);
    assertThat(broker.read(Topic.WEIGHTS, ExpertWeights.class))
        .extracting(weights -> weights.getEnvironmentId() + weights.getWeightsVersion())
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldForecastWithThePinnedEnsembleAndGenerateAgainWhenItIsOrdered() {
    broker.publishAll(0, 20);
    awaitCounts(60);
    awaitWeights("a1");
    broker.order("a", ControlAction.PIN, 1L);
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(broker.read(Topic.ADAPTATIONS, Adaptation.class))
                    .anyMatch(one -> one.getDecision() == Decision.PINNED));
    broker.publishAll(20, 30);
    awaitCounts(90);
    assertThat(broker.read(Topic.FORECASTS, Forecast.class))
        .filteredOn(f -> f.getEnvironmentId().equals("a") && f.getIssueSequence() >= 20)
        .hasSize(10)
        .allSatisfy(
            forecast -> {
              assertThat(forecast.getWeightsVersion()).isEqualTo(1);
              assertThat(forecast.getMembers()).isEqualTo(2);
              assertThat(forecast.getMemberFields().getShape()).startsWith(2, 4);
              assertThat(forecast.getSpreadFactors()).hasSize(4);
            });
    assertThat(broker.read(Topic.SCORES, ForecastScore.class))
        .filteredOn(s -> s.getEnvironmentId().equals("a") && s.getSequence() > 20)
        .hasSize(9)
        .allSatisfy(
            score -> {
              assertThat(score.getLeads().get(0).getSpreadSkill()).isPositive();
              assertThat(score.getLeads().get(0).getCrps()).isFinite();
            });

    broker.order("a", ControlAction.REGENERATE, null);
    awaitWeights("a2");
    assertThat(broker.read(Topic.WEIGHTS, ExpertWeights.class))
        .filteredOn(weights -> weights.getEnvironmentId().equals("a"))
        .last()
        .satisfies(
            weights -> {
              assertThat(weights.getReason()).isEqualTo(RequestReason.MANUAL);
              assertThat(weights.getMembers()).hasSize(1);
            });
  }

  private void awaitWeights(String name) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(broker.read(Topic.WEIGHTS, ExpertWeights.class))
                    .extracting(one -> one.getEnvironmentId() + one.getWeightsVersion())
                    .contains(name));
  }

  private void startRoles() throws IOException {
    roles =
        OnlineRoles.all(
            OnlineSettings.configuration(
                broker.kafka().connection(),
                broker.kafka().topics(),
                directory.resolve("state"),
                List.of(directory.resolve("bundle")),
                Settings.of(Map.of("generate.ensemble", "2"))));
    roles.start();
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              assertThat(roles.failure()).isEmpty();
              return roles.ready();
            });
  }

  /** Waits until every frame is accounted for, then counts each sequence of each topic. */
  private void awaitCounts(int admitted) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              assertThat(roles.failure()).isEmpty();
              assertThat(broker.read(Topic.SCORES, ForecastScore.class)).hasSize(admitted);
            });
    broker.assertAccounted(admitted);
    assertThat(broker.read(Topic.SCORES, ForecastScore.class))
        .as("every frame but the first is compared with the forecast from the frame before it")
        .allSatisfy(
            score -> assertThat(score.getLeads()).hasSize((int) Math.min(4, score.getSequence())));
    await().atMost(LIMIT).until(roles::idle);
  }

  private Map<String, Adaptation> decided() {
    return broker.read(Topic.ADAPTATIONS, Adaptation.class).stream()
        .filter(
            one ->
                one.getDecision() == Decision.ACCEPTED
                    || one.getDecision() == Decision.KEPT_INCUMBENT)
        .collect(Collectors.toMap(Adaptation::getEnvironmentId, one -> one, (one, other) -> other));
  }

  private Map<String, Long> lastVersions() {
    Map<String, Long> versions = new HashMap<>();
    broker.read(Topic.FORECASTS, Forecast.class).stream()
        .sorted(Comparator.comparing(Forecast::getIssueSequence))
        .forEach(
            forecast -> versions.put(forecast.getEnvironmentId(), forecast.getWeightsVersion()));
    return versions;
  }

  /** The version in use at a sequence. */
  private Map<String, Long> versionsFrom(long sequence) {
    return broker.read(Topic.FORECASTS, Forecast.class).stream()
        .filter(forecast -> forecast.getIssueSequence() == sequence)
        .collect(Collectors.toMap(Forecast::getEnvironmentId, Forecast::getWeightsVersion));
  }

  private static void deleteRecursively(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
