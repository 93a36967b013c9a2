package io.dynadiff.streams.state;

import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * A persistent, changelogged store of Avro records under {@link StoreKey}s. Confined to the stream
 * thread of its processor.
 *
 * @param <T> the record type
 */
public final class RecordStore<T extends SpecificRecord> {

  private final KeyValueStore<Bytes, byte[]> store;
  private final AvroBytes<T> codec;

  private RecordStore(KeyValueStore<Bytes, byte[]> store, Class<T> type) {
    this.store = store;
    this.codec = new AvroBytes<>(type);
  }

  /** Declares a store of this kind for a topology. */
  public static StoreBuilder<KeyValueStore<Bytes, byte[]>> declare(String name) {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
  }

  /** Opens the store that was declared under a name and connected to the calling processor. */
  public static <T extends SpecificRecord> RecordStore<T> open(
      ProcessorContext<?, ?> context, String name, Class<T> type) {
    return new RecordStore<>(context.getStateStore(name), type);
  }

  /** Reads an entry, or returns null. */
  public T get(Bytes key) {
    byte[] bytes = store.get(key);
    return bytes == null ? null : codec.read(bytes);
  }

  public void put(Bytes key, T value) {
    store.put(key, codec.write(value));
  }

  public void delete(Bytes key) {
    store.delete(key);
  }

  /** Deletes every entry with from &lt;= key &lt;= to. */
  public void deleteRange(Bytes from, Bytes to) {
    visit(from, to, (key, value) -> store.delete(key));
  }

  /** Lowest entry with from &lt;= key &lt;= to. */
  public Optional<KeyValue<Bytes, T>> lowest(Bytes from, Bytes to) {
    try (KeyValueIterator<Bytes, byte[]> range = store.range(from, to)) {
      return first(range);
    }
  }

  /** Highest entry with from &lt;= key &lt;= to. */
  public Optional<KeyValue<Bytes, T>> highest(Bytes from, Bytes to) {
    try (KeyValueIterator<Bytes, byte[]> range = store.reverseRange(from, to)) {
      return first(range);
    }
  }

  /** Visits every entry with from &lt;= key &lt;= to in rising order. */
  public void forEach(Bytes from, Bytes to, Visitor<T> visitor) {
    visit(from, to, (key, value) -> visitor.visit(key, codec.read(value)));
  }

  /** The same, deleting each entry that was visited. */
  public void takeRange(Bytes from, Bytes to, Visitor<T> visitor) {
    visit(
        from,
        to,
        (key, value) -> {
          visitor.visit(key, codec.read(value));
          store.delete(key);
        });
  }

  /** Visits every entry of this task; meant for rebuilding caches at start. */
  public void forEach(Visitor<T> visitor) {
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> entry = all.next();
        visitor.visit(entry.key, codec.read(entry.value));
      }
    }
  }

  private Optional<KeyValue<Bytes, T>> first(KeyValueIterator<Bytes, byte[]> range) {
    if (!range.hasNext()) {
      return Optional.empty();
    }
    KeyValue<Bytes, byte[]> entry = range.next();
    return Optional.of(KeyValue.pair(entry.key, codec.read(entry.value)));
  }

  private void visit(Bytes from, Bytes to, Visitor<byte[]> visitor) {
    try (KeyValueIterator<Bytes, byte[]> range = store.range(from, to)) {
      while (range.hasNext()) {
        KeyValue<Bytes, byte[]> entry = range.next();
        visitor.visit(entry.key, entry.value);
      }
    }
  }

  /** Sees one entry of a store. */
  @FunctionalInterface
  public interface Visitor<T> {
    void visit(Bytes key, T value);
  }
}
