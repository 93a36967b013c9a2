package io.dynadiff.tests.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.TopicCatalogue;
import io.dynadiff.streams.access.Party;
import io.dynadiff.tests.endtoend.Surroundings;
import io.dynadiff.tests.endtoend.WholeLoop;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every part as a principal of its own on a broker with TLS, SCRAM and ACLs and a registry that
 * asks for a password, with no rights but those that are granted to it.
 */
@Tag("slow")
class SecuredLoopTest {

  private static final String SECRET = "scram-secret";

  /** Who may write what, spelled out here once more. */
  private static final Map<String, Set<String>> WRITES =
      Map.of(
          "adapt", Set.of("frames.admitted", "frames.rejected", "prompts", "adaptations"),
          "generate", Set.of("weights", "adaptations"),
          "forecast", Set.of("forecasts", "adaptations"),
          "verify", Set.of("scores"),
          "producer", Set.of("frames"),
          "operator", Set.of("controls"),
          "trainer", Set.of("bundles", "zoo.tasks", "zoo.results"),
          "observer", Set.of());

  @TempDir Path directory;
  private SecuredBroker broker;

  @Test
  void shouldBringEveryFrameToAForecastAndAScoreWhenEachPartHasOnlyTheRightsItNeeds()
      throws Exception {
    try (SecuredBroker started = new SecuredBroker(directory, SECRET)) {
      broker = started;
      for (Party party : Party.values()) {
        broker.grant(user(party), SECRET, List.of(party));
      }
      assertWrites();
      assertTurnedAway();
      WholeLoop.run(new Secured(), directory);
      assertThat(broker.registryUsers())
          .contains("adapt", "generate", "forecast", "verify", "producer", "operator");
    }
  }

  /** Asks the broker, as each principal, what it would let it do. */
  private void assertWrites() throws Exception {
    assertThat(Arrays.stream(Party.values()).map(SecuredLoopTest::user))
        .containsExactlyInAnyOrderElementsOf(WRITES.keySet());
    Set<String> topics = new TreeSet<>();
    WRITES.values().forEach(topics::addAll);
    for (Map.Entry<String, Set<String>> part : WRITES.entrySet()) {
      try (Admin admin = Admin.create(broker.connection(part.getKey(), SECRET).adminProperties())) {
        assertThat(
                admin
                    .describeTopics(
                        topics, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                    .allTopicNames()
                    .get(60, TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .filter(t -> t.authorizedOperations().contains(AclOperation.WRITE))
                    .map(t -> t.name())
                    .collect(Collectors.toSet()))
            .as("topics that %s may write", part.getKey())
            .isEqualTo(part.getValue());
      }
    }
  }

  private void assertTurnedAway() {
    for (String intruder : List.of("forecast", "adapt", "operator", "producer")) {
      assertThatThrownBy(() -> send(broker.connection(intruder, SECRET), "weights"))
          .as("%s writes weights", intruder)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TopicAuthorizationException.class);
    }
    assertThatThrownBy(() -> send(broker.connection("generate", "a guess"), "weights"))
        .hasRootCauseInstanceOf(SaslAuthenticationException.class);
  }

  private static void send(KafkaConnection connection, String topic) throws Exception {
    Properties properties = connection.producerProperties();
    properties.put("max.block.ms", "20000");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, new byte[] {1}, new byte[] {2})).get();
    }
  }

  private static String user(Party party) {
    return party.name().toLowerCase(Locale.ROOT);
  }

  /** Each part with a login of its own; the verifier on the listener that asks for none. */
  private final class Secured implements Surroundings {

    @Override
    public KafkaConnection connection(String part) {
      return broker.connection(part, SECRET);
    }

    @Override
    public TopicCatalogue topics() {
      return broker.kafka().topics();
    }

    @Override
    public String openServers() {
      return broker.kafka().bootstrapServers();
    }

    @Override
    public String openRegistryUrl() {
      return broker.kafka().schemaRegistryUrl();
    }
  }
}
