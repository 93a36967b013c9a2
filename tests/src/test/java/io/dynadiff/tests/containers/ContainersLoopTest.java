package io.dynadiff.tests.containers;

import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.TopicCatalogue;
import io.dynadiff.tests.endtoend.Surroundings;
import io.dynadiff.tests.endtoend.WholeLoop;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
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
  private static final Duration LIMIT = Duration.ofMinutes(4);

  @TempDir Path directory;

  @Test
  void shouldBringEveryFrameToAForecastAndAScoreWhenBrokerAndRegistryAreContainers()
      throws Exception {
    Assumptions.assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "no container engine answers, so Kafka's own image is not tested; start one to do so");
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
      KafkaConnection connection =
          KafkaConnection.plaintext(
              kafka.getBootstrapServers(),
              "http://%s:%d/apis/ccompat/v7"
                  .formatted(registry.getHost(), registry.getMappedPort(REGISTRY_PORT)));
      TopicCatalogue topics = TopicCatalogue.singleBroker(2);
      try (Admin admin = Admin.create(connection.adminProperties())) {
        topics.ensure(admin);
      }
      WholeLoop.run(Surroundings.open(connection, topics), directory);
    }
  }
}
