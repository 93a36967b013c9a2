package io.dynadiff.streams.weights;

import io.dynadiff.schemas.avro.EnsembleMember;
import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.streams.systems.ServedSystems;
import io.dynadiff.streams.wire.RegistryOutage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sorts the records of the weights topic: the newest valid weights of each environment, and why
 * others are refused. One thread offers records, any thread reads.
 *
 * <p>Weights do not go through a state store of the topology: every version would be copied to disk
 * and to a changelog. The topic itself is compacted and read anew at each start.
 */
public final class WeightsInbox implements IncomingExperts {

  private static final Logger LOG = LoggerFactory.getLogger(WeightsInbox.class);
  private static final int REMEMBERED_REFUSALS = 16;

  private final Deserializer<ExpertWeights> deserializer;
  private final WeightsValidation validation;
  private final Map<String, Challenger> newest = new ConcurrentHashMap<>();
  private final Map<String, Deque<Refusal>> refusals = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();

  /**
   * Makes an empty inbox.
   *
   * @param deserializer reads record values; belongs to the thread that offers records
   */
  public WeightsInbox(Deserializer<ExpertWeights> deserializer, ServedSystems systems) {
    this.deserializer = deserializer;
    this.validation = new WeightsValidation(systems);
  }

  /**
   * Takes a record in.
   *
   * @throws SerializationException if the registry does not answer; offer the record again later
   */
  public void offer(ConsumerRecord<String, byte[]> record) {
    String key = record.key();
    if (key == null || record.value() == null) {
      // A tombstone says that nothing is offered any more; what was accepted stays in use.
      if (key != null) {
        newest.remove(key);
      }
      return;
    }
    ExpertWeights weights;
    try {
      weights = deserializer.deserialize(record.topic(), record.headers(), record.value());
    } catch (SerializationException e) {
      if (RegistryOutage.caused(e)) {
        throw e;
      }
      refuse(key, record, null, "expected an ExpertWeights record, found " + e.getMessage());
      return;
    }
    Challenger held = newest.get(key);
    long version = weights.getWeightsVersion();
    if (held != null
        && held.version() == version
        && held.weightsIds().equals(WeightsId.claimed(weights))
        && held.weightsIds().equals(WeightsId.computed(weights))) {
      return;
    }
    Optional<String> objection =
        validation.objection(key, weights, held == null ? 0 : held.version());
    if (objection.isPresent()) {
      refuse(key, record, version, objection.get());
      return;
    }
    newest.put(
        key,
        new Challenger(
            weights.getRunId(),
            weights.getSystem(),
            weights.getBundleId(),
            version,
            WeightsId.claimed(weights),
            Stream.concat(
                    Stream.of(weights.getWeights()),
                    weights.getMembers().stream().map(EnsembleMember::getWeights))
                .map(TensorCodec::decode)
                .toList(),
            weights.getWindowScore(),
            weights.getWindowCompletedAt().toEpochMilli(),
            System.currentTimeMillis()));
    changes.incrementAndGet();
  }

  private void refuse(
      String key, ConsumerRecord<String, byte[]> record, Long version, String reason) {
    LOG.warn(
        "{}-{}@{}: weights of {} refused: {}",
        record.topic(),
        record.partition(),
        record.offset(),
        key,
        reason);
    Deque<Refusal> known = refusals.computeIfAbsent(key, k -> new ArrayDeque<>());
    synchronized (known) {
      known.addLast(new Refusal(record.offset(), version, reason));
      if (known.size() > REMEMBERED_REFUSALS) {
        known.removeFirst();
      }
    }
    changes.incrementAndGet();
  }

  @Override
  public long changes() {
    return changes.get();
  }

  @Override
  public Optional<Challenger> newest(String environmentId) {
    return Optional.ofNullable(newest.get(environmentId));
  }

  @Override
  public List<Refusal> refusals(String environmentId) {
    Deque<Refusal> known = refusals.get(environmentId);
    if (known == null) {
      return List.of();
    }
    synchronized (known) {
      return List.copyOf(known);
    }
  }
}
