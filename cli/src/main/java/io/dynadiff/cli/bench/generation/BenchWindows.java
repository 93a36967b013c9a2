package io.dynadiff.cli.bench.generation;

import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.generation.GenerationRequest;
import io.dynadiff.models.prompt.WindowFeatures;
import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.physics.environments.LambdaOmegaEnvironments;
import io.dynadiff.physics.field.Snapshot;
import io.dynadiff.physics.lambdaomega.BetaSchedule;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSeries;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Requests with windows of simulated environments that differ in their coefficient. */
final class BenchWindows {

  private static final double FIRST_BETA = 1.02;
  private static final double SPAN = 0.46;

  private BenchWindows() {}

  /** So many requests to a bundle of Lambda-Omega on the grid of its standard environments. */
  static List<GenerationRequest> of(Bundle bundle, int count) {
    LambdaOmegaEnvironments system = LambdaOmegaEnvironments.standard();
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      try (LambdaOmegaSeries series =
          new LambdaOmegaSeries(
              "window-" + i,
              system.parameters(),
              BetaSchedule.constant(FIRST_BETA + SPAN * i / Math.max(1, count - 1)),
              i + 1,
              0,
              system.intervalMillis(),
              Long.MAX_VALUE)) {
        requests.add(request(bundle, series, i));
      }
    }
    return requests;
  }

  private static GenerationRequest request(Bundle bundle, LambdaOmegaSeries series, long seed) {
    Iterator<Snapshot> snapshots = series.snapshots(0);
    List<float[]> frames = new ArrayList<>();
    long[] times = new long[bundle.windowLength()];
    for (int i = 0; i < times.length; i++) {
      Snapshot snapshot = snapshots.next();
      frames.add(snapshot.values());
      times[i] = snapshot.eventTimeMillis();
    }
    ObservationWindow window =
        new ObservationWindow(bundle.expertSpec().fieldShape(), frames, times);
    return new GenerationRequest(
        series.environmentId(),
        window,
        WindowFeatures.of(window, bundle.normalisation(), bundle.features()),
        seed);
  }
}
