package io.dynadiff.streams.verify;

import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.streams.state.RecordStore;
import io.dynadiff.streams.state.StoreKey;
import io.dynadiff.streams.state.VerifierState;
import io.dynadiff.streams.systems.ServedSystems;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Keeps admitted frames until they can be scored, or have waited long enough. */
final class HoldTruth extends VerifyProcessor<FieldFrame> {

  private static final Duration EXPIRY_CHECK = Duration.ofMillis(250);

  private final Duration forecastWait;

  /** Environments that may have waiting frames; only a shortcut to what the store says. */
  private final Set<String> waiting = new LinkedHashSet<>();

  HoldTruth(ServedSystems systems, Duration forecastWait, StoreNames stores) {
    super(systems, stores);
    this.forecastWait = forecastWait;
  }

  @Override
  public void init(ProcessorContext<String, ForecastScore> context) {
    super.init(context);
    // A task that is revived after an aborted transaction begins again with the same processor.
    waiting.clear();
    RecordStore<VerifierState> states =
        RecordStore.open(context, stores().states(), VerifierState.class);
    states.forEach((key, state) -> waiting.add(StoreKey.environment(key)));
    context.schedule(EXPIRY_CHECK, PunctuationType.WALL_CLOCK_TIME, this::expire);
  }

  @Override
  public void process(Record<String, FieldFrame> record) {
    FieldFrame frame = record.value();
    if (frame == null) {
      return;
    }
    verification().add(frame, record.timestamp(), context().currentSystemTimeMs());
    waiting.add(frame.getEnvironmentId());
    score(frame.getEnvironmentId(), Long.MIN_VALUE);
  }

  private void expire(long now) {
    for (String environmentId : List.copyOf(waiting)) {
      score(environmentId, now - forecastWait.toMillis());
      if (!verification().waiting(environmentId)) {
        waiting.remove(environmentId);
      }
    }
  }
}
