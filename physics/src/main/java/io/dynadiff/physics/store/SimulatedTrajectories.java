package io.dynadiff.physics.store;

import io.dynadiff.physics.environments.SimulatedEnvironment;
import io.dynadiff.physics.environments.SimulatedSystems;
import io.dynadiff.physics.environments.SystemForm;
import io.dynadiff.physics.simulation.SimulatedSeries;
import io.dynadiff.physics.simulation.SimulatedSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Trajectories of the simulated systems, ready to be written. */
public final class SimulatedTrajectories {
  private SimulatedTrajectories() {}

  /**
   * A trajectory in standard form per environment and seed, named like
   * lambda-omega/beta-1.10/seed-7; nothing is computed yet.
   *
   * @param system a system that {@link SimulatedSystems#named} knows
   * @param environments environments of the system
   * @param seeds seeds of the initial states
   * @param length frames of each trajectory, at least 1, at the system's own interval from event
   *     time 0
   * @throws IllegalArgumentException if the system is not known
   */
  public static List<TrajectorySource> of(
      String system, List<SimulatedEnvironment> environments, List<Long> seeds, long length) {
    return of(
        SystemForm.of(SimulatedSystems.named(system).name(), SystemForm.STANDARD),
        environments,
        seeds,
        length,
        OptionalDouble.empty(),
        OptionalInt.empty());
  }

  /**
   * The same in any form, with another spin-up than the form's, or chunks of another length.
   *
   * @param length frames of each trajectory, at least 1, at the form's interval from event time 0
   * @param spinUp model time integrated before frame 0, 0 or more; part of the provenance
   * @param framesPerChunk frames in a chunk, at least 1; empty for about 4 MB
   * @throws IllegalArgumentException if a number is out of range
   */
  public static List<TrajectorySource> of(
      SystemForm form,
      List<SimulatedEnvironment> environments,
      List<Long> seeds,
      long length,
      OptionalDouble spinUp,
      OptionalInt framesPerChunk) {
    String system = form.system();
    // Systems are immutable; their solvers, one or more per series, belong to one thread.
    SimulatedSystem<?> own = SimulatedSystems.shown(form, 1);
    SimulatedSystem<?> simulated = spinUp.isPresent() ? own.withSpinUp(spinUp.getAsDouble()) : own;
    Map<String, String> settings = settings(form);
    settings.put("spin-up", Double.toString(simulated.spinUp()));
    List<TrajectorySource> sources = new ArrayList<>();
    for (SimulatedEnvironment environment : environments) {
      for (long seed : seeds) {
        Supplier<SimulatedSeries<?>> series =
            () -> series(simulated, environment, seed, form.intervalMillis(), length);
        Provenance provenance =
            new Provenance(
                "io.dynadiff " + system,
                SimulatedSystems.solverVersion(system),
                OptionalLong.of(seed),
                settings);
        sources.add(
            new TrajectorySource(
                String.format(Locale.ROOT, "%s/seed-%d", environment.id(), seed),
                provenance,
                0,
                framesPerChunk,
                series));
      }
    }
    return sources;
  }

  /** What the property file says, and what a form says otherwise. */
  private static Map<String, String> settings(SystemForm form) {
    Map<String, String> settings = new TreeMap<>(SimulatedSystems.solverSettings(form.system()));
    if (!form.name().equals(SystemForm.STANDARD)) {
      settings.put("form", form.name());
      settings.put("frame-points", Integer.toString(form.framePoints()));
      form.resolution().forEach((name, value) -> settings.put(name, Double.toString(value)));
      form.settings().forEach((name, value) -> settings.put(name, Double.toString(value)));
    }
    return settings;
  }

  private static <S> SimulatedSeries<S> series(
      SimulatedSystem<S> system,
      SimulatedEnvironment environment,
      long seed,
      long intervalMillis,
      long length) {
    return new SimulatedSeries<>(
        environment.id(), system, environment.schedule(), seed, 0, intervalMillis, length);
  }
}
