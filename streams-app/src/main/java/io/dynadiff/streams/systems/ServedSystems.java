package io.dynadiff.streams.systems;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The systems that this process serves, one bundle each. Immutable, safe to share. */
public final class ServedSystems {

  private final Map<String, ServedSystem> bySystem;

  /**
   * Gathers systems.
   *
   * @throws IllegalArgumentException if there is none, or two bundles serve the same system
   */
  public ServedSystems(Collection<ServedSystem> systems) {
    if (systems.isEmpty()) {
      throw new IllegalArgumentException("bundles: expected at least one, found none");
    }
    Map<String, ServedSystem> map = new TreeMap<>();
    for (ServedSystem system : systems) {
      ServedSystem other = map.put(system.system(), system);
      if (other != null) {
        throw new IllegalArgumentException(
            "bundles: expected one bundle per system, found "
                + other.bundleId()
                + " and "
                + system.bundleId()
                + " for "
                + system.system()
                + "; leave one of them out");
      }
    }
    this.bySystem = Map.copyOf(map);
  }

  /** The bundle that serves a system. */
  public Optional<ServedSystem> find(String system) {
    return Optional.ofNullable(bySystem.get(system));
  }

  /**
   * The bundle that serves a system of an admitted frame.
   *
   * @throws UnservedSystemException if there is none: this role was started with other bundles than
   *     the role that admits frames
   */
  public ServedSystem require(String system) {
    return find(system).orElseThrow(() -> new UnservedSystemException(system, names()));
  }

  public Collection<ServedSystem> all() {
    return bySystem.values();
  }

  /** Names of the systems, in alphabetical order. */
  public Collection<String> names() {
    return new java.util.TreeSet<>(bySystem.keySet());
  }
}
