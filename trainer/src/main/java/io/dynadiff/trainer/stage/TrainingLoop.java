package io.dynadiff.trainer.stage;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.dynadiff.models.nn.FlatAdam;
import io.dynadiff.models.nn.HostAdam;
import io.dynadiff.models.nn.Optimiser;
import io.dynadiff.models.safetensors.NamedTensor;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Runs one training to its end, from where an earlier run stopped.
 *
 * <p>Step i draws all its random numbers from a generator seeded with (seed, i), so a resumed
 * training sees what an uninterrupted one would have seen. The engine allows one gradient collector
 * per process: only one loop may run at a time.
 */
public final class TrainingLoop {

  /** Largest norm of a gradient. */
  private static final double MAX_NORM = 1;

  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(30);

  private final PrintStream progress;
  private final Duration checkpointInterval;

  /** Keeps a checkpoint every 30 seconds. */
  public TrainingLoop(PrintStream progress) {
    this(progress, CHECKPOINT_INTERVAL);
  }

  /**
   * @param progress where to print progress lines
   * @param checkpointInterval shortest time between checkpoints
   */
  public TrainingLoop(PrintStream progress, Duration checkpointInterval) {
    this.progress = progress;
    this.checkpointInterval = checkpointInterval;
  }

  /**
   * What a training needs besides its loss.
   *
   * @param name name for progress and picture
   * @param steps number of updates
   * @param learningRate highest learning rate; rises over the first 5 percent, then falls along a
   *     cosine
   * @param weightDecay decoupled weight decay
   * @param emaDecay decay of the average of the values; 0 returns the last values
   * @param seed seed of all random draws
   */
  public record Plan(
      String name,
      int steps,
      double learningRate,
      double weightDecay,
      double emaDecay,
      long seed) {}

  /** Computes the loss of one step. */
  @FunctionalInterface
  public interface Loss {

    /**
     * @param scope owns everything made on the way
     * @param leaf the parameters, collecting gradients
     * @param random this step's random numbers
     * @return a scalar
     */
    NDArray compute(NDManager scope, NDArray leaf, Random random);
  }

  /** Computes the loss of one step and its gradient in the processor's own memory. */
  @FunctionalInterface
  public interface HostLoss {

    /**
     * @param values the parameters, not to be changed
     * @param gradient receives the gradient
     * @param random this step's random numbers
     * @return the loss
     */
    double compute(float[] values, float[] gradient, Random random);
  }

  /** One update: computes the loss of the step and changes the parameters. */
  private interface Update {
    float apply(int step);
  }

  /** Trains and returns the final values (or their average). */
  public float[] run(StageStore store, Plan plan, float[] initial, Shape shape, Loss loss) {
    return run(store, plan, initial, shape, loss, EarlyStopping.never());
  }

  /**
   * The same, ending before the plan's last step if no row is worth another one.
   *
   * @param stopping keeps the best values of each row; fresh, as a resumed training restores it
   */
  public float[] run(
      StageStore store,
      Plan plan,
      float[] initial,
      Shape shape,
      Loss loss,
      EarlyStopping stopping) {
    try (NDManager manager = NDManager.newBaseManager();
        FlatAdam adam = new FlatAdam(manager, initial, shape, plan.weightDecay, MAX_NORM)) {
      return run(store, plan, initial, adam, n -> step(manager, adam, plan, loss, n), stopping);
    }
  }

  /**
   * The same for a loss that leaves the engine alone.
   *
   * @param row parameters of one expert
   */
  public float[] runOnHost(
      StageStore store,
      Plan plan,
      float[] initial,
      int row,
      HostLoss loss,
      EarlyStopping stopping) {
    float[] gradient = new float[initial.length];
    try (HostAdam adam = new HostAdam(initial, row, plan.weightDecay, MAX_NORM)) {
      return run(
          store,
          plan,
          initial,
          adam,
          step -> {
            double value = loss.compute(adam.current(), gradient, random(plan, step));
            adam.update(gradient, learningRate(plan, step));
            return (float) value;
          },
          stopping);
    }
  }

