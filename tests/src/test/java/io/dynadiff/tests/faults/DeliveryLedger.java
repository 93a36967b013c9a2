package io.dynadiff.tests.faults;

import io.dynadiff.tests.endtoend.RegistryReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What arrived of every frame that was published, in the committed view and in the order of the
 * topics: lost, duplicated, out of order. Shares no code with the application: names of topics and
 * fields are spelled out here. Confined to one thread.
 */
final class DeliveryLedger implements AutoCloseable {

  /** Topics that must name every published frame once, in order, and the field that does. */
  private static final Map<String, String> SEQUENCES =
      Map.of("frames.admitted", "sequence", "forecasts", "issueSequence", "scores", "sequence");

  private static final List<String> OTHERS =
      List.of("frames", "frames.rejected", "weights", "adaptations");

  /** Figures of which any that is not 0 is a fault. */
  private static final List<String> MUST_BE_ZERO =
      List.of(
          "lost",
          "duplicated",
          "outOfOrder",
          "neverPublished",
          "rejected",
          "weightsTwice",
          "versionsBackUndecided");

  private static final Arrivals NONE = new Arrivals();

  private final KafkaConsumer<String, byte[]> consumer;
  private final RegistryReader reader;
  private final Map<String, Map<String, Arrivals>> byTopic = new TreeMap<>();
  private final Map<String, Long> versionInUse = new TreeMap<>();
  private final Set<String> weights = new HashSet<>();
  private long rejected;
  private long weightsTwice;
  private long versionsBack;
  private long rolledBack;

  DeliveryLedger(String bootstrapServers, String registryUrl) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "earliest");
    properties.put("enable.auto.commit", "false");
    consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    reader = new RegistryReader(registryUrl);
    List<String> topics = new ArrayList<>(OTHERS);
    topics.addAll(SEQUENCES.keySet());
    topics.forEach(topic -> byTopic.put(topic, new TreeMap<>()));
    List<TopicPartition> partitions =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads what has been committed since the last call, for about as long as told. */
  void read(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    do {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        take(record);
      }
    } while (System.nanoTime() < end);
  }

  /**
   * Reads until a topic has grown.
   *
   * @throws IllegalStateException if it has not within a time
   */
  void awaitGrowth(String topic, long records, Duration limit) {
    long wanted = count(topic) + records;
    long end = System.nanoTime() + limit.toNanos();
    while (count(topic) < wanted) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "%s: expected %d records within %s, found %d"
                .formatted(topic, wanted, limit, count(topic)));
      }
      read(Duration.ofMillis(200));
    }
  }

  /**
   * Reads until a topic holds, of every environment, more than what was published of it when this
   * was called.
   *
   * @throws IllegalStateException if it does not within a time
   */
  void awaitAllEnvironments(String topic, Duration limit) {
    Map<String, Long> published = new TreeMap<>();
    byTopic.get("frames").forEach((id, frames) -> published.put(id, frames.records()));
    long end = System.nanoTime() + limit.toNanos();
    while (!behind(topic, published).isEmpty()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "%s: expected all environments to go on within %s, found that these do not: %s"
                .formatted(topic, limit, behind(topic, published)));
      }
      read(Duration.ofMillis(100));
    }
  }

  private List<String> behind(String topic, Map<String, Long> published) {
    return published.keySet().stream()
        .filter(id -> byTopic.get(topic).getOrDefault(id, NONE).records() <= published.get(id))
        .toList();
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    if (record.topic().equals("frames.rejected")) {
      rejected++;
      return;
    }
    GenericRecord value = reader.read(record.value());
    if (record.topic().equals("weights")) {
      if (!weights.add(record.key() + " v" + value.get("weightsVersion"))) {
        weightsTwice++;
      }
      return;
    }
    if (record.topic().equals("adaptations")) {
      rolledBack += value.get("decision").toString().equals("ROLLED_BACK") ? 1 : 0;
      return;
    }
    String field = SEQUENCES.getOrDefault(record.topic(), "sequence");
    byTopic
        .get(record.topic())
        .computeIfAbsent(record.key(), id -> new Arrivals())
        .add((Long) value.get(field));
    if (record.topic().equals("forecasts")) {
      long version = (Long) value.get("weightsVersion");
      Long before = versionInUse.put(record.key(), version);
      if (before != null && before > version) {
        versionsBack++;
      }
    }
  }

  /** How many records a topic holds. */
  long count(String topic) {
    return byTopic.get(topic).values().stream().mapToLong(Arrivals::records).sum();
  }

  /**
   * Reads until everything that was published is complete and for a while after, or a time is up.
   */
  void readToEnd(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    do {
      read(Duration.ofSeconds(2));
    } while (!complete() && System.nanoTime() < deadline);
    // What comes after the last expected score would be a duplicate.
    read(Duration.ofSeconds(5));
  }

  /**
   * Whether every published frame, or its rejection, has come through to the end of each way. A
   * frame is scored without a forecast that comes too late, so scores alone do not tell.
   */
  private boolean complete() {
    return count("frames") > 0
        && SEQUENCES.keySet().stream()
            .allMatch(topic -> count(topic) + rejected >= count("frames"));
  }

  /** What is wrong, by name, and how much there was of everything. */
  Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>(faults());
    figures.put("frames", (double) count("frames"));
    figures.put("forecasts", (double) count("forecasts"));
    figures.put("scores", (double) count("scores"));
    figures.put("weightsPublished", (double) weights.size());
    // Experts that were undone after a swap, as their decisions say.
    figures.put("rolledBack", (double) rolledBack);
    return figures;
  }

  /** Prints figures, and whether they say that nothing is wrong, which is also what it returns. */
  static boolean judge(Map<String, Double> figures) {
    figures.forEach((name, number) -> System.out.printf("%-32s %s%n", name, text(number)));
    boolean right =
        figures.get("frames") > 0 && MUST_BE_ZERO.stream().allMatch(name -> figures.get(name) == 0);
    System.out.println(right ? "NOTHING LOST, NOTHING TWICE, ALL IN ORDER" : "SOMETHING IS WRONG");
    return right;
  }

  private static String text(double number) {
    return number == Math.rint(number) ? "%.0f".formatted(number) : "%.3f".formatted(number);
  }

  /** What is wrong, by name: every number is 0 if nothing is. */
  private Map<String, Double> faults() {
    Map<String, Double> faults = new LinkedHashMap<>();
    double lost = 0;
    double duplicated = 0;
    double outOfOrder = 0;
    double unknown = 0;
    for (String topic : SEQUENCES.keySet()) {
      Map<String, Arrivals> arrived = byTopic.get(topic);
      for (Map.Entry<String, Arrivals> published : byTopic.get("frames").entrySet()) {
        Arrivals found = arrived.getOrDefault(published.getKey(), NONE);
        lost += published.getValue().without(found);
        unknown += found.without(published.getValue());
        duplicated += found.duplicated();
        outOfOrder += found.outOfOrder();
      }
      Set<String> strangers = new HashSet<>(arrived.keySet());
      strangers.removeAll(byTopic.get("frames").keySet());
      unknown += strangers.size();
    }
    faults.put("lost", lost);
    faults.put("duplicated", duplicated);
    faults.put("outOfOrder", outOfOrder);
    faults.put("neverPublished", unknown);
    faults.put("rejected", (double) rejected);
    faults.put("weightsTwice", (double) weightsTwice);
    // An expert that was undone after a swap makes forecasts go back; nothing else may.
    faults.put("versionsBackUndecided", Math.max(0.0, versionsBack - rolledBack));
    return faults;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
