package io.dynadiff.cli.bench;

import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.forecast.RolloutStart;
import io.dynadiff.models.forecast.StackedForecaster;
import io.dynadiff.models.generation.GenerationRequest;
import io.dynadiff.models.generation.WeightGenerator;
import io.dynadiff.models.metrics.FieldMetrics;
import io.dynadiff.models.prompt.WindowFeatures;
import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Snapshot;
import io.dynadiff.streams.shift.OneStepError;
import java.util.ArrayList;
import java.util.List;

/**
 * Experts of a bundle and their one-step errors on frames, without Kafka but by the same code that
 * the roles call. Confined to one thread; {@link #close} frees the native memory.
 */
final class ExpertErrors implements AutoCloseable {

  /** Starts of one stacked step; every start carries a copy of the weights. */
  private static final int BATCH = 32;

  private final Bundle bundle;
  private final WeightGenerator generator;
  private final StackedForecaster forecaster;

  ExpertErrors(Bundle bundle) {
    this.bundle = bundle;
    this.generator = new WeightGenerator(bundle);
    this.forecaster = new StackedForecaster(bundle.expertSpec(), bundle.normalisation());
  }

  Bundle bundle() {
    return bundle;
  }

  /**
   * The expert that the guarded swap leaves in use after a request: the generated one unless it is
   * worse than the incumbent on the window.
   *
   * @param frames the window, oldest first
   */
  float[] swap(float[] incumbent, List<Snapshot> frames, long seed) {
    ObservationWindow window =
        new ObservationWindow(
            bundle.expertSpec().fieldShape(),
            frames.stream().map(Snapshot::values).toList(),
            frames.stream().mapToLong(Snapshot::eventTimeMillis).toArray());
    WindowFeatures features = WindowFeatures.of(window, bundle.normalisation(), bundle.features());
    float[] challenger =
        generator
            .generate(List.of(new GenerationRequest("bench", window, features, seed)))
            .get(0)
            .members()
            .get(0);
    double[] scores =
        forecaster.windowScores(
            List.of(incumbent, challenger), window, bundle.manifest().candidates().scoreSteps());
    return scores[1] <= scores[0] ? challenger : incumbent;
  }

  /**
   * The errors of an expert on every frame but the first.
   *
   * @param frames consecutive frames
   * @param firstSequence sequence of the first of them
   */
  List<OneStepError> errors(
      float[] weights, long version, List<Snapshot> frames, long firstSequence) {
    FieldShape shape = bundle.expertSpec().fieldShape();
    List<OneStepError> errors = new ArrayList<>();
    for (int from = 0; from < frames.size() - 1; from += BATCH) {
      List<Snapshot> starts = frames.subList(from, Math.min(from + BATCH, frames.size() - 1));
      List<float[][]> forecasts =
          forecaster.rollout(
              starts.stream()
                  .map(s -> new RolloutStart(weights, s.values(), s.eventTimeMillis()))
                  .toList(),
              1);
      for (int i = 0; i < starts.size(); i++) {
        float[] issued = starts.get(i).values();
        float[] truth = frames.get(from + i + 1).values();
        errors.add(
            OneStepError.of(
                firstSequence + from + i + 1,
                version,
                FieldMetrics.normalisedRmse(
                    shape, bundle.normalisation(), forecasts.get(i)[0], truth),
                FieldMetrics.normalisedRmse(shape, bundle.normalisation(), issued, truth),
                bundle.calibration().usualChange()));
      }
    }
    return errors;
  }

  @Override
  public void close() {
    forecaster.close();
    generator.close();
  }
}
