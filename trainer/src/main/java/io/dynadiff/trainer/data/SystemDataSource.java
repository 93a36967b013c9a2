package io.dynadiff.trainer.data;

import io.dynadiff.models.bundle.Sha256;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.json.CanonicalJson;
import io.dynadiff.physics.environments.Era5Environments;
import io.dynadiff.physics.environments.SimulatedEnvironment;
import io.dynadiff.physics.environments.SimulatedSystems;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Snapshot;
import io.dynadiff.physics.simulation.ConditionKind;
import io.dynadiff.physics.store.StoredSeries;
import io.dynadiff.physics.store.TrajectorySource;
import io.dynadiff.physics.store.TrajectoryStore;
import io.dynadiff.physics.store.TrajectoryWriter;
import io.dynadiff.trainer.data.PlannedTrajectories.Role;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Gets the data of a system: simulates what is not stored yet, or reads a recording.
 *
 * <p>Simulated trajectories are kept in the store {@code data-<hash>} of a work directory, named
 * after everything they depend on; a run that was stopped goes on where it was.
 */
public final class SystemDataSource {

  private final Path recording;

  /**
   * @param recording file of recorded data; read only for the systems that are recorded
   */
  public SystemDataSource(Path recording) {
    this.recording = recording;
  }

  /**
   * Loads all data that a plan names.
   *
   * @param work directory for stored trajectories
   * @param progress where to report; a line a few seconds while simulating
   * @throws IllegalArgumentException if there is no such system, or the plan does not fit it
   */
  public SystemData load(String system, DataPlan plan, Path work, PrintStream progress) {
    if (system.equals(Era5Environments.standard().system())) {
      return Era5Data.read(recording, plan.horizon());
    }
    SimulationRecipe<?> recipe = SimulationRecipes.of(system, plan);
    PlannedTrajectories planned = new PlannedTrajectories(plan, recipe);
    Path root = work.resolve("data-" + key(system, plan));
    write(root, system, planned.sources(), progress);
    return read(TrajectoryStore.open(root), recipe, plan, planned);
  }

  /**
   * What the data of seen environments depend on, as a short hash: part of the identity of
   * everything learnt. Trajectories that are only scored lie under it too, each under a name of its
   * own.
   */
  public String key(String system, DataPlan plan) {
    String depends;
    if (system.equals(Era5Environments.standard().system())) {
      try {
        depends = Sha256.hex(Files.readAllBytes(recording)) + plan.horizon();
      } catch (IOException e) {
        throw new UncheckedIOException(recording + ": cannot be read: " + e.getMessage(), e);
      }
    } else {
      depends =
          CanonicalJson.write(
              List.of(
                  plan.trained(),
                  SimulatedSystems.solverVersion(system),
                  SimulationRecipes.of(system, plan).settings()));
    }
    return system + "-" + Sha256.hex(depends.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
  }

  private static void write(
      Path root, String system, List<TrajectorySource> sources, PrintStream progress) {
    int threads = Runtime.getRuntime().availableProcessors();
    TrajectoryWriter writer = new TrajectoryWriter(root, threads);
    int batch = 16 * threads;
    long start = System.nanoTime();
    long printed = start;
    int written = 0;
    try {
      for (int from = 0; from < sources.size(); from += batch) {
        int to = Math.min(sources.size(), from + batch);
        written += writer.write(sources.subList(from, to)).chunksWritten() > 0 ? to - from : 0;
        long now = System.nanoTime();
        if (written > 0 && (now - printed > 5_000_000_000L || to == sources.size())) {
          printed = now;
          double seconds = (now - start) / 1e9;
          Duration left = Duration.ofSeconds(Math.round(seconds / written * (sources.size() - to)));
          progress.printf(
              Locale.ROOT,
              "%-16s %6d/%d trajectories  %.0f s  ETA %d:%02d%n",
              system,
              to,
              sources.size(),
              seconds,
              left.toMinutes(),
              left.toSecondsPart());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          system + " data: interrupted while simulating; run it again, it goes on", e);
    }
  }

  private static SystemData read(
      TrajectoryStore store,
      SimulationRecipe<?> recipe,
      DataPlan plan,
      PlannedTrajectories planned) {
    List<String> training =
        planned.seen().stream().flatMap(e -> planned.names(e, Role.TRAINING).stream()).toList();
    FieldShape shape = shape(store, training.get(0));
    ChannelScaling scaling = recipe.scaling(shape, plan.channels());
    training.forEach(name -> physical(store, name).forEach(scaling::add));
    FieldNormalisation normalisation = scaling.normalisation();
    String system = recipe.system().name();
    long interval = SimulatedSystems.intervalMillis(system) * plan.intervalMultiple();
    Reading reading = new Reading(store, shape, normalisation, interval, planned);
    List<EnvironmentData> seen = planned.seen().stream().map(reading::environment).toList();
    return new SystemData(
        system,
        shape,
        interval,
        plan.horizon(),
        normalisation,
        SystemData.conditions(
            recipe.system().conditionNames(),
            recipe.system().conditions().stream().map(ConditionKind::unit).toList(),
            recipe.periods(),
            seen.stream().map(EnvironmentData::conditions).toList()),
        seen,
        planned.unseen().stream().map(reading::environment).toList(),
        recipe.symmetries().apply(shape),
        recipe.equivalences().apply(shape),
        SimulatedLaws.of(system, plan, shape));
  }

  private static FieldShape shape(TrajectoryStore store, String name) {
    try (StoredSeries series = store.series(name)) {
      return series.shape();
    }
  }

  private static List<float[]> physical(TrajectoryStore store, String name) {
    List<float[]> frames = new ArrayList<>();
    try (StoredSeries series = store.series(name)) {
      series.snapshots(0).forEachRemaining((Snapshot s) -> frames.add(s.values()));
    }
    return frames;
  }

  /** Stored trajectories as data. */
  private record Reading(
      TrajectoryStore store,
      FieldShape shape,
      FieldNormalisation normalisation,
      long intervalMillis,
      PlannedTrajectories planned) {

    EnvironmentData environment(SimulatedEnvironment environment) {
      List<Trajectory> validation = trajectories(environment, Role.VALIDATION);
      List<Trajectory> test = trajectories(environment, Role.TEST);
      List<RolloutCase> rollouts = test.stream().map(t -> new RolloutCase(t, 0)).toList();
      return new EnvironmentData(
          environment.id(),
          planned.conditions(environment),
          trajectories(environment, Role.TRAINING),
          validation,
          test,
          validation.stream().map(v -> new AdaptationCase(v, v.length() - 1, rollouts)).toList());
    }

    private List<Trajectory> trajectories(SimulatedEnvironment environment, Role role) {
      // Unpacking checks checksums and normalises hundreds of megabytes.
      return planned.names(environment, role).parallelStream()
          .map(
              name -> Trajectory.of(shape, physical(store, name), normalisation, 0, intervalMillis))
          .toList();
    }
  }
}
