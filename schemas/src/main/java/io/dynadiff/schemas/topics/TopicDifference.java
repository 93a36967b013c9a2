package io.dynadiff.schemas.topics;

/**
 * One point in which a cluster differs from the catalogue.
 *
 * @param resource what differs, for example {@code Topic frames} or {@code Broker 1}
 * @param setting name of the setting, in Kafka's words where Kafka has one
 * @param found what the cluster has
 * @param expected what the catalogue needs, with "at least" where more does no harm
 * @param remedy what to do, without a full stop
 */
public record TopicDifference(
    String resource, String setting, String found, String expected, String remedy) {

  /** Returns the whole as one sentence. */
  public String sentence() {
    return "%s: %s is %s, expected %s; %s.".formatted(resource, setting, found, expected, remedy);
  }

  static TopicDifference missing(String topic, int partitions) {
    return new TopicDifference(
        "Topic " + topic,
        "partitions",
        "0 (the topic is missing)",
        Integer.toString(partitions),
        "run dynadiff topics create");
  }

  static TopicDifference partitions(String topic, int found, int expected) {
    return new TopicDifference(
        "Topic " + topic,
        "partitions",
        Integer.toString(found),
        Integer.toString(expected),
        "start with --partitions %d, or recreate the topic".formatted(found));
  }

  static TopicDifference replicas(String topic, int found, int expected) {
    return new TopicDifference(
        "Topic " + topic,
        "replication factor",
        Integer.toString(found),
        "at least " + expected,
        "reassign its partitions to more brokers, or start with --replication-factor %d"
            .formatted(found));
  }

  static TopicDifference tooSmall(String topic, String key, long found, long smallest) {
    return altered(topic, key, Long.toString(found), "at least ", Long.toString(smallest));
  }

  static TopicDifference configured(String topic, String key, String found, String expected) {
    return altered(topic, key, found, "", expected);
  }

  private static TopicDifference altered(
      String topic, String key, String found, String atLeast, String expected) {
    return new TopicDifference(
        "Topic " + topic,
        key,
        found,
        atLeast + expected,
        "run kafka-configs.sh --alter --topic %s --add-config %s=%s"
            .formatted(topic, key, expected));
  }

  static TopicDifference broker(String id, String key, String found, long smallest) {
    return new TopicDifference(
        "Broker " + id,
        key,
        found,
        "at least " + smallest,
        "raise it in the broker's properties and restart the broker");
  }
}
