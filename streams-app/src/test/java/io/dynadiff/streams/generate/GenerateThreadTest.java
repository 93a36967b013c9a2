package io.dynadiff.streams.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.schemas.kafka.KafkaConnection;
import org.junit.jupiter.api.Test;

class GenerateThreadTest {

  @Test
  void shouldPollNoMoreThanABatchAndStayInTheGroupWhenABatchTakesLong() {
    KafkaConnection connection = KafkaConnection.plaintext("none:1", "mock://none");
    assertThat(
            GenerateThread.consumerProperties(
                "g", connection, GenerateSettings.DEFAULT.withBatch(7, 1)))
        .containsEntry("max.poll.records", "7")
        .containsEntry("max.poll.interval.ms", "1800000");
  }
}
