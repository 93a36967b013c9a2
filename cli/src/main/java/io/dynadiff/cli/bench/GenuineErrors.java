package io.dynadiff.cli.bench;

import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.physics.environments.Era5Environments;
import io.dynadiff.physics.environments.LambdaOmegaEnvironment;
import io.dynadiff.physics.environments.LambdaOmegaEnvironments;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.field.Snapshot;
import io.dynadiff.physics.lambdaomega.BetaSchedule;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSeries;
import io.dynadiff.physics.recorded.RecordedField;
import io.dynadiff.physics.recorded.RecordedFields;
import io.dynadiff.physics.recorded.Tile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleConsumer;

/**
 * Error series of the shipped bundles' own experts on feeds as the demo has them.
 *
 * <p>The expert of a feed is generated from its first window. After a change that expert goes on,
 * so that every detector can be as slow as it is; and a second expert is generated from the first
 * window after the change, whose errors are a series of their own in which a detection asks for
 * weights that bring nothing.
 */
final class GenuineErrors {

  /** Frames after a change in which it may be detected. */
  static final int HORIZON = 60;

  /** Changes of beta, radians per time unit; the environments span 0.5. */
  static final List<Double> CHANGES = List.of(0.02, 0.05, 0.1, 0.2, 0.3);

  private static final int STATIONARY_FRAMES = 400;
  private static final int FRAMES_BEFORE = 100;
  private static final int FRAMES_AFTER_SWAP = 150;
  private static final double LARGEST_BETA = 1.5;

  static final long FIRST_SEED = 101;

  private GenuineErrors() {}

  /**
   * Lambda-Omega feeds of unseen environments: stationary ones, shifting ones, and what the experts
   * that are generated after the shift do.
   *
   * @param environments number of environments, spread over the unseen ones
   * @param kept where the series of environments that are done lie
   * @param progress told what share is done, 0..1
   */
  static List<ErrorSeries> lambdaOmega(
      Bundle bundle, int environments, KeptSeries kept, DoubleConsumer progress)
      throws IOException {
    List<LambdaOmegaEnvironment> unseen = LambdaOmegaEnvironments.standard().unseen();
    List<ErrorSeries> series = new ArrayList<>();
    try (ExpertErrors experts = new ExpertErrors(bundle)) {
      for (int i = 0; i < environments; i++) {
        // The middle of each stretch: defaults were chosen on the first of each, with seeds 1..13.
        double beta = unseen.get((2 * i + 1) * unseen.size() / (2 * environments)).beta();
        long seed = FIRST_SEED + i;
        double before = (double) i / environments;
        String key =
            String.format(
                Locale.ROOT,
                "lambda-omega-%s-beta-%.2f-seed-%d-%d-%d-%d-%d-%08x",
                experts.bundle().id(),
                beta,
                seed,
                STATIONARY_FRAMES,
                FRAMES_BEFORE,
                HORIZON,
                FRAMES_AFTER_SWAP,
                CHANGES.hashCode());
        series.addAll(
            kept.of(
                key.replaceAll("[^A-Za-z0-9.-]", "-"),
                () ->
                    environment(
                        experts,
                        beta,
                        seed,
                        done -> progress.accept(before + done / environments))));
        progress.accept((i + 1.0) / environments);
      }
    }
    return series;
  }

  private static List<ErrorSeries> environment(
      ExpertErrors experts, double beta, long seed, DoubleConsumer progress) {
    List<ErrorSeries> series = new ArrayList<>();
    List<Snapshot> steady =
        take(feed(experts, BetaSchedule.constant(beta), seed), STATIONARY_FRAMES);
    float[] weights = first(experts, steady);
    series.add(watched(experts, weights, steady, "stationary", -1));
    for (int c = 0; c < CHANGES.size(); c++) {
      double change = CHANGES.get(c);
      double after = beta + change <= LARGEST_BETA ? beta + change : beta - change;
      series.addAll(shifting(experts, weights, beta, after, change, seed));
      progress.accept((c + 1.0) / CHANGES.size());
    }
    return series;
  }

  /** The recorded tiles that nobody was trained on, after the days that training has used. */
  static List<ErrorSeries> recorded(Bundle bundle, Path recording, DoubleConsumer progress)
      throws IOException {
    Era5Environments environments = Era5Environments.standard();
    List<ErrorSeries> series = new ArrayList<>();
    try (ExpertErrors experts = new ExpertErrors(bundle);
        RecordedFields recorded = RecordedFields.open(recording)) {
      RecordedField field = recorded.variable(environments.variable());
      for (Tile tile : environments.unseen()) {
        List<Snapshot> frames = take(environments.heldOut(field, tile), Integer.MAX_VALUE);
        series.add(watched(experts, first(experts, frames), frames, "recorded", -1));
        progress.accept((double) series.size() / environments.unseen().size());
      }
    }
    return series;
  }

  private static List<ErrorSeries> shifting(
      ExpertErrors experts,
      float[] weights,
      double before,
      double after,
      double change,
      long seed) {
    int window = experts.bundle().windowLength();
    // The change governs the step from this frame on, so the next frame is the first to show it.
    int changed = window + FRAMES_BEFORE;
    BetaSchedule schedule =
        new BetaSchedule(
            List.of(new BetaSchedule.Change(0, before), new BetaSchedule.Change(changed, after)));
    List<Snapshot> frames =
        take(feed(experts, schedule, seed), changed + window + FRAMES_AFTER_SWAP);
    String group = String.format(Locale.ROOT, "change-%.2f", change);
    ErrorSeries old =
        watched(experts, weights, frames.subList(0, changed + 1 + HORIZON), group, changed + 1);
    int from = changed + 1;
    float[] swapped = experts.swap(weights, frames.subList(from, from + window), seed);
    List<Snapshot> rest = frames.subList(from + window - 1, frames.size());
    ErrorSeries renewed =
        new ErrorSeries(
            "after-swap",
            experts.bundle().calibration().oneStepErrorMean(),
            experts.errors(swapped, 2, rest, from + window - 1L),
            -1);
    return List.of(old, renewed);
  }

  private static ErrorSeries watched(
      ExpertErrors experts,
      float[] weights,
      List<Snapshot> frames,
      String group,
      long shiftSequence) {
    int window = experts.bundle().windowLength();
    return new ErrorSeries(
        group,
        experts.bundle().calibration().oneStepErrorMean(),
        experts.errors(weights, 1, frames.subList(window - 1, frames.size()), window - 1L),
        shiftSequence);
  }

  private static float[] first(ExpertErrors experts, List<Snapshot> frames) {
    Bundle bundle = experts.bundle();
    return experts.swap(bundle.baseWeights(), frames.subList(0, bundle.windowLength()), 1);
  }

  private static FieldSeries feed(ExpertErrors experts, BetaSchedule schedule, long seed) {
    return new LambdaOmegaSeries(
        LambdaOmegaSeries.SYSTEM,
        LambdaOmegaEnvironments.standard().parameters(),
        schedule,
        seed,
        0,
        experts.bundle().intervalMillis(),
        Integer.MAX_VALUE);
  }

  private static List<Snapshot> take(FieldSeries series, int most) {
    List<Snapshot> frames = new ArrayList<>();
    try (series) {
      Iterator<Snapshot> snapshots = series.snapshots(0);
      while (snapshots.hasNext() && frames.size() < most) {
        frames.add(snapshots.next());
      }
    }
    return frames;
  }
}
