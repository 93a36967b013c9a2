package io.dynadiff.streams.generate;

import io.dynadiff.streams.systems.ServedSystem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The generators that are ready, by bundle. A request names the bundle it wants, so that while the
 * roles are restarted with a new bundle one by one, requests of both are answered. Of each system
 * the two bundles that were added or asked for last are kept. Confined to the thread that opens the
 * generators.
 */
final class LoadedGenerators implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LoadedGenerators.class);
  private static final int BUNDLES_PER_SYSTEM = 2;

  /** A generator with what its bundle serves. */
  record Loaded(ServedSystem served, Generator generator) {}

  /** The one used longest ago first. */
  private final Map<String, Loaded> byBundle = new LinkedHashMap<>(16, 0.75f, true);

  /** Takes a generator over; closes another one of the system if there are too many. */
  void add(ServedSystem served, Generator generator) {
    byBundle.put(served.bundleId(), new Loaded(served, generator));
    List<Loaded> ofSystem =
        byBundle.values().stream()
            .filter(one -> one.served().system().equals(served.system()))
            .toList();
    for (Loaded surplus : ofSystem.subList(0, Math.max(0, ofSystem.size() - BUNDLES_PER_SYSTEM))) {
      byBundle.remove(surplus.served().bundleId());
      surplus.generator().close();
      LOG.info("bundle {} unloaded", surplus.served().bundleId());
    }
  }

  /** The generator of a bundle, which counts as used now. */
  Optional<Loaded> find(String bundleId) {
    return Optional.ofNullable(byBundle.get(bundleId));
  }

  /** Whether a bundle is loaded. */
  boolean has(String bundleId) {
    return byBundle.containsKey(bundleId);
  }

  /** Ids of the bundles, in alphabetical order. */
  TreeSet<String> bundleIds() {
    return new TreeSet<>(byBundle.keySet());
  }

  @Override
  public void close() {
    new ArrayList<>(byBundle.values()).forEach(one -> one.generator().close());
    byBundle.clear();
  }
}
