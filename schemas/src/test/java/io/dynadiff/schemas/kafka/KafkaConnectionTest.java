package io.dynadiff.schemas.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.schemas.topics.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaConnectionTest {

  private final KafkaConnection connection =
      new KafkaConnection(
          "broker:9092",
          "http://registry:8081",
          Map.of(
              "security.protocol", "SASL_SSL",
              "sasl.jaas.config", "secret",
              "basic.auth.user.info", "me:secret"));

  @Test
  void shouldPassTheUsersKeysToEveryClientWhenTheyAreKafkas() {
    assertThat(
            List.of(
                connection.adminProperties(),
                connection.producerProperties(),
                connection.consumerProperties(),
                connection.streamsProperties()))
        .allSatisfy(
            properties ->
                assertThat(properties)
                    .containsEntry("bootstrap.servers", "broker:9092")
                    .containsEntry("security.protocol", "SASL_SSL")
                    .containsEntry("sasl.jaas.config", "secret")
                    .doesNotContainKey("basic.auth.user.info"));
  }

  @Test
  void shouldPassTheUsersKeysToTheSerdesWhenTheyAreTheRegistrys() {
    assertThat(connection.serdes().configuration())
        .containsOnly(Map.entry("basic.auth.user.info", "me:secret"));
  }

  @Test
  void shouldAllowTheLargestRecordWhenAClientIsBuilt() {
    String largest = Integer.toString(Topic.LARGEST_RECORD_BYTES);

    assertThat(connection.producerProperties()).containsEntry("max.request.size", largest);
    assertThat(connection.consumerProperties()).containsEntry("max.partition.fetch.bytes", largest);
    assertThat(connection.streamsProperties())
        .containsEntry("producer.max.request.size", largest)
        .containsEntry("main.consumer.max.partition.fetch.bytes", largest)
        .containsEntry("processing.guarantee", "exactly_once_v2");
    for (Topic topic : Topic.values()) {
      assertThat(topic.maxMessageBytes()).isLessThanOrEqualTo(Topic.LARGEST_RECORD_BYTES);
    }
  }

  @Test
  void shouldRefuseWhenTheUserSetsAKeyThatDeliveryRestsOn() {
    assertThatThrownBy(
            () ->
                new KafkaConnection(
                    "broker:9092", "http://r", Map.of("isolation.level", "read_uncommitted")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "[isolation.level] may not be set in the client properties: dynadiff sets it itself; remove it from the file.");
  }

  @Test
  void shouldNotShowSecretsWhenPrinted() {
    assertThat(connection.toString()).contains("sasl.jaas.config").doesNotContain("secret");
  }

  @Test
  void shouldReadTheFileWhenClientPropertiesAreGiven(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("client.properties"), "ssl.protocol=TLSv1.3\n");

    assertThat(KafkaConnection.readClientProperties(file))
        .containsOnly(Map.entry("ssl.protocol", "TLSv1.3"));
  }
}
