package io.dynadiff.tests.endtoend;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Counts every frame through to admitted or rejected, forecast and score, in the committed view.
 *
 * <p>Shares no code with the application: topic names, headers and fields are spelled out here, so
 * that a mistake on one side cannot hide on the other.
 */
public final class IndependentVerifier implements AutoCloseable {

  private static final List<String> TOPICS =
      List.of(
          "frames",
          "frames.admitted",
          "frames.rejected",
          "weights",
          "forecasts",
          "scores",
          "adaptations");

  private final KafkaConsumer<String, byte[]> consumer;
  private final RegistryReader reader;
  private final Map<String, Environment> environments = new TreeMap<>();

  /** Begins with the first record of every topic. */
  public IndependentVerifier(String bootstrapServers, String registryUrl) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "earliest");
    properties.put("enable.auto.commit", "false");
    consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    reader = new RegistryReader(registryUrl);
    List<TopicPartition> partitions =
        TOPICS.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** What the topics hold about one environment, in the order of each topic. */
  static final class Environment {
    long published;
    final List<Long> admitted = new ArrayList<>();
    final List<String> rejected = new ArrayList<>();
    final List<byte[]> rejectedBytes = new ArrayList<>();
    final List<Long> forecasts = new ArrayList<>();
    final List<Long> forecastVersions = new ArrayList<>();
    final List<Long> scores = new ArrayList<>();
    final List<Integer> leadsScored = new ArrayList<>();
    final TreeSet<Long> weights = new TreeSet<>();
    final List<String> decisions = new ArrayList<>();
    byte[] lastFrame;
    byte[] lastFrameBeforeSpoiling;
  }

  /** Reads what has come since the last call. */
  public void poll() {
    for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
      Environment environment = environments.computeIfAbsent(record.key(), id -> new Environment());
      if (record.topic().equals("frames")) {
        environment.published++;
        environment.lastFrame = record.value();
        continue;
      }
      if (record.topic().equals("frames.rejected")) {
        environment.rejected.add(
            new String(
                record.headers().lastHeader("dynadiff.reason").value(), StandardCharsets.UTF_8));
        environment.rejectedBytes.add(record.value());
        continue;
      }
      GenericRecord value = reader.read(record.value());
      if (!record.key().equals(value.get("environmentId").toString())) {
        throw new AssertionError("key %s on a record of %s".formatted(record.key(), value));
      }
      switch (record.topic()) {
        case "frames.admitted" -> environment.admitted.add((Long) value.get("sequence"));
        case "forecasts" -> {
          environment.forecasts.add((Long) value.get("issueSequence"));
          environment.forecastVersions.add((Long) value.get("weightsVersion"));
        }
        case "scores" -> {
          environment.scores.add((Long) value.get("sequence"));
          environment.leadsScored.add(((List<?>) value.get("leads")).size());
        }
        case "weights" -> environment.weights.add((Long) value.get("weightsVersion"));
        default -> environment.decisions.add(value.get("decision").toString());
      }
    }
  }

  /** Versions of weights that were published for an environment. */
  public Set<Long> weights(String id) {
    return environment(id).weights;
  }

  Environment environment(String id) {
    return environments.computeIfAbsent(id, name -> new Environment());
  }

  /** Returns what is wrong, given how many good frames each environment was sent. */
  public List<String> objections(Map<String, Long> sent, Map<String, List<String>> malformed) {
    List<String> objections = new ArrayList<>();
    if (!environments.keySet().equals(sent.keySet())) {
      objections.add("environments " + environments.keySet() + ", sent " + sent.keySet());
    }
    sent.forEach(
        (id, count) -> {
          Environment found = environment(id);
          List<Long> each = LongStream.range(0, count).boxed().collect(Collectors.toList());
          List<String> reasons = malformed.getOrDefault(id, List.of());
          compare(objections, id, "published", found.published, count + reasons.size());
          compare(objections, id, "rejected", found.rejected, reasons);
          compare(objections, id, "admitted", found.admitted, each);
          compare(objections, id, "forecasts", found.forecasts, each);
          compare(objections, id, "scores", found.scores, each);
          long version = -1;
          for (long next : found.forecastVersions) {
            if (next < version) {
              objections.add(id + ": forecasts went back from version " + version);
            }
            version = next;
            if (next > 0 && !found.weights.contains(next)) {
              objections.add(id + ": version " + next + " never came over the weights topic");
            }
          }
        });
    return objections;
  }

  private static void compare(
      List<String> objections, String id, String what, Object found, Object expected) {
    if (!found.equals(expected)) {
      objections.add("%s: %s %s, expected %s".formatted(id, what, found, expected));
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
