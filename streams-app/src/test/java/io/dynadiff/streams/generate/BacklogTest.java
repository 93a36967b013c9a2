package io.dynadiff.streams.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.schemas.avro.PromptRequest;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BacklogTest {

  private static final TopicPartition FIRST = new TopicPartition("prompts", 0);
  private static final TopicPartition SECOND = new TopicPartition("prompts", 1);

  private final Backlog backlog = new Backlog(2, 1000);

  @Test
  void shouldKeepTheNewestWindowOnlyWhenAnEnvironmentAsksAgain() {
    add(FIRST, 0, "e", 1, 400);
    add(FIRST, 1, "e", 3, 400);
    add(FIRST, 2, "e", 2, 400);
    assertThat(backlog.full()).as("400 bytes of one environment").isFalse();
    assertThat(backlog.requests())
        .extracting(r -> r.getWeightsVersion() + ":" + r.getWindow().getData().remaining())
        .containsExactly("1:0", "3:384", "2:0");
    assertThat(backlog.requests().get(0).getRequestId()).isEqualTo("run-1/e/1");
    assertThat(backlog.consumed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(3)));
  }

  @Test
  void shouldBeFullWhenItHoldsSoManyEnvironmentsOrBytes() {
    add(FIRST, 0, "e", 1, 10);
    assertThat(backlog.full()).isFalse();
    add(FIRST, 1, "f", 1, 10);
    assertThat(backlog.full()).isTrue();
    backlog.clear();
    add(FIRST, 2, "e", 2, 5000);
    assertThat(backlog.full()).as("a single request may be larger than the limit").isTrue();
    assertThat(backlog.requests()).hasSize(1);
  }

  @Test
  void shouldStopReadingAheadWhenOneEnvironmentAsksWithoutEnd() {
    int taken = 0;
    while (!backlog.full()) {
      add(FIRST, taken, "e", ++taken, 10);
    }
    assertThat(taken).isEqualTo(128);
    assertThat(backlog.requests().get(127).getWindow().getData().remaining()).isPositive();
  }

  @Test
  void shouldForgetWhatOthersAnswerWhenAPartitionIsTaken() {
    add(FIRST, 0, "e", 1, 600);
    add(SECOND, 0, "f", 1, 300);
    backlog.forget(List.of(FIRST));
    assertThat(backlog.full()).isFalse();
    assertThat(backlog.requests()).extracting(PromptRequest::getEnvironmentId).containsExactly("f");
    assertThat(backlog.consumed()).containsOnlyKeys(SECOND);
  }

  @Test
  void shouldPassOverARecordWhenItIsNoRequest() {
    backlog.add(FIRST, 5, null, 77);
    assertThat(backlog.isEmpty()).isFalse();
    assertThat(backlog.requests()).isEmpty();
    assertThat(backlog.consumed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(6)));
  }

  private void add(
      TopicPartition partition, long offset, String environment, long version, long size) {
    backlog.add(partition, offset, Requests.request(environment, version), size);
  }
}
