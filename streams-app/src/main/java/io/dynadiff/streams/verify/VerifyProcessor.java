package io.dynadiff.streams.verify;

import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.streams.metrics.FlowMetrics;
import io.dynadiff.streams.state.ForecastSlice;
import io.dynadiff.streams.state.HeldFrames;
import io.dynadiff.streams.state.RecordStore;
import io.dynadiff.streams.state.VerifierState;
import io.dynadiff.streams.systems.ServedSystems;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What the two processors of verification have in common: the stores, and sending scores on.
 *
 * @param <V> what comes in
 */
abstract class VerifyProcessor<V> implements Processor<String, V, String, ForecastScore> {

  private final ServedSystems systems;
  private final StoreNames stores;
  private ProcessorContext<String, ForecastScore> context;
  private Verification verification;

  /** Names of the stores. */
  record StoreNames(String states, String truths, String forecasts) {}

  VerifyProcessor(ServedSystems systems, StoreNames stores) {
    this.systems = systems;
    this.stores = stores;
  }

  @Override
  public void init(ProcessorContext<String, ForecastScore> processorContext) {
    context = processorContext;
    verification =
        new Verification(
            systems,
            RecordStore.open(context, stores.states(), VerifierState.class),
            HeldFrames.open(context, stores.truths()),
            new PendingForecasts(
                RecordStore.open(context, stores.forecasts(), ForecastSlice.class)));
  }

  final ProcessorContext<String, ForecastScore> context() {
    return context;
  }

  final Verification verification() {
    return verification;
  }

  final StoreNames stores() {
    return stores;
  }

  /** Scores what need not wait, and all that waits if nothing has come since a time. */
  final void score(String environmentId, long stalledSince) {
    long now = context.currentSystemTimeMs();
    for (ForecastScore score : verification.score(environmentId, now, stalledSince)) {
      context.forward(new Record<>(environmentId, score, now));
      FlowMetrics.scored(score);
    }
  }
}
