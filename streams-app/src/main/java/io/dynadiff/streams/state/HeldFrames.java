package io.dynadiff.streams.state;

import io.dynadiff.schemas.avro.FieldFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Frames in a state store, by environment and a number (a sequence or an ordinal). Confined to the
 * stream thread of its processor.
 */
public final class HeldFrames {

  private final RecordStore<HeldFrame> store;
  private final AvroBytes<FieldFrame> frames = new AvroBytes<>(FieldFrame.class);

  private HeldFrames(RecordStore<HeldFrame> store) {
    this.store = store;
  }

  /**
   * A frame with its times in milliseconds since the epoch: record timestamp, and the wall-clock
   * time it was stored at.
   */
  public record Held(FieldFrame frame, long ingestedAt, long heldAt) {}

  /** Opens a store that {@link RecordStore#declare} declared. */
  public static HeldFrames open(ProcessorContext<?, ?> context, String storeName) {
    return new HeldFrames(RecordStore.open(context, storeName, HeldFrame.class));
  }

  public void put(String environmentId, long number, Held held) {
    store.put(
        StoreKey.of(environmentId, number),
        new HeldFrame(
            held.ingestedAt(), held.heldAt(), ByteBuffer.wrap(frames.write(held.frame()))));
  }

  public Optional<Held> get(String environmentId, long number) {
    return number < 0
        ? Optional.empty()
        : Optional.ofNullable(store.get(StoreKey.of(environmentId, number))).map(this::open);
  }

  /** The stored frames numbered from..to, both included, in order. */
  public List<Held> range(String environmentId, long from, long to) {
    List<Held> held = new ArrayList<>();
    store.forEach(
        StoreKey.of(environmentId, Math.max(0, from)),
        StoreKey.of(environmentId, to),
        (key, value) -> held.add(open(value)));
    return held;
  }

  /** The frame with the lowest number in from..to. */
  public Optional<Held> lowest(String environmentId, long from, long to) {
    return store
        .lowest(StoreKey.of(environmentId, from), StoreKey.of(environmentId, to))
        .map(this::open);
  }

  /** The frame with the highest number in from..to. */
  public Optional<Held> highest(String environmentId, long from, long to) {
    return store
        .highest(StoreKey.of(environmentId, from), StoreKey.of(environmentId, to))
        .map(this::open);
  }

  /** Deletes a frame if there is one; numbers below 0 are never stored. */
  public void delete(String environmentId, long number) {
    if (number >= 0) {
      store.delete(StoreKey.of(environmentId, number));
    }
  }

  /** Deletes every frame of an environment. */
  public void deleteAll(String environmentId) {
    store.deleteRange(StoreKey.of(environmentId, 0), StoreKey.of(environmentId, Long.MAX_VALUE));
  }

  private Held open(KeyValue<?, HeldFrame> entry) {
    return open(entry.value);
  }

  private Held open(HeldFrame value) {
    return new Held(frames.read(value.getFrame()), value.getIngestedAt(), value.getHeldAt());
  }
}
