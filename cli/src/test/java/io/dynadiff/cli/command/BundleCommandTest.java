package io.dynadiff.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.cli.Dynadiff;
import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.embedded.EmbeddedOptions;
import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.bundle.UntrainedBundle;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.schemas.avro.BundleAnnouncement;
import io.dynadiff.schemas.topics.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleCommandTest {

  private static final Path SHIPPED = Path.of("..", "bundles");

  @TempDir Path directory;

  @Test
  void shouldVerifyTheBundlesThatAreShipped() {
    for (String system : List.of("lambda-omega", "era5-uk")) {
      assertThat(Dynadiff.execute("bundle", "verify", SHIPPED.resolve(system).toString())).isZero();
    }
  }

  @Test
  void shouldExitWithTwoWhenAFileOfTheBundleIsCut() throws IOException {
    UntrainedBundle.write(directory, "lambda-omega", new FieldShape(2, 8, 8), 1);
    Path file = directory.resolve("base.safetensors");
    Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 100));
    assertThat(Dynadiff.execute("bundle", "verify", directory.toString())).isEqualTo(2);
  }

  @Test
  @Tag("slow")
  void shouldAnnounceABundleUnderItsSystem() throws IOException {
    Bundle bundle = UntrainedBundle.write(directory, "lambda-omega", new FieldShape(2, 8, 8), 1);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedOptions.temporary(1))) {
      assertThat(
              Dynadiff.execute(
                  "bundle",
                  "publish",
                  directory.toString(),
                  "--bootstrap-servers",
                  kafka.bootstrapServers(),
                  "--schema-registry",
                  kafka.schemaRegistryUrl(),
                  "--partitions",
                  "1"))
          .isZero();
      List<BundleAnnouncement> found = new ArrayList<>();
      try (Deserializer<BundleAnnouncement> values =
              kafka.connection().serdes().deserializer(BundleAnnouncement.class);
          Consumer<String, BundleAnnouncement> consumer =
              new KafkaConsumer<>(
                  kafka.connection().consumerProperties(), new StringDeserializer(), values)) {
        TopicPartition partition = new TopicPartition(kafka.topics().name(Topic.BUNDLES), 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (found.isEmpty() && System.nanoTime() < deadline) {
          consumer.poll(Duration.ofMillis(200)).forEach(record -> found.add(record.value()));
        }
      }
      assertThat(found)
          .singleElement()
          .satisfies(
              announcement -> {
                assertThat(announcement.getBundleId()).isEqualTo(bundle.id());
                assertThat(announcement.getSha256()).isEqualTo(bundle.manifestSha256());
                assertThat(announcement.getLocation()).startsWith("file:");
              });
    }
  }
}
