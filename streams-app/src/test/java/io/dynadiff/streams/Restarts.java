package io.dynadiff.streams;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Lets processors die and their stores live on. */
public final class Restarts {

  private final List<KeyValueStore<Bytes, byte[]>> stores = new ArrayList<>();

  public Restarts(String... storeNames) {
    MockProcessorContext<Object, Object> context = new MockProcessorContext<>(properties());
    for (String name : storeNames) {
      KeyValueStore<Bytes, byte[]> store =
          Stores.keyValueStoreBuilder(
                  Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
              .withLoggingDisabled()
              .build();
      store.init(context.getStateStoreContext(), store);
      stores.add(store);
    }
  }

  /**
   * One life of a processor.
   *
   * @param <K> key that comes in
   * @param <I> value that comes in
   * @param <O> value that goes out
   */
  public final class Life<K, I, O> {

    private final MockProcessorContext<Object, O> context =
        new MockProcessorContext<>(properties());
    private final Processor<K, I, ?, O> processor;

    @SuppressWarnings("unchecked")
    private Life(Processor<K, I, ?, O> processor, long now) {
      this.processor = processor;
      stores.forEach(context::addStateStore);
      context.setCurrentSystemTimeMs(now);
      ((Processor<K, I, Object, O>) processor).init(context);
    }

    public void process(K key, I value, long timestamp) {
      processor.process(new Record<>(key, value, timestamp));
    }

    public void punctuate(long now) {
      context.setCurrentSystemTimeMs(now);
      context.scheduledPunctuators().forEach(p -> p.getPunctuator().punctuate(now));
    }

    /** What was sent to a child, or to all where it is null. */
    public <T> List<T> sent(String child, Class<T> type) {
      return context.forwarded().stream()
          .filter(f -> child == null || f.childName().filter(child::equals).isPresent())
          .map(CapturedForward::record)
          .map(Record::value)
          .map(type::cast)
          .toList();
    }
  }

  /** Starts a processor on what the one before has left. */
  public <K, I, O> Life<K, I, O> begin(Processor<K, I, ?, O> processor, long now) {
    return new Life<>(processor, now);
  }

  private static Properties properties() {
    Properties properties = new Properties();
    properties.put("application.id", "test");
    properties.put("bootstrap.servers", "none:1");
    return properties;
  }
}
