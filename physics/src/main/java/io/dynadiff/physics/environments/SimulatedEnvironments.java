package io.dynadiff.physics.environments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The grid of environments of one simulated system and the splits of it, read from the property
 * file that bears the system's name.
 *
 * <p>Immutable and thread-safe.
 */
public final class SimulatedEnvironments {
  private final String system;
  private final List<SimulatedEnvironment> all;
  private final Map<String, Double> biasedFrom;
  private final int[] seen;

  private SimulatedEnvironments(
      String system, List<SimulatedEnvironment> all, Map<String, Double> biasedFrom, int[] seen) {
    this.system = system;
    this.all = List.copyOf(all);
    this.biasedFrom = biasedFrom;
    this.seen = seen;
  }

  /**
   * Reads the environments of a system.
   *
   * @param system lambda-omega, kolmogorov-flow, navier-stokes, lotka-volterra or cylinder-flow
   */
  public static SimulatedEnvironments of(String system) {
    EnvironmentProperties p = new EnvironmentProperties(system + ".properties");
    List<SimulatedEnvironment> all = List.of(new SimulatedEnvironment("", Map.of()));
    Map<String, Double> biasedFrom = new LinkedHashMap<>();
    for (String name : p.text("conditions").split("\\s*,\\s*")) {
      biasedFrom.put(name, p.number(name + "-biased-from"));
      all = extended(all, p, name);
    }
    List<SimulatedEnvironment> named =
        all.stream()
            .map(e -> new SimulatedEnvironment(system + "/" + e.id().substring(1), e.conditions()))
            .toList();
    return new SimulatedEnvironments(system, named, biasedFrom, p.integers("seen"));
  }

  /** Every environment so far with every value of one more condition, which varies fastest. */
  private static List<SimulatedEnvironment> extended(
      List<SimulatedEnvironment> all, EnvironmentProperties p, String name) {
    List<SimulatedEnvironment> extended = new ArrayList<>();
    String format = "%s-%s-%." + p.integer(name + "-decimals") + "f";
    for (SimulatedEnvironment environment : all) {
      for (int i = 0; i < p.integer(name + "-count"); i++) {
        // Rounded, so that 1.10 is the number people write and not 1.1000000000000001.
        double value = p.number(name + "-first") + i * p.number(name + "-step");
        value = Math.round(value * 1e6) / 1e6;
        Map<String, Double> conditions = new LinkedHashMap<>(environment.conditions());
        conditions.put(name, value);
        extended.add(
            new SimulatedEnvironment(
                String.format(Locale.ROOT, format, environment.id(), name, value), conditions));
      }
    }
    return extended;
  }

  /** Name of the system. */
  public String system() {
    return system;
  }

  /** Every environment, the last condition varying fastest. */
  public List<SimulatedEnvironment> all() {
    return all;
  }

  /** The split with as many seen environments as in the paper, as listed in the property file. */
  public EnvironmentSplit standardSplit() {
    return split(seen, e -> true);
  }

  /**
   * A random split with any number of seen environments.
   *
   * @param seed a smaller number seen with the same seed is a subset
   * @param count number of seen environments, 1 to all
   */
  public EnvironmentSplit randomSplit(long seed, int count) {
    return split(SeededSplit.positions(seed, all.size(), count), e -> true);
  }

  /**
   * A split that asks for extrapolation: seen are some environments whose conditions are all high,
   * unseen all those whose conditions are all low; the rest is in neither.
   *
   * @param seed a smaller number seen with the same seed is a subset
   * @param count number of seen environments, 1 to those with high conditions
   */
  public EnvironmentSplit biasedSplit(long seed, int count) {
    int[] high = IntStream.range(0, all.size()).filter(i -> isHigh(all.get(i))).toArray();
    int[] drawn =
        Arrays.stream(SeededSplit.positions(seed, high.length, count)).map(i -> high[i]).toArray();
    return split(drawn, this::isLow);
  }

  /** Number of environments that a biased split may draw from. */
  public int biasedCount() {
    return (int) all.stream().filter(this::isHigh).count();
  }

  private boolean isHigh(SimulatedEnvironment e) {
    return e.conditions().entrySet().stream()
        .allMatch(c -> c.getValue() >= biasedFrom.get(c.getKey()));
  }

  private boolean isLow(SimulatedEnvironment e) {
    return e.conditions().entrySet().stream()
        .allMatch(c -> c.getValue() < biasedFrom.get(c.getKey()));
  }

  private EnvironmentSplit split(int[] positions, Predicate<SimulatedEnvironment> tested) {
    List<SimulatedEnvironment> chosen = Arrays.stream(positions).mapToObj(all::get).toList();
    return new EnvironmentSplit(
        chosen, all.stream().filter(tested).filter(e -> !chosen.contains(e)).toList());
  }
}
