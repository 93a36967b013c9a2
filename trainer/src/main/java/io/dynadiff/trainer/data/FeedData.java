package io.dynadiff.trainer.data;

import io.dynadiff.models.bundle.Sha256;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.json.CanonicalJson;
import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Snapshot;
import io.dynadiff.physics.store.StoredSeries;
import io.dynadiff.physics.store.TrajectoryStore;
import io.dynadiff.trainer.data.FeedSurvey.Stretch;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Data of a feed of one's own, as frames in a trajectory store.
 *
 * <p>Of each environment the first frames train, later ones validate and the last ones test. Some
 * environments are held out whole. Conditions are those of a file, those that the frames say of
 * themselves, or unknown.
 */
public final class FeedData {

  /** For conditions that no frame names and no file gives. */
  public static final String UNKNOWN = "unknown";

  private static final int MOST_CASES = 8;

  private final FeedSurvey survey;
  private final FeedConditions conditions;
  private final List<String> unseen;

  private FeedData(FeedSurvey survey, FeedConditions conditions, List<String> unseen) {
    this.survey = survey;
    this.conditions = conditions;
    this.unseen = unseen;
  }

  /**
   * Looks at what there is; values are read by {@link #load}.
   *
   * @param store directory of the store
   * @param conditions a CSV file, {@link #UNKNOWN}, or empty for what the frames say
   * @param unseen environments to hold out; empty for every fifth
   * @throws IllegalArgumentException if the data cannot be trained on
   */
  public static FeedData open(
      Path store, String system, Optional<String> conditions, List<String> unseen) {
    FeedSurvey survey = FeedSurvey.of(store, system);
    List<String> all = List.copyOf(survey.environments().keySet());
    for (String id : unseen) {
      if (!all.contains(id)) {
        throw new IllegalArgumentException(
            "--unseen: expected environments out of " + all + ", found " + id);
      }
    }
    List<String> held = unseen.isEmpty() ? everyFifth(all) : unseen.stream().distinct().toList();
    List<String> seen = all.stream().filter(id -> !held.contains(id)).toList();
    if (seen.size() < 2) {
      throw new IllegalArgumentException(
          store
              + ": expected at least 2 environments to train on, found "
              + seen
              + (held.isEmpty() ? "" : " besides the held-out " + held)
              + "; what adapts is learnt from how environments differ: record further sites,"
              + " seasons or settings, each under an id of its own");
    }
    return new FeedData(survey, conditions(survey, conditions, seen), held);
  }

  private static List<String> everyFifth(List<String> all) {
    return IntStream.range(0, all.size())
        .filter(i -> i % 5 == 2 && all.size() >= 4)
        .mapToObj(all::get)
        .toList();
  }

  private static FeedConditions conditions(
      FeedSurvey survey, Optional<String> source, List<String> seen) {
    // Also where they are not used: frames under changing conditions are no one environment.
    FeedConditions stored = FeedConditions.stored(survey);
    FeedConditions found =
        source.isEmpty()
            ? stored
            : source.get().equals(UNKNOWN)
                ? FeedConditions.unknown(survey)
                : FeedConditions.read(Path.of(source.get()), survey);
    found.requireKnown(seen);
    FeedConditions telling = found.telling(seen);
    if (telling.names().isEmpty() && source.isPresent() && !source.get().equals(UNKNOWN)) {
      throw new IllegalArgumentException(
          source.get()
              + ": expected a condition that differs between environments, found "
              + found.names()
              + " with the same values in all of "
              + seen);
    }
    return telling;
  }

  /** What the store holds. */
  public FeedSurvey survey() {
    return survey;
  }

  /** Environments to train on. */
  public List<String> seen() {
    return survey.environments().keySet().stream().filter(id -> !unseen.contains(id)).toList();
  }

  /** A plan that says what is taken, for the record: all of it. */
  public DataPlan plan(int horizon) {
    return new DataPlan(
        DataPlan.Split.STANDARD,
        seen().size(),
        unseen.size(),
        0,
        1,
        1,
        1,
        (int)
            Math.max(
                2,
                survey.environments().keySet().stream()
                    .mapToLong(survey::frames)
                    .min()
                    .orElseThrow()),
        horizon,
        survey.shape().height(),
        1,
        survey.channels().stream().map(Channel::name).toList(),
        new TreeMap<>(),
        0);
  }

