package io.dynadiff.streams.adapt;

import io.dynadiff.schemas.avro.ControlAction;
import io.dynadiff.schemas.avro.ControlCommand;
import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.streams.decision.Decisions;
import io.dynadiff.streams.state.AdaptationState;
import io.dynadiff.streams.state.RecordStore;
import io.dynadiff.streams.state.StoreKey;
import io.dynadiff.streams.window.Occasion;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Remembers that a person wants new weights for an environment; they are asked for as soon as its
 * window is full. Orders about the expert in use are for the forecaster.
 */
final class TakeOrders implements Processor<String, ControlCommand, Object, Object> {

  /** Where the processor sends what it takes: names of its children in the topology. */
  record Exits(String decide, String adaptations) {}

  private final String adaptationStore;
  private final Exits exits;

  private ProcessorContext<Object, Object> context;
  private RecordStore<AdaptationState> states;

  TakeOrders(String adaptationStore, Exits exits) {
    this.adaptationStore = adaptationStore;
    this.exits = exits;
  }

  @Override
  public void init(ProcessorContext<Object, Object> processorContext) {
    context = processorContext;
    states = RecordStore.open(context, adaptationStore, AdaptationState.class);
  }

  @Override
  public void process(Record<String, ControlCommand> record) {
    ControlCommand command = record.value();
    if (command == null || command.getAction() != ControlAction.REGENERATE) {
      return;
    }
    String environmentId = command.getEnvironmentId();
    AdaptationState state = states.get(StoreKey.of(environmentId));
    long now = context.currentSystemTimeMs();
    if (state == null) {
      context.forward(
          new Record<>(
              environmentId,
              new Decisions("", "", environmentId, 0, now)
                  .record(
                      Decision.REFUSED,
                      "order "
                          + command.getCommandId()
                          + " to REGENERATE: expected an environment with an admitted frame, found"
                          + " none yet",
                      null,
                      null,
                      Map.of()),
              now),
          exits.adaptations());
      return;
    }
    state.setRegenerate(true);
    states.put(StoreKey.of(environmentId), state);
    context.forward(new Record<>(environmentId, Occasion.ORDER, now), exits.decide());
  }
}
