package io.dynadiff.streams.forecast;

import io.dynadiff.streams.state.FloatBytes;
import io.dynadiff.streams.state.ForecasterState;
import io.dynadiff.streams.state.RecordStore;
import io.dynadiff.streams.state.StoreKey;
import io.dynadiff.streams.state.StoredExpert;
import io.dynadiff.streams.systems.ServedSystem;
import io.dynadiff.streams.weights.IncomingExperts.Challenger;
import io.dynadiff.streams.weights.WeightsId;
import java.util.HashMap;
import java.util.Map;

/**
 * The active expert of each environment, and the retired one while it is on trial.
 *
 * <p>Accepted weights are kept in a state store and not only looked up on the weights topic: if a
 * later version was turned down, compaction may have removed the accepted one from there. Written
 * at swaps only, so the store holds two experts per environment at most. Confined to the stream
 * thread of its processor.
 */
final class ExpertShelf {

  private static final long ACTIVE = 0;
  private static final long RETIRED = 1;

  private final RecordStore<StoredExpert> store;
  private final Map<String, String> baseIds = new HashMap<>();

  /** Decoded weights by environment; only a shortcut to what the store says. */
  private final Map<String, float[]> active = new HashMap<>();

  private final Map<String, float[]> retired = new HashMap<>();

  ExpertShelf(RecordStore<StoredExpert> store) {
    this.store = store;
  }

  /** Weights of the active expert. */
  float[] active(String environmentId, ForecasterState state, ServedSystem served) {
    return weights(active, ACTIVE, environmentId, state.getActiveVersion(), served);
  }

  /** Weights of the expert on trial; the state must name one. */
  float[] retired(String environmentId, ForecasterState state, ServedSystem served) {
    return weights(retired, RETIRED, environmentId, state.getRetiredVersion(), served);
  }

  /** Puts the base expert of a bundle in use; there is nothing to compare it with. */
  void reset(String environmentId, ForecasterState state, ServedSystem served) {
    store.delete(StoreKey.of(environmentId, ACTIVE));
    active.remove(environmentId);
    dropRetired(environmentId, state);
    state.setBundleId(served.bundleId());
    state.setActiveVersion(0);
    state.setActiveWeightsId(
        baseIds.computeIfAbsent(served.bundleId(), id -> WeightsId.of(served.baseWeights())));
  }

  /** Puts a challenger in use and its predecessor on trial up to an ordinal. */
  void swap(
      String environmentId,
      ForecasterState state,
      ServedSystem served,
      Challenger challenger,
      long trialEnd) {
    float[] incumbent = active(environmentId, state, served);
    if (trialEnd > state.getIssued()) {
      put(RETIRED, environmentId, state.getActiveVersion(), incumbent);
      retired.put(environmentId, incumbent);
      state.setRetiredVersion(state.getActiveVersion());
      state.setTrialEnd(trialEnd);
    } else {
      dropRetired(environmentId, state);
    }
    put(ACTIVE, environmentId, challenger.version(), challenger.weights());
    active.put(environmentId, challenger.weights());
    state.setActiveVersion(challenger.version());
    state.setActiveWeightsId(challenger.weightsId());
  }

  /** Ends a trial. */
  void dropRetired(String environmentId, ForecasterState state) {
    store.delete(StoreKey.of(environmentId, RETIRED));
    retired.remove(environmentId);
    state.setRetiredVersion(null);
    state.setTrialEnd(0L);
  }

  private float[] weights(
      Map<String, float[]> cache,
      long slot,
      String environmentId,
      long version,
      ServedSystem served) {
    if (version == 0) {
      return served.baseWeights();
    }
    return cache.computeIfAbsent(environmentId, id -> read(slot, id, version));
  }

  private float[] read(long slot, String environmentId, long version) {
    StoredExpert expert = store.get(StoreKey.of(environmentId, slot));
    if (expert == null || expert.getWeightsVersion() != version) {
      throw new IllegalStateException(
          "experts of "
              + environmentId
              + ": expected version "
              + version
              + " in the state store, found "
              + (expert == null ? "none" : expert.getWeightsVersion()));
    }
    return FloatBytes.read(expert.getWeights());
  }

  private void put(long slot, String environmentId, long version, float[] weights) {
    store.put(
        StoreKey.of(environmentId, slot), new StoredExpert(version, FloatBytes.write(weights)));
  }
}
