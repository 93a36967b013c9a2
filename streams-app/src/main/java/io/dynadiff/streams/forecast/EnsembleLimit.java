package io.dynadiff.streams.forecast;

import io.dynadiff.streams.forecast.ExpertShelf.Expert;
import io.dynadiff.streams.systems.RecordLimits;
import io.dynadiff.streams.systems.ServedSystem;
import io.dynadiff.streams.weights.IncomingExperts.Challenger;

/** How many members of an ensemble are run: no more than asked for, nor than fit into a record. */
final class EnsembleLimit {

  private final EnsembleSettings settings;

  EnsembleLimit(EnsembleSettings settings) {
    this.settings = settings;
  }

  /** The best members of a challenger as an expert that can be put in use. */
  Expert expert(Challenger challenger, ServedSystem served) {
    int most = RecordLimits.forecastMembers(served, settings.publishMembers());
    // One always: a forecaster whose system does not fit at all has refused to start.
    int count = Math.max(1, Math.min(settings.memberLimit(), most));
    return new Expert(
        challenger.version(),
        challenger.weightsId(),
        challenger.members().subList(0, Math.min(count, challenger.members().size())));
  }
}
