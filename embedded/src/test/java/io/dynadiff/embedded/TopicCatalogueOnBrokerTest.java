package io.dynadiff.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicCatalogue;
import io.dynadiff.schemas.topics.TopicContradiction;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class TopicCatalogueOnBrokerTest {

  private static EmbeddedKafka kafka;
  private static Admin admin;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(EmbeddedOptions.temporary(3));
    admin = Admin.create(kafka.connection().adminProperties());
  }

  @AfterAll
  static void stop() {
    admin.close();
    kafka.close();
  }

  @Test
  void shouldHaveEveryTopicWhenTheBrokerHasStarted() throws Exception {
    Map<String, TopicDescription> found =
        admin
            .describeTopics(Arrays.stream(Topic.values()).map(Topic::topicName).toList())
            .allTopicNames()
            .get();

    assertThat(found.get("frames").partitions()).hasSize(3);
    assertThat(found.get("bundles").partitions()).hasSize(1);
    assertThatCode(() -> kafka.topics().ensure(admin)).doesNotThrowAnyException();
  }

  @Test
  void shouldCreateOnlyWhatIsMissingWhenSomeTopicsExist() throws Exception {
    TopicCatalogue catalogue = new TopicCatalogue(2, (short) 1, "some.");
    admin
        .createTopics(
            List.of(
                new NewTopic("some.scores", 2, (short) 1).configs(Map.of("retention.ms", "-1"))))
        .all()
        .get();

    catalogue.ensure(admin);

    Set<String> names = admin.listTopics().names().get();
    for (Topic topic : Topic.values()) {
      assertThat(names).contains(catalogue.name(topic));
    }
  }

  @Test
  void shouldNameEachLimitAndBothValuesWhenExistingTopicsContradict() throws Exception {
    TopicCatalogue catalogue = new TopicCatalogue(2, (short) 1, "bad.");
    admin
        .createTopics(
            List.of(
                new NewTopic("bad.weights", 5, (short) 1)
                    .configs(Map.of("cleanup.policy", "delete", "max.message.bytes", "1048588")),
                new NewTopic("bad.frames", 2, (short) 1)
                    .configs(Map.of("max.message.bytes", "4194304", "retention.ms", "60000"))))
        .all()
        .get();

    assertThatThrownBy(() -> catalogue.ensure(admin))
        .isInstanceOfSatisfying(
            TopicContradiction.class,
            refusal ->
                assertThat(refusal.contradictions())
                    .containsExactlyInAnyOrder(
                        "Topic bad.weights: partitions is 5, expected 2; start with --partitions 5,"
                            + " or recreate the topic.",
                        "Topic bad.weights: cleanup.policy is delete, expected compact; run"
                            + " kafka-configs.sh --alter --topic bad.weights --add-config"
                            + " cleanup.policy=compact.",
                        "Topic bad.weights: max.message.bytes is 1048588, expected at least"
                            + " 33554432; run kafka-configs.sh --alter --topic bad.weights"
                            + " --add-config max.message.bytes=33554432.",
                        "Topic bad.frames: retention.ms is 60000, expected at least 604800000; run"
                            + " kafka-configs.sh --alter --topic bad.frames --add-config"
                            + " retention.ms=604800000."));
  }

  @Test
  void shouldChangeNothingWhenTheDifferencesAreOnlyAskedFor() throws Exception {
    TopicCatalogue catalogue = new TopicCatalogue(2, (short) 1, "none.");

    assertThat(catalogue.differences(admin))
        .hasSize(Topic.values().length)
        .first()
        .satisfies(
            difference ->
                assertThat(difference.sentence())
                    .isEqualTo(
                        "Topic none.frames: partitions is 0 (the topic is missing), expected 2; run"
                            + " dynadiff topics create."));
    assertThat(admin.listTopics().names().get()).noneMatch(name -> name.startsWith("none."));
    assertThat(kafka.topics().differences(admin)).isEmpty();
  }
}
