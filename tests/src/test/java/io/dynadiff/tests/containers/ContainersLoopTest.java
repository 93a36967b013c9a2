package io.dynadiff.tests.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.models.bundle.UntrainedBundle;
import io.dynadiff.physics.environments.LambdaOmegaEnvironments;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.lambdaomega.BetaSchedule;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSeries;
import io.dynadiff.producers.feed.FieldFeed;
import io.dynadiff.producers.pace.Pace;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.TopicCatalogue;
import io.dynadiff.streams.OnlineRoles;
import io.dynadiff.streams.config.OnlineConfiguration;
import io.dynadiff.tests.endtoend.IndependentVerifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;

/**
 * The whole loop against Kafka's own image and a Schema Registry that is not ours, the two images
 * of {@code docker/compose.yaml}. Skipped only where no container engine answers.
 */
@Tag("slow")
class ContainersLoopTest {

  private static final String KAFKA = "apache/kafka:4.3.1";
  private static final String REGISTRY = "apicurio/apicurio-registry:3.0.9";
  private static final int REGISTRY_PORT = 8080;
  private static final long FRAMES = 40;
  private static final Duration LIMIT = Duration.ofMinutes(4);

  @TempDir Path directory;

  @Test
  void shouldBringEveryFrameToAScoreWhenBrokerAndRegistryAreContainers() throws Exception {
    Assumptions.assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "no container engine answers, so Kafka's own image is not tested; start one to do so");
    UntrainedBundle.write(
        directory.resolve("bundles/lambda-omega"), "lambda-omega", new FieldShape(2, 32, 32), 1);
    try (KafkaContainer kafka =
            new KafkaContainer(KAFKA)
                .withEnv("KAFKA_MESSAGE_MAX_BYTES", "33554432")
                .withEnv("KAFKA_REPLICA_FETCH_MAX_BYTES", "33554432")
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withStartupTimeout(LIMIT);
        GenericContainer<?> registry =
            new GenericContainer<>(REGISTRY)
                .withExposedPorts(REGISTRY_PORT)
                .waitingFor(
                    Wait.forHttp("/apis/ccompat/v7/subjects")
                        .forPort(REGISTRY_PORT)
                        .withStartupTimeout(LIMIT))) {
      kafka.start();
      registry.start();
      loop(
          KafkaConnection.plaintext(
              kafka.getBootstrapServers(),
              "http://%s:%d/apis/ccompat/v7"
                  .formatted(registry.getHost(), registry.getMappedPort(REGISTRY_PORT))));
    }
  }

  private void loop(KafkaConnection connection) throws Exception {
    TopicCatalogue topics = TopicCatalogue.singleBroker(2);
    try (Admin admin = Admin.create(connection.adminProperties())) {
      topics.ensure(admin);
    }
    try (IndependentVerifier verifier =
            new IndependentVerifier(connection.bootstrapServers(), connection.schemaRegistryUrl());
        OnlineRoles roles =
            OnlineRoles.all(
                OnlineConfiguration.of(
                    connection,
                    topics,
                    directory.resolve("state"),
                    List.of(directory.resolve("bundles"))))) {
      roles.start();
      Map<String, Long> sent = feed(connection, topics);
      Awaitility.await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(100))
          .untilAsserted(
              () -> {
                assertThat(roles.failure()).isEmpty();
                verifier.poll();
                assertThat(verifier.objections(sent, Map.of())).isEmpty();
                sent.keySet().forEach(id -> assertThat(verifier.weights(id)).contains(1L));
              });
    }
  }

  private static Map<String, Long> feed(KafkaConnection connection, TopicCatalogue topics) {
    LambdaOmegaEnvironments system = LambdaOmegaEnvironments.standard();
    List<FieldSeries> series = new ArrayList<>();
    Map<String, Long> sent = new TreeMap<>();
    for (String name : List.of("a", "b")) {
      series.add(
          new LambdaOmegaSeries(
              "lambda-omega/" + name,
              system.parameters(),
              new BetaSchedule(List.of(new BetaSchedule.Change(0, 1.1))),
              name.charAt(0),
              0,
              system.intervalMillis(),
              FRAMES));
      sent.put("lambda-omega/" + name, FRAMES);
    }
    try (FieldFeed feed =
        FieldFeed.open(connection, topics, "containers", false, series, Pace.MAX, progress -> {})) {
      assertThat(feed.run().complete()).isTrue();
    }
    return sent;
  }
}
