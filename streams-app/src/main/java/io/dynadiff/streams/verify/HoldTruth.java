package io.dynadiff.streams.verify;

import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.streams.state.RecordStore;
import io.dynadiff.streams.state.StoreKey;
import io.dynadiff.streams.state.VerifierState;
import io.dynadiff.streams.systems.ServedSystems;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Keeps admitted frames until they can be scored, or have waited long enough. */
final class HoldTruth extends VerifyProcessor<FieldFrame> {

  private static final Duration EXPIRY_CHECK = Duration.ofMillis(250);

  private final Duration forecastWait;

  /**
   * When the waiting frames of an environment need be looked at, if it may have any; milliseconds
   * since the epoch. Only a shortcut to what the store says.
   */
  private final Map<String, Long> due = new HashMap<>();

  HoldTruth(ServedSystems systems, Duration forecastWait, StoreNames stores) {
    super(systems, stores);
    this.forecastWait = forecastWait;
  }

  @Override
  public void init(ProcessorContext<String, ForecastScore> context) {
    super.init(context);
    // A task that is revived after an aborted transaction begins again with the same processor.
    due.clear();
    RecordStore<VerifierState> states =
        RecordStore.open(context, stores().states(), VerifierState.class);
    states.forEach((key, state) -> due.put(StoreKey.environment(key), 0L));
    context.schedule(EXPIRY_CHECK, PunctuationType.WALL_CLOCK_TIME, this::expire);
  }

  @Override
  public void process(Record<String, FieldFrame> record) {
    FieldFrame frame = record.value();
    if (frame == null) {
      return;
    }
    long now = context().currentSystemTimeMs();
    verification().add(frame, record.timestamp(), now);
    due.putIfAbsent(frame.getEnvironmentId(), now + forecastWait.toMillis());
    score(frame.getEnvironmentId(), Long.MIN_VALUE);
  }

  private void expire(long now) {
    List<String> ripe =
        due.entrySet().stream().filter(e -> e.getValue() <= now).map(Map.Entry::getKey).toList();
    for (String environmentId : ripe) {
      score(environmentId, now - forecastWait.toMillis());
      if (verification().waiting(environmentId)) {
        due.put(environmentId, now);
      } else {
        due.remove(environmentId);
      }
    }
  }
}
