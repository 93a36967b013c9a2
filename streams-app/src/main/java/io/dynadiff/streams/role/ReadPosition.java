package io.dynadiff.streams.role;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far a consumer group has come in its topics. */
public final class ReadPosition {

  private static final Logger LOG = LoggerFactory.getLogger(ReadPosition.class);
  private static final long TIMEOUT_SECONDS = 10;

  private final String group;
  private final List<String> topics;

  ReadPosition(String group, List<String> topics) {
    this.group = group;
    this.topics = List.copyOf(topics);
  }

  /** Whether the group has committed everything that is committed in the topics. */
  boolean atEnd(Admin admin) {
    try {
      Map<String, TopicDescription> descriptions =
          admin.describeTopics(topics).allTopicNames().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      Map<TopicPartition, Long> read =
          descriptions.values().stream()
              .flatMap(
                  topic ->
                      topic.partitions().stream()
                          .map(info -> new TopicPartition(topic.name(), info.partition())))
              .collect(Collectors.toMap(p -> p, p -> offset(committed.get(p))));
      return atEnd(admin, group, read);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("position of {} is not known", group, e);
      return false;
    }
  }

  /** Whether a reader has come to the end of what is committed in its partitions. */
  public static boolean atEnd(Admin admin, String reader, Map<TopicPartition, Long> read) {
    try {
      var ends =
          admin
              .listOffsets(
                  read.keySet().stream()
                      .collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())),
                  new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
              .all()
              .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      List<String> behind =
          read.entrySet().stream()
              .filter(entry -> entry.getValue() < ends.get(entry.getKey()).offset())
              .map(entry -> entry + " of " + ends.get(entry.getKey()).offset())
              .toList();
      LOG.debug("{} is behind in {}", reader, behind);
      return behind.isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("end of what {} reads is not known", reader, e);
      return false;
    }
  }

  private static long offset(OffsetAndMetadata committed) {
    return committed == null ? 0 : committed.offset();
  }
}
