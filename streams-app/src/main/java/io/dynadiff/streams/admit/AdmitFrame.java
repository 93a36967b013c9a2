package io.dynadiff.streams.admit;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.streams.decision.Decisions;
import io.dynadiff.streams.metrics.FlowMetrics;
import io.dynadiff.streams.state.HeldFrames;
import io.dynadiff.streams.state.HeldFrames.Held;
import io.dynadiff.streams.state.OrderState;
import io.dynadiff.streams.state.RecordStore;
import io.dynadiff.streams.state.StoreKey;
import io.dynadiff.streams.systems.ServedSystems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * First stop of a frame: every record of the frames topic ends here as admitted, in order and once,
 * or as rejected with its reason. The one exception, a registry that does not answer, stops the
 * task instead of guessing.
 */
public final class AdmitFrame implements Processor<byte[], byte[], Object, Object> {

  private static final Logger LOG = LoggerFactory.getLogger(AdmitFrame.class);
  private static final Duration EXPIRY_CHECK = Duration.ofMillis(250);
  private static final int LONGEST_DETAIL = 1000;

  /** A key that is no environment's id by far is not kept with a record that is too large. */
  private static final int LONGEST_KEY = 64 << 10;

  /** Where the processor sends what it decides: names of its children in the topology. */
  public record Exits(String admitted, String window, String rejected, String adaptations) {}

  private final Supplier<SchemaRegistryClient> registry;
  private final FrameRules rules;
  private final EnvironmentOrder order;
  private final String orderStore;
  private final String waitingStore;
  private final Exits exits;

  private ProcessorContext<Object, Object> context;
  private SchemaRegistryClient client;
  private FrameDecoder decoder;
  private RecordStore<OrderState> states;
  private HeldFrames held;

  /** Environments with waiting frames; only a shortcut to what the store says. */
  private final Set<String> blocked = new LinkedHashSet<>();

  /** Systems whose feeds were warned of: one line each is enough. */
  private final Set<String> warned = new LinkedHashSet<>();

  public AdmitFrame(
      Supplier<SchemaRegistryClient> registry,
      ServedSystems systems,
      EnvironmentOrder order,
      String orderStore,
      String waitingStore,
      Exits exits) {
    this.registry = registry;
    this.rules = new FrameRules(systems);
    this.order = order;
    this.orderStore = orderStore;
    this.waitingStore = waitingStore;
    this.exits = exits;
  }

