package io.dynadiff.physics.environments;

import io.dynadiff.physics.cylinder.CylinderSolver;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSeries;
import io.dynadiff.physics.vorticity.ForcedNavierStokes;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What frames of a simulated system look like and how they are solved, as its property file says.
 *
 * <p>Feeds and training data are made from the same forms: an expert understands frames of the form
 * it was trained on only. {@code standard} is what the keys without a prefix say, {@code laptop}
 * and {@code paper} are what the presets of those names learn from; what they do not set is the
 * standard's. Immutable and thread-safe.
 *
 * @param system name of the system
 * @param name name of the form
 * @param channels names of the channels shown, in order
 * @param framePoints points per side of a frame, rows where it is not square, at least 1
 * @param intervalMillis event time between frames, at least 1; 1000 ms are one model time unit
 * @param spinUp model time integrated before frame 0 of a feed; empty for the solver's own
 * @param resolution of the solver: {@code solver-points}, {@code time-step}, {@code lattice-scale},
 *     as far as the system has them
 * @param settings coefficients that are not the system's own: {@code viscosity} of Navier-Stokes,
 *     {@code inflow} of the cylinder
 */
public record SystemForm(
    String system,
    String name,
    List<String> channels,
    int framePoints,
    long intervalMillis,
    OptionalDouble spinUp,
    SortedMap<String, Double> resolution,
    SortedMap<String, Double> settings) {

  /** The form of stored trajectories and of pictures. */
  public static final String STANDARD = "standard";

  /** The form of the bundles that two CPU cores train. */
  public static final String LAPTOP = "laptop";

  /** The form of bundles of the papers' size. */
  public static final String PAPER = "paper";

  /** Every form, the one of the bundles that come with the project first. */
  public static final List<String> NAMES = List.of(LAPTOP, PAPER, STANDARD);

  static final String SOLVER_POINTS = "solver-points";
  static final String TIME_STEP = "time-step";
  static final String LATTICE_SCALE = "lattice-scale";

  /** Setting of Navier-Stokes. */
  public static final String VISCOSITY = "viscosity";

  static final String INFLOW = "inflow";

  private static final Map<String, Set<String>> SETTINGS =
      Map.of(
          ForcedNavierStokes.SYSTEM, Set.of(VISCOSITY),
          CylinderSolver.SYSTEM, Set.of(INFLOW));

  public SystemForm {
    channels = List.copyOf(channels);
    resolution = Collections.unmodifiableSortedMap(new TreeMap<>(resolution));
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    Set<String> known = SETTINGS.getOrDefault(system, Set.of());
    if (!known.containsAll(settings.keySet())) {
      throw new IllegalArgumentException(
          system + " settings: expected some of " + known + ", found " + settings.keySet());
    }
    if (channels.isEmpty() || framePoints < 1 || intervalMillis < 1) {
      throw new IllegalArgumentException(
          system
              + " form: expected at least 1 channel, 1 point and 1 ms, found "
              + channels.size()
              + ", "
              + framePoints
              + " and "
              + intervalMillis);
    }
  }

  /**
   * Reads a form.
   *
   * @param system a system that can be simulated
   * @param name one of {@link #NAMES}
   * @throws IllegalArgumentException if there is none of that name
   */
  public static SystemForm of(String system, String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          system + " form: expected one of " + NAMES + ", found '" + name + "'");
    }
    Keys keys = new Keys(new EnvironmentProperties(system + ".properties"), name + ".");
    return new SystemForm(
        system,
        name,
        Arrays.asList(keys.text("channels").split("\\s*,\\s*")),
        keys.number("frame-points").map(Double::intValue).orElse(1),
        Long.parseLong(keys.text("interval-ms")),
        keys.number("spin-up").map(OptionalDouble::of).orElse(OptionalDouble.empty()),
        keys.numbers(Set.of(SOLVER_POINTS, TIME_STEP, LATTICE_SCALE)),
        keys.deviations(SETTINGS.getOrDefault(system, Set.of())));
  }

  /**
   * The form whose frames have a shape and an interval, so that feeds of it meet a bundle's.
   *
   * @return the first of {@link #NAMES}; empty if there is none, or the system is not simulated
   */
  public static Optional<SystemForm> matching(String system, FieldShape shape, long interval) {
    if (!SimulatedSystems.NAMES.contains(system)) {
      return Optional.empty();
    }
    return NAMES.stream()
        .map(name -> of(system, name))
        .filter(form -> form.shape().equals(shape) && form.intervalMillis() == interval)
        .findFirst();
  }

  /** Shape of the frames. */
  public FieldShape shape() {
    int columns = system.equals(CylinderSolver.SYSTEM) ? 2 * framePoints : framePoints;
    return new FieldShape(channels.size(), framePoints, columns);
  }

  /**
   * The same on another grid, the solver's refined or coarsened alike.
   *
   * @param points points per side of a frame, rows where it is not square
   */
  public SystemForm at(int points) {
    SortedMap<String, Double> scaled = new TreeMap<>(resolution);
    scaled.computeIfPresent(SOLVER_POINTS, (name, value) -> value * points / framePoints);
    scaled.computeIfPresent(LATTICE_SCALE, (name, value) -> value * points / framePoints);
    // The step of a flow goes with the spacing; Lambda-Omega's is limited by its reaction.
    if (!system.equals(LambdaOmegaSeries.SYSTEM)) {
      scaled.computeIfPresent(TIME_STEP, (name, value) -> value * framePoints / points);
    }
    return new SystemForm(system, name, channels, points, intervalMillis, spinUp, scaled, settings);
  }

  /** The same with other channels shown and another interval. */
  public SystemForm showing(List<String> otherChannels, long otherIntervalMillis) {
    return new SystemForm(
        system,
        name,
        otherChannels,
        framePoints,
        otherIntervalMillis,
        spinUp,
        resolution,
        settings);
  }

  /** The same with these settings and no others. */
  public SystemForm withSettings(Map<String, Double> others) {
    return new SystemForm(
        system,
        name,
        channels,
        framePoints,
        intervalMillis,
        spinUp,
        resolution,
        new TreeMap<>(others));
  }

  /** The same flow past a cylinder on another lattice. */
  public SystemForm withLatticeScale(double scale) {
    SortedMap<String, Double> others = new TreeMap<>(resolution);
    others.put(LATTICE_SCALE, scale);
    return new SystemForm(
        system, name, channels, framePoints, intervalMillis, spinUp, others, settings);
  }

  /** Points per side inside the solver. */
  public int solverPoints() {
    return (int) Math.round(resolved(SOLVER_POINTS));
  }

  /** Longest time step of the solver in model time units. */
  public double timeStep() {
    return resolved(TIME_STEP);
  }

  /** Cells along a side for one of the standard lattice. */
  public double latticeScale() {
    return resolved(LATTICE_SCALE);
  }

  private double resolved(String key) {
    Double value = resolution.get(key);
    if (value == null) {
      throw new IllegalStateException(system + " has no " + key);
    }
    return value;
  }

  /** Keys of a property file, those with a prefix before those without. */
  private record Keys(EnvironmentProperties properties, String prefix) {

    String text(String key) {
      return properties.text(properties.has(prefix + key) ? prefix + key : key);
    }

    Optional<Double> number(String key) {
      return properties.has(prefix + key) || properties.has(key)
          ? Optional.of(Double.valueOf(text(key)))
          : Optional.empty();
    }

    SortedMap<String, Double> numbers(Set<String> keys) {
      SortedMap<String, Double> found = new TreeMap<>();
      keys.forEach(key -> number(key).ifPresent(value -> found.put(key, value)));
      return found;
    }

    /** What stands there with the prefix only. */
    SortedMap<String, Double> deviations(Set<String> keys) {
      SortedMap<String, Double> found = new TreeMap<>();
      keys.stream()
          .filter(key -> properties.has(prefix + key))
          .forEach(key -> found.put(key, properties.number(prefix + key)));
      return found;
    }
  }
}
