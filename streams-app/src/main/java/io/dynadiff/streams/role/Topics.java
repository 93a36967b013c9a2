package io.dynadiff.streams.role;

import io.dynadiff.commands.KafkaOptions;
import io.dynadiff.schemas.topics.TopicContradiction;
import io.dynadiff.streams.config.OnlineConfiguration;
import org.apache.kafka.common.KafkaException;

/** The topics that every role needs before it starts. */
public final class Topics {

  private Topics() {}

  /**
   * Creates missing topics and checks those that exist.
   *
   * @throws TopicContradiction if an existing one contradicts the catalogue
   * @throws KafkaException if no broker answers within the clients' {@code default.api.timeout.ms};
   *     the message names the address
   */
  public static void ensure(OnlineConfiguration configuration) {
    KafkaOptions.ensure(configuration.connection(), configuration.topics());
  }
}
