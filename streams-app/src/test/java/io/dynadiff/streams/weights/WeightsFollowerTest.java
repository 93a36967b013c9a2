package io.dynadiff.streams.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.junit.jupiter.api.Test;

class WeightsFollowerTest {

  @Test
  void shouldNotSayWarmWhenAnErrorEndsTheThread() throws InterruptedException {
    Error error = new NoClassDefFoundError("codec");
    MockConsumer<String, byte[]> consumer =
        new MockConsumer<>("earliest") {
          @Override
          public synchronized List<PartitionInfo> partitionsFor(String topic) {
            throw error;
          }
        };
    try (WeightsFollower follower = new WeightsFollower(null, "weights", consumer)) {
      follower.start();
      assertThat(follower.awaitWarm(Duration.ofSeconds(10))).isFalse();
      assertThat(follower.failure()).containsSame(error);
      assertThat(follower.warm()).isFalse();
    }
  }
}
