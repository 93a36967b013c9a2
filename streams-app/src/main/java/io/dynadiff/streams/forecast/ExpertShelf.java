package io.dynadiff.streams.forecast;

import io.dynadiff.streams.state.FloatBytes;
import io.dynadiff.streams.state.ForecasterState;
import io.dynadiff.streams.state.RecordStore;
import io.dynadiff.streams.state.StoreKey;
import io.dynadiff.streams.state.StoredExpert;
import io.dynadiff.streams.systems.ServedSystem;
import io.dynadiff.streams.weights.WeightsId;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The active expert of each environment and the one before it, each an ensemble of one or more
 * members, best first.
 *
 * <p>Accepted weights are kept in a state store and not only looked up on the weights topic: if a
 * later version was turned down, compaction may have removed the accepted one from there. Written
 * at swaps only, so the store holds two experts per environment at most. Confined to the stream
 * thread of its processor.
 */
final class ExpertShelf {

  private static final long ACTIVE = 0;
  private static final long RETIRED = 1;

  /**
   * An expert that can be put in use.
   *
   * @param version its version, 0 for the bundle's base expert
   * @param weightsId SHA-256 of its best member's tensor
   * @param members flat weights, best first, at least one; not to be changed
   */
  record Expert(long version, String weightsId, List<float[]> members) {

    Expert {
      members = List.copyOf(members);
      if (members.isEmpty()) {
        throw new IllegalArgumentException(
            "expert " + version + ": expected at least one member, found none");
      }
    }
  }

  private final RecordStore<StoredExpert> store;
  private final Map<String, Expert> bases = new HashMap<>();

  /** Decoded experts by environment; only a shortcut to what the store says. */
  private final Map<String, Expert> active = new HashMap<>();

  private final Map<String, Expert> retired = new HashMap<>();

  ExpertShelf(RecordStore<StoredExpert> store) {
    this.store = store;
  }

  /** The expert in use. */
  Expert active(String environmentId, ForecasterState state, ServedSystem served) {
    return expert(active, ACTIVE, environmentId, state.getActiveVersion(), served);
  }

  /** The expert before it; the state must name one. */
  Expert retired(String environmentId, ForecasterState state, ServedSystem served) {
    return expert(retired, RETIRED, environmentId, state.getRetiredVersion(), served);
  }

  /** The base expert of a bundle, version 0. */
  Expert base(ServedSystem served) {
    return bases.computeIfAbsent(
        served.bundleId(),
        id -> new Expert(0, WeightsId.of(served.baseWeights()), List.of(served.baseWeights())));
  }

  /** Puts the base expert of a bundle in use; there is nothing to compare it with. */
  void reset(String environmentId, ForecasterState state, ServedSystem served) {
    dropRetired(environmentId, state);
    state.setBundleId(served.bundleId());
    state.setPinned(false);
    use(environmentId, state, base(served));
  }

  /**
   * Puts an expert in use and keeps its predecessor.
   *
   * @param trialEnd ordinal up to which the predecessor is run beside; 0 for not at all
   */
  void swap(
      String environmentId,
      ForecasterState state,
      ServedSystem served,
      Expert expert,
      long trialEnd) {
    Expert incumbent = active(environmentId, state, served);
    put(RETIRED, environmentId, incumbent);
    retired.put(environmentId, incumbent);
    state.setRetiredVersion(incumbent.version());
    state.setTrialEnd(trialEnd);
    use(environmentId, state, expert);
  }

  /** Puts the predecessor in use again and drops the active expert for good. */
  void rollBack(String environmentId, ForecasterState state, ServedSystem served) {
    Expert restored = retired(environmentId, state, served);
    dropRetired(environmentId, state);
    use(environmentId, state, restored);
  }

  private void use(String environmentId, ForecasterState state, Expert expert) {
    put(ACTIVE, environmentId, expert);
    active.put(environmentId, expert);
    state.setActiveVersion(expert.version());
    state.setActiveWeightsId(expert.weightsId());
  }

  private void dropRetired(String environmentId, ForecasterState state) {
    store.delete(StoreKey.of(environmentId, RETIRED));
    retired.remove(environmentId);
    state.setRetiredVersion(null);
    state.setTrialEnd(0L);
  }

  private Expert expert(
      Map<String, Expert> cache,
      long slot,
      String environmentId,
      long version,
      ServedSystem served) {
    return version == 0
        ? base(served)
        : cache.computeIfAbsent(environmentId, id -> read(slot, id, version));
  }

  private Expert read(long slot, String environmentId, long version) {
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
    return new Expert(
        version,
        expert.getWeightsId(),
        expert.getMembers().stream().map(FloatBytes::read).toList());
  }

  /** The base expert is in the bundle and needs no place in the store. */
  private void put(long slot, String environmentId, Expert expert) {
    if (expert.version() == 0) {
      store.delete(StoreKey.of(environmentId, slot));
      return;
    }
    List<ByteBuffer> members = expert.members().stream().map(FloatBytes::write).toList();
    store.put(
        StoreKey.of(environmentId, slot),
        new StoredExpert(expert.version(), expert.weightsId(), members));
  }
}
