package io.dynadiff.trainer.stage;

import io.dynadiff.models.safetensors.NamedTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Keeps the best weights of each of several stacked trainings, and says when none gets better.
 *
 * <p>A row that has not become better for so many checks is frozen: what it keeps does not depend
 * on how long its neighbours go on. Confined to one thread.
 */
public final class EarlyStopping {

  /** Tells how good weights are. */
  @FunctionalInterface
  public interface Validation {

    /**
     * @param row which of the stacked trainings
     * @param weights its flat weights
     * @return the error on data that is not trained on; NaN counts as worse than any number
     */
    double error(int row, float[] weights);
  }

  private final int checkSteps;
  private final int patience;
  private final Validation validation;
  private final float[][] best;
  private final float[] errors;
  private final float[] bestSteps;
  private final float[] lastSteps;
  private final float[] failures;

  /**
   * @param rows number of stacked trainings
   * @param checkSteps steps between checks, at least 1
   * @param patience checks without improvement after which a row stops, at least 1; 0 never checks
   */
  public EarlyStopping(int rows, int checkSteps, int patience, Validation validation) {
    this.checkSteps = checkSteps;
    this.patience = patience;
    this.validation = validation;
    this.best = new float[rows][];
    this.errors = new float[rows];
    this.bestSteps = new float[rows];
    this.lastSteps = new float[rows];
    this.failures = new float[rows];
    Arrays.fill(errors, Float.POSITIVE_INFINITY);
  }

  /** Stops nothing and keeps nothing. */
  public static EarlyStopping never() {
    return new EarlyStopping(0, 1, 0, (row, weights) -> Double.NaN);
  }

  /** Whether it keeps weights at all. */
  public boolean active() {
    return patience > 0;
  }

  /** Whether no row is worth another step. */
  boolean done() {
    for (int row = 0; row < best.length; row++) {
      if (!stopped(row)) {
        return false;
      }
    }
    return active();
  }

  private boolean stopped(int row) {
    return failures[row] >= patience;
  }

  /**
   * Looks at the rows if it is time to.
   *
   * @param step updates so far
   * @param total updates in all; the last ones are always looked at
   * @param values weights of all rows
   */
  void step(int step, int total, Supplier<float[]> values) {
    if (!active() || (step % checkSteps != 0 && step != total)) {
      return;
    }
    float[] all = values.get();
    int width = all.length / best.length;
    for (int row = 0; row < best.length; row++) {
      if (stopped(row)) {
        continue;
      }
      float[] weights = Arrays.copyOfRange(all, row * width, (row + 1) * width);
      // In the precision of a checkpoint, so that a resumed training decides alike.
      float error = (float) validation.error(row, weights);
      lastSteps[row] = step;
      if (error < errors[row]) {
        best[row] = weights;
        errors[row] = error;
        bestSteps[row] = step;
        failures[row] = 0;
      } else {
        failures[row]++;
      }
      if (best[row] == null) {
        // Whatever the errors, there must be something to return.
        best[row] = weights;
        bestSteps[row] = step;
      }
    }
  }

  /** What a checkpoint must keep; empty before the first check. */
  List<NamedTensor> state() {
    if (!active() || best[0] == null) {
      return List.of();
    }
    return List.of(
        StageStore.rows("stopping.best", List.of(best)),
        StageStore.vector("stopping.errors", errors),
        StageStore.vector("stopping.bestSteps", bestSteps),
        StageStore.vector("stopping.lastSteps", lastSteps),
        StageStore.vector("stopping.failures", failures));
  }

  /** Puts back what {@link #state} returned. */
  void restore(Map<String, NamedTensor> state) {
    if (!active() || !state.containsKey("stopping.best")) {
      return;
    }
    List<float[]> kept = new ArrayList<>(StageStore.rows(state.get("stopping.best")));
    for (int row = 0; row < best.length; row++) {
      best[row] = kept.get(row);
    }
    copy(state, "stopping.errors", errors);
    copy(state, "stopping.bestSteps", bestSteps);
    copy(state, "stopping.lastSteps", lastSteps);
    copy(state, "stopping.failures", failures);
  }

  private static void copy(Map<String, NamedTensor> state, String name, float[] to) {
    System.arraycopy(state.get(name).values(), 0, to, 0, to.length);
  }

  /** The best weights of each row. */
  public List<float[]> best() {
    return List.of(best);
  }

  /** For each row the updates after which it was best. */
  public float[] bestSteps() {
    return bestSteps.clone();
  }

  /** For each row the updates after which it was last looked at. */
  public float[] lastSteps() {
    return lastSteps.clone();
  }
}