  /** What the data depend on, as a short hash: part of the identity of everything learnt. */
  public String key() {
    String depends =
        CanonicalJson.write(
            List.of(
                survey.environments().values().stream()
                    .flatMap(List::stream)
                    .map(s -> List.of(s.name(), s.metadata().startMillis(), s.chunks()))
                    .toList(),
                conditions.names(),
                new TreeMap<>(conditions.values()),
                unseen));
    return survey.system()
        + "-"
        + Sha256.hex(depends.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
  }

  /**
   * Reads everything.
   *
   * @param horizon steps of a scored rollout
   * @param window frames of an observation window
   * @throws IllegalArgumentException if there are too few frames in a row, or a channel never
   *     changes
   */
  public SystemData load(int horizon, int window, PrintStream progress) {
    TrajectoryStore store = TrajectoryStore.open(survey.path());
    FeedSplit split = new FeedSplit(survey, horizon, window);
    ChannelScaling scaling = ChannelScaling.perChannel(survey.shape());
    boolean[] varies = new boolean[survey.channels().size()];
    float[] first = new float[varies.length];
    Arrays.fill(first, Float.NaN);
    for (String id : seen()) {
      for (FeedSplit.Part part : split.training(id)) {
        for (float[] frame : physical(store, part)) {
          scaling.add(frame);
          note(frame, first, varies);
        }
      }
    }
    requireVariation(first, varies);
    FieldNormalisation normalisation = scaling.normalisation();
    List<EnvironmentData> seen = new ArrayList<>();
    List<EnvironmentData> held = new ArrayList<>();
    for (String id : survey.environments().keySet()) {
      (unseen.contains(id) ? held : seen).add(environment(store, split, id, normalisation));
    }
    progress.printf(
        Locale.ROOT,
        "%s: %s on %d x %d points every %s, %d to %d frames of an environment; held out: %s;"
            + " conditions: %s%n",
        survey.system(),
        survey.channels().stream()
            .map(c -> c.name() + " (" + c.unit() + ")")
            .collect(Collectors.joining(", ")),
        survey.shape().height(),
        survey.shape().width(),
        java.time.Duration.ofMillis(survey.intervalMillis())
            .toString()
            .substring(2)
            .toLowerCase(Locale.ROOT),
        survey.environments().keySet().stream().mapToLong(survey::frames).min().orElseThrow(),
        survey.environments().keySet().stream().mapToLong(survey::frames).max().orElseThrow(),
        unseen.isEmpty() ? "none" : String.join(", ", unseen),
        conditions.names().isEmpty()
            ? "unknown, labels are made from what experts do"
            : String.join(", ", conditions.names()));
    return new SystemData(
        survey.system(),
        survey.shape(),
        survey.intervalMillis(),
        horizon,
        normalisation,
        SystemData.conditions(
            conditions.names(),
            conditions.units(),
            new double[conditions.names().size()],
            seen.stream().map(EnvironmentData::conditions).toList()),
        seen,
        held,
        Symmetries.none());
  }

  /** Notes which channels have more than one value. */
  private void note(float[] frame, float[] first, boolean[] varies) {
    int points = survey.shape().points();
    for (int i = 0; i < frame.length; i++) {
      int channel = i / points;
      if (Float.isNaN(first[channel])) {
        first[channel] = frame[i];
      }
      varies[channel] |= frame[i] != first[channel];
    }
  }

  private void requireVariation(float[] first, boolean[] varies) {
    for (int c = 0; c < varies.length; c++) {
      if (!varies[c]) {
        throw new IllegalArgumentException(
            survey.path()
                + ": channel "
                + survey.channels().get(c).name()
                + ": expected values that vary, found "
                + first[c]
                + " everywhere; record without it (sensor: without --mask-channel)");
      }
    }
  }

  private EnvironmentData environment(
      TrajectoryStore store, FeedSplit split, String id, FieldNormalisation normalisation) {
    List<Trajectory> test = trajectories(store, split.test(id), normalisation);
    return new EnvironmentData(
        id,
        conditions.values().get(id),
        trajectories(store, split.training(id), normalisation),
        trajectories(store, split.validation(id), normalisation),
        test,
        cases(test, split));
  }

  /** Windows spread over the test frames, each with the rollout that begins at its last frame. */
  private static List<AdaptationCase> cases(List<Trajectory> test, FeedSplit split) {
    List<AdaptationCase> all = new ArrayList<>();
    for (Trajectory trajectory : test) {
      int first = split.window() - 1;
      for (int start = first; start + split.horizon() < trajectory.length(); start++) {
        all.add(new AdaptationCase(trajectory, start, List.of(new RolloutCase(trajectory, start))));
      }
    }
    // Odd, so that starts of an hourly feed meet every time of day.
    int stride = Math.max(1, all.size() / MOST_CASES) | 1;
    return IntStream.range(0, all.size())
        .filter(i -> i % stride == 0)
        .limit(MOST_CASES)
        .mapToObj(all::get)
        .toList();
  }

  private List<Trajectory> trajectories(
      TrajectoryStore store, List<FeedSplit.Part> parts, FieldNormalisation normalisation) {
    return parts.stream()
        .map(
            part ->
                Trajectory.of(
                    survey.shape(),
                    physical(store, part),
                    normalisation,
                    startMillis(part),
                    survey.intervalMillis()))
        .toList();
  }

  private long startMillis(FeedSplit.Part part) {
    Stretch stretch = part.stretch();
    return stretch.metadata().startMillis() + part.from() * survey.intervalMillis();
  }

  private static List<float[]> physical(TrajectoryStore store, FeedSplit.Part part) {
    List<float[]> frames = new ArrayList<>();
    try (StoredSeries series = store.series(part.stretch().name())) {
      var snapshots = series.snapshots(part.from());
      for (long i = part.from(); i < part.to(); i++) {
        Snapshot snapshot = snapshots.next();
        frames.add(snapshot.values());
      }
    }
    return frames;
  }
}
