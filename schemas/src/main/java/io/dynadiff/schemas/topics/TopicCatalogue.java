package io.dynadiff.schemas.topics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the topics of one installation are laid out.
 *
 * @param partitions of every topic but bundles, at least 1; equal because the topics are joined
 *     partition by partition
 * @param replicationFactor of every topic, at least 1
 * @param prefix put before every topic's name; may be empty
 */
public record TopicCatalogue(int partitions, short replicationFactor, String prefix) {

  private static final Logger LOG = LoggerFactory.getLogger(TopicCatalogue.class);
  private static final long ADMIN_TIMEOUT_S = 60;
  private static final long VISIBILITY_TIMEOUT_S = 30;

  /** Room in a request for what surrounds the largest record. */
  private static final int REQUEST_OVERHEAD_BYTES = 64 << 10;

  public TopicCatalogue {
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "partitions is %d, expected at least 1.".formatted(partitions));
    }
    if (replicationFactor < 1) {
      throw new IllegalArgumentException(
          "replicationFactor is %d, expected at least 1.".formatted(replicationFactor));
    }
    if (!prefix.matches("[a-zA-Z0-9._-]{0,100}")) {
      throw new IllegalArgumentException(
          "Topic prefix '%s' may hold up to 100 letters, digits, dots, underscores and hyphens."
              .formatted(prefix));
    }
  }

  /**
   * Returns the layout of a single broker: topics with these partitions, one replica, no prefix.
   */
  public static TopicCatalogue singleBroker(int partitions) {
    return new TopicCatalogue(partitions, (short) 1, "");
  }

  /** Returns the topic's full name. */
  public String name(Topic topic) {
    return prefix + topic.topicName();
  }

  /** Returns the number of partitions of a topic. */
  public int partitions(Topic topic) {
    return topic == Topic.BUNDLES ? 1 : partitions;
  }

  /**
   * Creates the topics that are missing and checks those that exist. Blocks until done; may be
   * called by several processes at once.
   *
   * @throws TopicContradiction if an existing topic, or a readable limit of a broker, contradicts
   *     the catalogue; nothing is changed in what exists
   * @throws KafkaException if the cluster does not answer
   */
  public void ensure(Admin admin) {
    Set<String> existing = existing(admin);
    List<NewTopic> missing =
        Arrays.stream(Topic.values())
            .filter(topic -> !existing.contains(name(topic)))
            .map(
                topic ->
                    new NewTopic(name(topic), partitions(topic), replicationFactor)
                        .configs(topic.configuration(replicationFactor)))
            .toList();
    admin.createTopics(missing).values().forEach((name, created) -> awaitCreated(name, created));

    List<TopicDifference> differences =
        new ArrayList<>(differencesOfTopics(admin, List.of(Topic.values())));
    differences.addAll(differencesOfBrokers(admin));
    if (!differences.isEmpty()) {
      throw new TopicContradiction(differences.stream().map(TopicDifference::sentence).toList());
    }
  }

  /**
   * Returns in what a cluster differs from the catalogue, topics that are missing among it; nothing
   * is changed.
   *
   * @throws KafkaException if the cluster does not answer
   */
  public List<TopicDifference> differences(Admin admin) {
    Set<String> existing = existing(admin);
    List<TopicDifference> differences = new ArrayList<>();
    List<Topic> present = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      if (existing.contains(name(topic))) {
        present.add(topic);
      } else {
        differences.add(TopicDifference.missing(name(topic), partitions(topic)));
      }
    }
    differences.addAll(differencesOfTopics(admin, present));
    differences.addAll(differencesOfBrokers(admin));
    return differences;
  }

  /**
   * Returns the full names of the topics of a cluster, as far as they may be seen.
   *
   * @throws KafkaException if the cluster does not answer
   */
  public static Set<String> existing(Admin admin) {
    return await(admin.listTopics().names().toCompletionStage());
  }

  private List<TopicDifference> differencesOfTopics(Admin admin, List<Topic> topics) {
    List<String> names = topics.stream().map(this::name).toList();
    Map<String, TopicDescription> descriptions =
        awaitVisible(() -> admin.describeTopics(names).allTopicNames());
    Map<ConfigResource, Config> configs =
        awaitVisible(
            () -> admin.describeConfigs(names.stream().map(n -> resource(n)).toList()).all());
    return topics.stream()
        .flatMap(
            topic ->
                differences(
                    topic, descriptions.get(name(topic)), configs.get(resource(name(topic))))
                    .stream())
        .toList();
  }

  /** A topic that was just created is not known to every broker at once. */
  private static <T> T awaitVisible(Supplier<KafkaFuture<T>> request) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(VISIBILITY_TIMEOUT_S);
    while (true) {
      try {
        return await(request.get().toCompletionStage());
      } catch (UnknownTopicOrPartitionException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
    }
  }

  private List<TopicDifference> differences(Topic topic, TopicDescription found, Config config) {
    List<TopicDifference> differences = new ArrayList<>();
    String name = name(topic);
    int foundPartitions = found.partitions().size();
    if (foundPartitions != partitions(topic)) {
      differences.add(TopicDifference.partitions(name, foundPartitions, partitions(topic)));
    }
    int replicas = found.partitions().stream().mapToInt(p -> p.replicas().size()).min().orElse(0);
    if (replicas < replicationFactor) {
      differences.add(TopicDifference.replicas(name, replicas, replicationFactor));
    }
    String policy = config.get("cleanup.policy").value();
    String expectedPolicy = topic.configuration(replicationFactor).get("cleanup.policy");
    if (!policy.equals(expectedPolicy)) {
      differences.add(TopicDifference.configured(name, "cleanup.policy", policy, expectedPolicy));
    }
    long maxMessageBytes = Long.parseLong(config.get("max.message.bytes").value());
    if (maxMessageBytes < topic.maxMessageBytes()) {
      differences.add(
          TopicDifference.tooSmall(
              name, "max.message.bytes", maxMessageBytes, topic.maxMessageBytes()));
    }
    topic
        .retention()
        .ifPresent(
            retention -> {
              long retentionMs = Long.parseLong(config.get("retention.ms").value());
              if (retentionMs >= 0 && retentionMs < retention.toMillis()) {
                differences.add(
                    TopicDifference.tooSmall(
                        name, "retention.ms", retentionMs, retention.toMillis()));
              }
            });
    return differences;
  }

  /** A broker refuses requests above its socket limit whatever the topic allows. */
  private static List<TopicDifference> differencesOfBrokers(Admin admin) {
    long needed = (long) Topic.LARGEST_RECORD_BYTES + REQUEST_OVERHEAD_BYTES;
    Map<String, String> limits = new TreeMap<>();
    try {
      List<ConfigResource> brokers =
          await(admin.describeCluster().nodes().toCompletionStage()).stream()
              .map(Node::idString)
              .map(id -> new ConfigResource(ConfigResource.Type.BROKER, id))
              .collect(Collectors.toList());
      await(admin.describeConfigs(brokers).all().toCompletionStage())
          .forEach(
              (broker, config) -> {
                ConfigEntry limit = config.get("socket.request.max.bytes");
                if (limit != null && limit.value() != null) {
                  limits.put(broker.name(), limit.value());
                }
              });
    } catch (AuthorizationException e) {
      LOG.info("May not read the brokers' configuration; their limits go unchecked", e);
    }
    return limits.entrySet().stream()
        .filter(limit -> Long.parseLong(limit.getValue()) < needed)
        .map(
            limit ->
                TopicDifference.broker(
                    limit.getKey(), "socket.request.max.bytes", limit.getValue(), needed))
        .toList();
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private static void awaitCreated(String name, KafkaFuture<Void> created) {
    try {
      await(created.toCompletionStage());
      LOG.info("Created topic {}", name);
    } catch (TopicExistsException e) {
      LOG.debug("Another process created topic {} first", name);
    }
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(ADMIN_TIMEOUT_S, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException failure) {
        throw failure;
      }
      throw new KafkaException("An admin request failed", e.getCause());
    } catch (TimeoutException e) {
      throw new KafkaException(
          "The cluster did not answer an admin request within %d s".formatted(ADMIN_TIMEOUT_S), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Interrupted while waiting for an admin request", e);
    }
  }
}