  @Override
  public void init(ProcessorContext<Object, Object> processorContext) {
    context = processorContext;
    // A task that is revived after an aborted transaction begins again with the same processor.
    blocked.clear();
    client = registry.get();
    decoder = new FrameDecoder(client);
    states = RecordStore.open(context, orderStore, OrderState.class);
    held = HeldFrames.open(context, waitingStore);
    states.forEach(
        (key, state) -> {
          if (state.getWaiting() > 0) {
            blocked.add(StoreKey.environment(key));
          }
        });
    context.schedule(EXPIRY_CHECK, PunctuationType.WALL_CLOCK_TIME, this::expire);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    FieldFrame frame;
    try {
      frame = decoder.decode(record.value());
    } catch (UnacceptableFrameException e) {
      reject(record, e.rejection());
      return;
    }
    String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
    Optional<Rejection> objection = rules.check(key, frame);
    if (objection.isPresent()) {
      reject(record, objection.get());
      warnOfOtherForm(frame, objection.get());
      return;
    }
    long now = context.currentSystemTimeMs();
    OrderState state = states.get(StoreKey.of(key));
    if (state == null) {
      state = EnvironmentOrder.unseen(frame);
    }
    List<Outcome> outcomes = order.offer(state, new Waiting(key), frame, record.timestamp(), now);
    save(key, state);
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Rejected rejected) {
        reject(record, rejected.rejection());
      } else {
        forward(key, outcome, now);
      }
    }
  }

  /** A feed of another form is refused frame by frame, and nobody may look at the rejected. */
  private void warnOfOtherForm(FieldFrame frame, Rejection rejection) {
    if (rejection.reason() == RejectionReason.OTHER_FORM && warned.add(frame.getSystem())) {
      LOG.warn(
          "a feed is refused: environment {}: {}", frame.getEnvironmentId(), rejection.detail());
    }
  }

  private void expire(long now) {
    for (String environmentId : List.copyOf(blocked)) {
      OrderState state = states.get(StoreKey.of(environmentId));
      List<Outcome> outcomes = order.expire(state, new Waiting(environmentId), now);
      if (!outcomes.isEmpty()) {
        save(environmentId, state);
        outcomes.forEach(outcome -> forward(environmentId, outcome, now));
      }
    }
  }

  private void save(String environmentId, OrderState state) {
    states.put(StoreKey.of(environmentId), state);
    if (state.getWaiting() > 0) {
      blocked.add(environmentId);
    } else {
      blocked.remove(environmentId);
    }
  }

  private void forward(String environmentId, Outcome outcome, long now) {
    if (outcome instanceof Outcome.Admitted admitted) {
      Record<Object, Object> record =
          new Record<>(environmentId, admitted.frame(), Math.max(0, admitted.ingestedAt()));
      context.forward(record, exits.admitted());
      context.forward(record, exits.window());
      FlowMetrics.admitted(
          admitted.frame().getSystem(), environmentId, now - admitted.ingestedAt());
    } else if (outcome instanceof Outcome.Gap gap) {
      FieldFrame next = gap.next();
      Decisions decisions =
          new Decisions(next.getRunId(), next.getSystem(), environmentId, next.getSequence(), now);
      long missing = gap.last() - gap.first() + 1;
      context.forward(
          new Record<>(
              environmentId,
              decisions.record(
                  Decision.GAP,
                  "sequences " + gap.first() + ".." + gap.last() + " did not come in time",
                  null,
                  null,
                  Map.of(
                      "firstMissing", (double) gap.first(),
                      "lastMissing", (double) gap.last(),
                      "missing", (double) missing,
                      "waitedMs", (double) gap.waitedMs())),
              now),
          exits.adaptations());
    }
  }

  private void reject(Record<byte[], byte[]> record, Rejection rejection) {
    FlowMetrics.rejected(rejection.reason());
    RecordMetadata position = context.recordMetadata().orElseThrow();
    long bytes = bytes(record);
    // A record that does not fit the topic of the rejected would stop the role, again and again.
    boolean fits = bytes <= Topic.FRAMES.maxMessageBytes();
    byte[] key = fits || size(record.key()) <= LONGEST_KEY ? record.key() : null;
    Record<byte[], byte[]> rejected =
        new Record<>(key, fits ? record.value() : null, Math.max(0, record.timestamp()));
    if (fits) {
      // Headers of the original travel along; ours come last and so win over forged ones.
      record.headers().forEach(rejected.headers()::add);
    } else {
      header(rejected, "dynadiff.bytes", Long.toString(bytes));
    }
    String detail = rejection.detail();
    header(rejected, "dynadiff.reason", rejection.reason().name());
    header(
        rejected,
        "dynadiff.detail",
        detail.substring(0, Math.min(LONGEST_DETAIL, detail.length())));
    header(rejected, "dynadiff.topic", position.topic());
    header(rejected, "dynadiff.partition", Integer.toString(position.partition()));
    header(rejected, "dynadiff.offset", Long.toString(position.offset()));
    header(rejected, "dynadiff.timestamp", Long.toString(record.timestamp()));
    context.forward(cast(rejected), exits.rejected());
  }

  /** Uncompressed size of a record as it came: key, value and headers. */
  private static long bytes(Record<byte[], byte[]> record) {
    long sum = (long) size(record.key()) + size(record.value());
    for (Header header : record.headers()) {
      // A character takes at most 3 bytes; two lengths stand before name and value.
      sum += 3L * header.key().length() + size(header.value()) + 2 * Integer.BYTES;
    }
    return sum;
  }

  private static int size(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static void header(Record<byte[], byte[]> record, String name, String value) {
    record.headers().remove(name);
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static Record<Object, Object> cast(Record<byte[], byte[]> record) {
    return new Record<>(record.key(), record.value(), record.timestamp(), record.headers());
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      LOG.warn("the client of the schema registry did not close", e);
    }
  }

  /** The order buffer of one environment in the state store. */
  private final class Waiting implements WaitingFrames {

    private final String environmentId;

    Waiting(String environmentId) {
      this.environmentId = environmentId;
    }

    @Override
    public Optional<WaitingFrames.Waiting> first() {
      return held.lowest(environmentId, 0, Long.MAX_VALUE).map(this::waiting);
    }

    @Override
    public Optional<WaitingFrames.Waiting> atOrBelow(long sequence) {
      return held.highest(environmentId, 0, sequence).map(this::waiting);
    }

    @Override
    public Optional<WaitingFrames.Waiting> above(long sequence) {
      return held.lowest(environmentId, sequence + 1, Long.MAX_VALUE).map(this::waiting);
    }

    @Override
    public void add(WaitingFrames.Waiting waiting, long now) {
      held.put(
          environmentId,
          waiting.frame().getSequence(),
          new Held(waiting.frame(), waiting.ingestedAt(), now));
    }

    @Override
    public void remove(long sequence) {
      held.delete(environmentId, sequence);
    }

    private WaitingFrames.Waiting waiting(Held value) {
      return new WaitingFrames.Waiting(value.frame(), value.ingestedAt());
    }
  }
}
