package io.dynadiff.physics.store;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Where the numbers of a trajectory come from.
 *
 * @param solver what computed or recorded them, not blank
 * @param solverVersion version of the solver, not blank; another one whenever the same settings and
 *     seed give other numbers
 * @param seed seed of the initial state, empty where nothing was drawn
 * @param settings everything else the numbers depend on, by name
 */
public record Provenance(
    String solver, String solverVersion, OptionalLong seed, Map<String, String> settings) {

  public Provenance {
    requireText("solver", solver);
    requireText("solver version", solverVersion);
    if (seed == null || settings == null) {
      throw new IllegalArgumentException(
          "provenance: expected a seed (possibly empty) and settings, found "
              + seed
              + " and "
              + settings);
    }
    TreeMap<String, String> sorted = new TreeMap<>(settings);
    sorted.forEach((name, value) -> requireText("setting " + name, value));
    settings = Collections.unmodifiableMap(sorted);
  }

  private static void requireText(String what, String text) {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException(
          what + ": expected a non-blank text, found " + (text == null ? "null" : "blank"));
    }
  }
}
