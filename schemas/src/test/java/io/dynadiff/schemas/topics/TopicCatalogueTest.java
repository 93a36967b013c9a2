package io.dynadiff.schemas.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TopicCatalogueTest {

  @Test
  void shouldPutThePrefixBeforeEveryNameWhenOneIsGiven() {
    TopicCatalogue catalogue = new TopicCatalogue(4, (short) 3, "north.");

    assertThat(catalogue.name(Topic.FRAMES_REJECTED)).isEqualTo("north.frames.rejected");
    assertThat(catalogue.partitions(Topic.FRAMES)).isEqualTo(4);
    assertThat(catalogue.partitions(Topic.BUNDLES)).isEqualTo(1);
  }

  @Test
  void shouldKeepTheNewestForEverWhenATopicIsCompacted() {
    assertThat(Topic.WEIGHTS.configuration(1))
        .containsEntry("cleanup.policy", "compact")
        .containsEntry("max.message.bytes", "33554432")
        .doesNotContainKey("retention.ms")
        .doesNotContainKey("min.insync.replicas");
    assertThat(Topic.SCORES.configuration(3))
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("retention.ms", "604800000")
        .containsEntry("min.insync.replicas", "2");
  }

  @Test
  void shouldHoldAFrameWithItsReasonWhenTheFrameIsAsLargeAsFramesMayBe() {
    assertThat(Topic.FRAMES_REJECTED.maxMessageBytes())
        .isGreaterThan(Topic.FRAMES.maxMessageBytes());
  }

  @Test
  void shouldRefuseWhenTheLayoutIsImpossible() {
    assertThatThrownBy(() -> TopicCatalogue.singleBroker(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("partitions is 0, expected at least 1.");
    assertThatThrownBy(() -> new TopicCatalogue(1, (short) 1, "a b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a b'");
  }

  @Test
  void shouldStandInTheReferenceWhenATopicIsInTheCatalogue() throws IOException {
    String reference = Files.readString(Path.of("../docs/topics.md"));

    for (Topic topic : Topic.values()) {
      assertThat(reference)
          .contains(
              "| `%s` | %s | %s | %s | %d MiB |"
                  .formatted(
                      topic.topicName(),
                      topic
                          .valueType()
                          .map(type -> "`" + type.getSimpleName() + "`")
                          .orElse("the original bytes"),
                      topic.compacted() ? "compact" : "delete",
                      topic
                          .retention()
                          .map(time -> time.toDays() + (time.toDays() == 1 ? " day" : " days"))
                          .orElse("for ever"),
                      topic.maxMessageBytes() >> 20));
    }
  }
}