  private float[] run(
      StageStore store,
      Plan plan,
      float[] initial,
      Optimiser adam,
      Update update,
      EarlyStopping stopping) {
    float[] curve = new float[plan.steps];
    float[] average = plan.emaDecay > 0 ? initial.clone() : new float[0];
    store
        .checkpoint()
        .ifPresent(
            checkpoint -> {
              adam.restore(checkpoint.state());
              System.arraycopy(checkpoint.curve(), 0, curve, 0, adam.steps());
              System.arraycopy(checkpoint.curve(), adam.steps(), average, 0, average.length);
              stopping.restore(checkpoint.kept());
            });
    StageCost.Meter meter = StageCost.meter(store, adam.steps());
    Progress line = new Progress(progress, plan.name, plan.steps, adam.steps());
    long saved = System.nanoTime();
    while (adam.steps() < plan.steps && !stopping.done()) {
      int step = adam.steps();
      curve[step] = update.apply(step);
      if (!Float.isFinite(curve[step])) {
        throw new IllegalStateException(
            "training "
                + plan.name
                + ": the loss is "
                + curve[step]
                + " at step "
                + step
                + "; lower the learning rate");
      }
      blend(average, adam, plan);
      line.step(adam.steps(), curve[step]);
      stopping.step(adam.steps(), plan.steps, adam::values);
      if (System.nanoTime() - saved >= checkpointInterval.toNanos()
          && adam.steps() < plan.steps
          && !stopping.done()) {
        float[] both = Arrays.copyOf(curve, adam.steps() + average.length);
        System.arraycopy(average, 0, both, adam.steps(), average.length);
        store.checkpoint(
            new StageStore.Checkpoint(
                adam.state(),
                both,
                stopping.state().stream()
                    .collect(Collectors.toMap(NamedTensor::name, tensor -> tensor))));
        meter.note(adam.steps());
        saved = System.nanoTime();
      }
    }
    meter.note(adam.steps());
    if (adam.steps() < plan.steps) {
      progress.printf(
          "%s: stopped after %d of %d steps, as nothing got better%n",
          plan.name, adam.steps(), plan.steps);
    }
    try {
      LossCurve.write(store.directory(), plan.name, Arrays.copyOf(curve, adam.steps()));
    } catch (UncheckedIOException e) {
      // A picture that cannot be drawn is no reason to lose what was trained.
      progress.printf("%s: the loss curve could not be written: %s%n", plan.name, e.getMessage());
    }
    return plan.emaDecay > 0 ? average : adam.values();
  }

  private static float step(NDManager manager, FlatAdam adam, Plan plan, Loss loss, int step) {
    Random random = random(plan, step);
    try (NDManager scope = manager.newSubManager()) {
      NDArray leaf = adam.leaf(scope);
      NDArray value;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        value = loss.compute(scope, leaf, random);
        collector.backward(value);
      }
      adam.update(leaf, learningRate(plan, step));
      return value.getFloat();
    }
  }

  private static Random random(Plan plan, int step) {
    return new Random(plan.seed * 1_000_003L + step);
  }

  private static double learningRate(Plan plan, int step) {
    double warmUp = Math.max(1, 0.05 * plan.steps);
    if (step < warmUp) {
      return plan.learningRate * (step + 1) / warmUp;
    }
    return plan.learningRate
        * 0.5
        * (1 + Math.cos(Math.PI * (step - warmUp) / (plan.steps - warmUp)));
  }

  private static void blend(float[] average, Optimiser adam, Plan plan) {
    if (plan.emaDecay == 0) {
      return;
    }
    float[] values = adam.values();
    // Early on the average follows quickly, or it would remember the initial values.
    float decay = (float) Math.min(plan.emaDecay, (1.0 + adam.steps()) / (10.0 + adam.steps()));
    for (int i = 0; i < average.length; i++) {
      average[i] = decay * average[i] + (1 - decay) * values[i];
    }
  }
}
