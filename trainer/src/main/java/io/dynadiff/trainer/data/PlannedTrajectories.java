package io.dynadiff.trainer.data;

import io.dynadiff.models.bundle.Sha256;
import io.dynadiff.physics.environments.EnvironmentSplit;
import io.dynadiff.physics.environments.SimulatedEnvironment;
import io.dynadiff.physics.environments.SimulatedEnvironments;
import io.dynadiff.physics.environments.SimulatedSystems;
import io.dynadiff.physics.simulation.SimulatedSeries;
import io.dynadiff.physics.simulation.SimulatedSystem;
import io.dynadiff.physics.store.Provenance;
import io.dynadiff.physics.store.TrajectorySource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** The environments and trajectories that a plan of a simulated system names. */
final class PlannedTrajectories {

  /** What trajectories are for; part of their names and seeds. */
  enum Role {
    TRAINING,
    VALIDATION,
    TEST
  }

  private final DataPlan plan;
  private final SimulationRecipe<?> recipe;
  private final List<SimulatedEnvironment> seen;
  private final List<SimulatedEnvironment> unseen;

  PlannedTrajectories(DataPlan plan, SimulationRecipe<?> recipe) {
    this.plan = plan;
    this.recipe = recipe;
    EnvironmentSplit split = split(SimulatedEnvironments.of(recipe.system().name()));
    this.seen = cover(feasible(split.seen()), plan.seen());
    this.unseen =
        spread(
            feasible(split.unseen()).stream()
                .filter(e -> seen.stream().noneMatch(s -> twins(s, e)))
                .toList(),
            plan.unseen());
  }

  List<SimulatedEnvironment> seen() {
    return seen;
  }

  List<SimulatedEnvironment> unseen() {
    return unseen;
  }

  /** Everything the plan needs, environment by environment. */
  List<TrajectorySource> sources() {
    SimulatedSystem<?> system = recipe.prepared(plan.channels());
    List<TrajectorySource> sources = new ArrayList<>();
    for (List<SimulatedEnvironment> environments : List.of(seen, unseen)) {
      for (SimulatedEnvironment environment : environments) {
        for (Role role : Role.values()) {
          for (String name : names(environment, role)) {
            sources.add(source(system, environment, name, length(role)));
          }
        }
      }
    }
    return sources;
  }

  /** Names of an environment's trajectories in the store. */
  List<String> names(SimulatedEnvironment environment, Role role) {
    return IntStream.range(0, count(role))
        .mapToObj(
            i ->
                environment.id()
                    + "/"
                    + role.name().toLowerCase(Locale.ROOT)
                    + String.format("-%03d", i))
        .toList();
  }

  private int count(Role role) {
    return switch (role) {
      case TRAINING -> plan.training();
      case VALIDATION -> plan.validation();
      case TEST -> plan.test();
    };
  }

  private int length(Role role) {
    return role == Role.TEST ? plan.horizon() + 1 : plan.length();
  }

  private <S> TrajectorySource source(
      SimulatedSystem<S> system, SimulatedEnvironment environment, String name, int length) {
    long seed = seed(plan.seed(), name);
    long interval = SimulatedSystems.intervalMillis(system.name()) * plan.intervalMultiple();
    return new TrajectorySource(
        name,
        new Provenance(
            "io.dynadiff " + system.name(),
            SimulatedSystems.solverVersion(system.name()),
            OptionalLong.of(seed),
            recipe.settings()),
        0,
        OptionalInt.empty(),
        () ->
            new SimulatedSeries<>(
                environment.id(), system, environment.schedule(), seed, 0, interval, length));
  }

  /** Seeds of different trajectories have nothing to do with each other. */
  private static long seed(long planSeed, String name) {
    String digest = Sha256.hex((planSeed + "/" + name).getBytes(StandardCharsets.UTF_8));
    return Long.parseUnsignedLong(digest.substring(0, 16), 16);
  }

  private EnvironmentSplit split(SimulatedEnvironments environments) {
    return switch (plan.split()) {
      case STANDARD -> environments.standardSplit();
      case RANDOM -> environments.randomSplit(plan.splitSeed(), plan.seen());
      case BIASED -> environments.biasedSplit(plan.splitSeed(), plan.seen());
    };
  }

  private List<SimulatedEnvironment> feasible(List<SimulatedEnvironment> environments) {
    return environments.stream().filter(e -> recipe.feasible().test(conditions(e))).toList();
  }

  private List<SimulatedEnvironment> cover(List<SimulatedEnvironment> all, int count) {
    return new ConditionCover(all.stream().map(this::conditions).toList(), recipe.periods())
        .choose(count).stream().map(all::get).toList();
  }

  private static <T> List<T> spread(List<T> all, int count) {
    int kept = Math.min(count, all.size());
    return IntStream.range(0, kept).mapToObj(i -> all.get(i * all.size() / kept)).toList();
  }

  /** Whether two environments are the same, their conditions whole periods apart. */
  private boolean twins(SimulatedEnvironment one, SimulatedEnvironment other) {
    double[] a = conditions(one);
    double[] b = conditions(other);
    for (int i = 0; i < a.length; i++) {
      double difference = Math.abs(a[i] - b[i]);
      double period = recipe.periods()[i];
      double turns = period > 0 ? difference / period : 0;
      if (difference > 1e-9 && (period == 0 || Math.abs(turns - Math.rint(turns)) > 1e-9)) {
        return false;
      }
    }
    return !Arrays.equals(a, b);
  }

  /** Conditions in the system's order. */
  double[] conditions(SimulatedEnvironment environment) {
    return recipe.system().conditionNames().stream()
        .mapToDouble(environment.conditions()::get)
        .toArray();
  }
}
