package io.dynadiff.tests.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.embedded.EmbeddedOptions;
import io.dynadiff.embedded.SecuredListener;
import io.dynadiff.models.bundle.UntrainedBundle;
import io.dynadiff.physics.environments.LambdaOmegaEnvironments;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.lambdaomega.BetaSchedule;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSeries;
import io.dynadiff.producers.feed.FieldFeed;
import io.dynadiff.producers.pace.Pace;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.streams.OnlineRoles;
import io.dynadiff.streams.access.Party;
import io.dynadiff.streams.config.OnlineConfiguration;
import io.dynadiff.tests.endtoend.IndependentVerifier;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
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
  private static final String ENVIRONMENT = "lambda-omega/a";
  private static final long FRAMES = 40;
  private static final Duration LIMIT = Duration.ofSeconds(120);

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
  private Identities identities;
  private EmbeddedKafka kafka;
  private String securedServers;
  private GuardedRegistry registry;

  @Test
  void shouldBringEveryFrameToAScoreWhenEachPartHasOnlyTheRightsItNeeds() throws Exception {
    identities = new Identities(directory);
    UntrainedBundle.write(
        directory.resolve("bundles/lambda-omega"), "lambda-omega", new FieldShape(2, 32, 32), 1);
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    securedServers = "localhost:" + port;
    try (EmbeddedKafka started =
            EmbeddedKafka.start(
                EmbeddedOptions.temporary(2), new SecuredListener(port, identities.broker()));
        GuardedRegistry guarded =
            new GuardedRegistry(started.schemaRegistryUrl(), identities, SECRET);
        IndependentVerifier verifier =
            new IndependentVerifier(started.bootstrapServers(), started.schemaRegistryUrl())) {
      kafka = started;
      registry = guarded;
      grant();
      assertWrites();
      assertTurnedAway();
      loop(verifier);
      assertThat(registry.users()).contains("adapt", "generate", "forecast", "verify", "producer");
    }
  }

  private void grant() throws Exception {
    try (Admin admin = Admin.create(kafka.connection().adminProperties())) {
      List<UserScramCredentialAlteration> users = new ArrayList<>();
      for (Party party : Party.values()) {
        users.add(
            new UserScramCredentialUpsertion(
                user(party), new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), SECRET));
        admin
            .createAcls(party.grants("User:" + user(party), kafka.topics()))
            .all()
            .get(60, TimeUnit.SECONDS);
      }
      admin.alterUserScramCredentials(users).all().get(60, TimeUnit.SECONDS);
    }
  }

  /** Asks the broker, as each principal, what it would let it do. */
  private void assertWrites() throws Exception {
    assertThat(Arrays.stream(Party.values()).map(SecuredLoopTest::user))
        .containsExactlyInAnyOrderElementsOf(WRITES.keySet());
    Set<String> topics = new TreeSet<>();
    WRITES.values().forEach(topics::addAll);
    for (Map.Entry<String, Set<String>> part : WRITES.entrySet()) {
      try (Admin admin = Admin.create(connection(part.getKey(), SECRET).adminProperties())) {
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
      assertThatThrownBy(() -> send(connection(intruder, SECRET), "weights"))
          .as("%s writes weights", intruder)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TopicAuthorizationException.class);
    }
    assertThatThrownBy(() -> send(connection("generate", "a guess"), "weights"))
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

  private void loop(IndependentVerifier verifier) throws Exception {
    List<OnlineRoles> roles = new ArrayList<>();
    try {
      for (String name : List.of("adapt", "generate", "forecast", "verify")) {
        OnlineConfiguration configuration =
            OnlineConfiguration.of(
                connection(name, SECRET),
                kafka.topics(),
                directory.resolve("state"),
                List.of(directory.resolve("bundles")));
        assertThat(configuration.toString())
            .as("what a role says of its configuration")
            .contains("sasl.jaas.config", "basic.auth.user.info")
            .doesNotContain(SECRET, Identities.PASSWORD);
        roles.add(OnlineRoles.of(configuration, List.of(name)));
        roles.get(roles.size() - 1).start();
      }
      Map<String, Long> sent = new TreeMap<>(Map.of(ENVIRONMENT, FRAMES));
      feed();
      Awaitility.await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(100))
          .untilAsserted(
              () -> {
                roles.forEach(role -> assertThat(role.failure()).isEmpty());
                verifier.poll();
                assertThat(verifier.objections(sent, Map.of())).isEmpty();
                assertThat(verifier.weights(ENVIRONMENT)).contains(1L);
              });
    } finally {
      roles.forEach(OnlineRoles::close);
    }
  }

  private void feed() {
    LambdaOmegaEnvironments system = LambdaOmegaEnvironments.standard();
    List<FieldSeries> series =
        List.of(
            new LambdaOmegaSeries(
                ENVIRONMENT,
                system.parameters(),
                new BetaSchedule(List.of(new BetaSchedule.Change(0, 1.1))),
                1,
                0,
                system.intervalMillis(),
                FRAMES));
    try (FieldFeed feed =
        FieldFeed.open(
            connection("producer", SECRET),
            kafka.topics(),
            "secured",
            false,
            series,
            Pace.MAX,
            progress -> {})) {
      assertThat(feed.run().complete()).isTrue();
    }
  }

  private KafkaConnection connection(String user, String password) {
    return new KafkaConnection(securedServers, registry.url(), identities.client(user, password));
  }

  private static String user(Party party) {
    return party.name().toLowerCase(Locale.ROOT);
  }
}
