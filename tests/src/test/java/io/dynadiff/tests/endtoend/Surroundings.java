package io.dynadiff.tests.endtoend;

import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.TopicCatalogue;

/** A broker and a registry on which the whole loop can be run, empty but for its topics. */
public interface Surroundings {

  /**
   * How a part reaches them, as whom.
   *
   * @param part adapt, generate, forecast, verify, producer or operator
   */
  KafkaConnection connection(String part);

  /** The topics that are there. */
  TopicCatalogue topics();

  /** Where the verifier reads, which no part may see. */
  String openServers();

  /** Where the verifier asks for schemas. */
  String openRegistryUrl();

  /** Of one broker and one registry that ask nobody who he is. */
  static Surroundings open(KafkaConnection connection, TopicCatalogue topics) {
    return new Surroundings() {
      @Override
      public KafkaConnection connection(String part) {
        return connection;
      }

      @Override
      public TopicCatalogue topics() {
        return topics;
      }

      @Override
      public String openServers() {
        return connection.bootstrapServers();
      }

      @Override
      public String openRegistryUrl() {
        return connection.schemaRegistryUrl();
      }
    };
  }
}
