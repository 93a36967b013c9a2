package io.dynadiff.streams.generate;

import io.dynadiff.schemas.avro.PromptRequest;
import io.dynadiff.schemas.avro.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Requests that wait to be answered together: of each environment the newest whole, of the others
 * only who asked. So a generator that has fallen behind reads far ahead in bounded memory and
 * generates once for each environment. Confined to one thread.
 */
final class Backlog {

  /** Records per environment that are read ahead at most. */
  private static final int READ_AHEAD = 64;

  private final int environmentLimit;
  private final long byteLimit;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, Entry> newest = new HashMap<>();
  private long bytes;

  /** A record of the requests' topic; its request is null where it holds none. */
  private static final class Entry {
    private final TopicPartition partition;
    private final long offset;
    private PromptRequest request;
    private long size;

    private Entry(TopicPartition partition, long offset, PromptRequest request, long size) {
      this.partition = partition;
      this.offset = offset;
      this.request = request;
      this.size = size;
    }
  }

  /**
   * @param environmentLimit environments after which it is full
   * @param byteLimit size of the requests after which it is full
   */
  Backlog(int environmentLimit, long byteLimit) {
    this.environmentLimit = environmentLimit;
    this.byteLimit = byteLimit;
  }

  /** Whether it takes no more; an empty one takes any request. */
  boolean full() {
    return newest.size() >= environmentLimit
        || bytes >= byteLimit
        || entries.size() >= (long) environmentLimit * READ_AHEAD;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /**
   * Takes a record in.
   *
   * @param request what it holds, or null for nothing that can be answered
   * @param size its bytes
   */
  void add(TopicPartition partition, long offset, PromptRequest request, long size) {
    Entry entry = new Entry(partition, offset, request, request == null ? 0 : size);
    entries.add(entry);
    if (request == null) {
      return;
    }
    bytes += size;
    Entry other = newest.get(request.getEnvironmentId());
    if (other == null) {
      newest.put(request.getEnvironmentId(), entry);
    } else if (request.getWeightsVersion() > other.request.getWeightsVersion()) {
      newest.put(request.getEnvironmentId(), entry);
      strip(other);
    } else {
      strip(entry);
    }
  }

  private void strip(Entry superseded) {
    Tensor none = new Tensor(superseded.request.getWindow().getDtype(), List.of(), empty());
    PromptRequest who = PromptRequest.newBuilder(superseded.request).build();
    who.setWindow(none);
    who.setStatistics(none);
    who.setSpectra(none);
    superseded.request = who;
    bytes -= superseded.size;
    superseded.size = 0;
  }

  private static ByteBuffer empty() {
    return ByteBuffer.allocate(0);
  }

  /** Forgets the records of partitions that others answer from now on. */
  void forget(Collection<TopicPartition> partitions) {
    entries.removeIf(entry -> partitions.contains(entry.partition));
    // All requests of an environment are in one partition.
    newest.values().removeIf(entry -> partitions.contains(entry.partition));
    bytes = entries.stream().mapToLong(entry -> entry.size).sum();
  }

  /** The requests in the order they came, superseded ones without window and features. */
  List<PromptRequest> requests() {
    return entries.stream().map(entry -> entry.request).filter(Objects::nonNull).toList();
  }

  /** Where each partition goes on after these records. */
  Map<TopicPartition, OffsetAndMetadata> consumed() {
    Map<TopicPartition, OffsetAndMetadata> consumed = new HashMap<>();
    for (Entry entry : entries) {
      consumed.put(entry.partition, new OffsetAndMetadata(entry.offset + 1));
    }
    return consumed;
  }

  void clear() {
    entries.clear();
    newest.clear();
    bytes = 0;
  }
}
