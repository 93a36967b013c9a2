package io.dynadiff.models.expert;

import io.dynadiff.physics.field.FieldShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Runs stacked experts by their {@link ExpertKernel}, and leads the error of their rollouts back to
 * their weights.
 *
 * <p>The work is cut into blocks of fields of one expert, and the blocks' gradients are added in
 * their order: results do not depend on the number of threads. To be called by one thread at a
 * time.
 */
public final class HostExperts {

  /** Fields that one kernel takes in turn. */
  private static final int BLOCK = 8;

  private static final int THREADS = ProcessorThreads.count();

  private static final ForkJoinPool POOL = new ForkJoinPool(THREADS);

  private final ExpertSpec spec;
  private final int tapes;
  private final Queue<ExpertKernel> free = new ConcurrentLinkedQueue<>();
  private final List<ExpertKernel> own = new ArrayList<>();

  private HostExperts(ExpertSpec spec, int tapes) {
    this.spec = spec;
    this.tapes = tapes;
  }

  /**
   * Experts of a specification whose family has a kernel.
   *
   * @param steps longest rollout whose error is led back
   */
  public static Optional<HostExperts> of(ExpertSpec spec, int steps) {
    return spec.family().kernel(spec, 0).map(k -> new HostExperts(spec, steps));
  }

  /**
   * Rolls every field forward, see {@link ExpertNetwork#step}.
   *
   * @param weights flat weights, axes [expert, parameter]
   * @param states normalised fields, axes [expert, channel, batch, point]
   * @param batch fields of each expert
   * @param clocks at each step, axes [expert, 2, batch]; nulls if the specification has no clock
   * @return the states after each step, same axes
   */
  public List<float[]> rollout(float[] weights, float[] states, int batch, List<float[]> clocks) {
    List<float[]> rollout = new ArrayList<>(List.of(states));
    clocks.forEach(clock -> rollout.add(new float[states.length]));
    run(
        weights,
        batch,
        (kernel, expert, first, end) -> {
          float[] change = new float[spec.fieldShape().size()];
          for (int step = 0; step < clocks.size(); step++) {
            for (int b = first; b < end; b++) {
              step(kernel, rollout, clocks.get(step), step, expert, b, batch, change);
            }
          }
        });
    return rollout.subList(1, rollout.size());
  }

  private void step(
      ExpertKernel kernel,
      List<float[]> rollout,
      float[] clocks,
      int step,
      int expert,
      int b,
      int batch,
      float[] change) {
    FieldShape shape = spec.fieldShape();
    float[] from = rollout.get(step);
    float[] to = rollout.get(step + 1);
    int at = (expert * shape.channels() * batch + b) * shape.points();
    int stride = batch * shape.points();
    kernel.step(
        from, at, stride, sine(clocks, expert, b, batch), cosine(clocks, expert, b, batch), change);
    for (int c = 0; c < shape.channels(); c++) {
      for (int p = 0; p < shape.points(); p++) {
        int i = at + c * stride + p;
        to[i] = next(from[i], change[c * shape.points() + p]);
      }
    }
  }

  /**
   * Mean square error of rollouts from their first frames over all later ones, in units of the
   * residual scale, and its gradient.
   *
   * @param weights flat weights, axes [expert, parameter]
   * @param frames normalised frames at steps 0, 1, ..., each with axes [expert, channel, batch,
   *     point]
   * @param clocks of each frame but the last, axes [expert, 2, batch]; nulls without a clock
   * @param batch rollouts of each expert
   * @param factor by which error and gradient are multiplied
   * @param gradient receives the gradient, axes [expert, parameter]
   * @return the error
   */
  public double rolloutError(
      float[] weights,
      List<float[]> frames,
      List<float[]> clocks,
      int batch,
      double factor,
      float[] gradient) {
    int steps = frames.size() - 1;
    double unit =
        factor / (steps * spec.residualScale() * spec.residualScale() * frames.get(0).length);
    int blocks = blocks(batch);
    double[] sums = new double[weights.length / spec.parameterCount() * blocks];
    Arrays.fill(gradient, 0);
    runAndRemember(
        weights,
        batch,
        (kernel, expert, first, end) -> {
          double sum = 0;
          for (int b = first; b < end; b++) {
            sum += lead(kernel, frames, clocks, expert, b, batch, unit);
          }
          sums[expert * blocks + first / BLOCK] = sum;
        });
    drain(batch, weights.length / spec.parameterCount(), gradient);
    return Arrays.stream(sums).sum() * unit;
  }

  /** One rollout there and back; returns the sum of its squared errors. */
  private double lead(
      ExpertKernel kernel,
      List<float[]> frames,
      List<float[]> clocks,
      int expert,
      int b,
      int batch,
      double unit) {
    FieldShape shape = spec.fieldShape();
    int steps = frames.size() - 1;
    int stride = batch * shape.points();
    int at = (expert * shape.channels() * batch + b) * shape.points();
    float[][] errors = new float[steps][shape.size()];
    float[] state = new float[shape.size()];
    float[] change = new float[shape.size()];
    gather(frames.get(0), at, stride, state);
    double sum = 0;
    for (int s = 0; s < steps; s++) {
      forward(kernel, s, state, 0, shape.points(), clocks.get(s), expert, b, batch, change);
      float[] target = frames.get(s + 1);
      for (int c = 0; c < shape.channels(); c++) {
        for (int p = 0; p < shape.points(); p++) {
          int i = c * shape.points() + p;
          state[i] = next(state[i], change[i]);
          errors[s][i] = state[i] - target[at + c * stride + p];
          sum += (double) errors[s][i] * errors[s][i];
        }
      }
    }
    boolean direct = spec.prediction() == Prediction.DIRECT;
    float[] gradient = new float[shape.size()];
    for (int s = steps - 1; s >= 0; s--) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] += (float) (2 * unit) * errors[s][i];
        change[i] = direct ? gradient[i] : (float) spec.residualScale() * gradient[i];
      }
      if (direct) {
        Arrays.fill(gradient, 0);
      }
      kernel.backward(s, change, s > 0 ? gradient : null);
    }
    return sum;
  }

  private float next(float state, float change) {
    return spec.prediction() == Prediction.DIRECT
        ? change
        : state + (float) spec.residualScale() * change;
  }

  private void gather(float[] stacked, int at, int stride, float[] field) {
    int points = spec.fieldShape().points();
    for (int c = 0; c < spec.fieldShape().channels(); c++) {
      System.arraycopy(stacked, at + c * stride, field, c * points, points);
    }
  }

  private static void forward(
      ExpertKernel kernel,
      int tape,
      float[] field,
      int at,
      int stride,
      float[] clocks,
      int expert,
      int b,
      int batch,
      float[] change) {
    kernel.forward(
        tape,
        field,
        at,
        stride,
        sine(clocks, expert, b, batch),
        cosine(clocks, expert, b, batch),
        change);
  }

  private static float sine(float[] clocks, int expert, int b, int batch) {
    return clocks == null ? 0 : clocks[2 * expert * batch + b];
  }

  private static float cosine(float[] clocks, int expert, int b, int batch) {
    return clocks == null ? 0 : clocks[(2 * expert + 1) * batch + b];
  }

  /** Work on some of an expert's fields by a kernel that has its weights. */
  private interface Block {
    void run(ExpertKernel kernel, int expert, int first, int end);
  }

  /** Runs blocks by whatever kernels are free, as nothing is left in them. */
  private void run(float[] weights, int batch, Block block) {
    int blocks = blocks(batch);
    inParallel(
        weights.length / spec.parameterCount() * blocks,
        i -> {
          ExpertKernel kernel = free.poll();
          if (kernel == null) {
            kernel = spec.family().kernel(spec, 0).orElseThrow();
          }
          run(kernel, weights, batch, i, block);
          free.add(kernel);
        });
  }

  /** Runs blocks each by its own kernel, whose gradient waits to be drained. */
  private void runAndRemember(float[] weights, int batch, Block block) {
    int count = weights.length / spec.parameterCount() * blocks(batch);
    while (own.size() < count) {
      own.add(spec.family().kernel(spec, tapes).orElseThrow());
    }
    inParallel(count, i -> run(own.get(i), weights, batch, i, block));
  }

  private void run(ExpertKernel kernel, float[] weights, int batch, int index, Block block) {
    int expert = index / blocks(batch);
    int first = index % blocks(batch) * BLOCK;
    kernel.load(weights, expert * spec.parameterCount());
    block.run(kernel, expert, first, Math.min(batch, first + BLOCK));
  }

  private void drain(int batch, int experts, float[] gradient) {
    int blocks = blocks(batch);
    inParallel(
        experts,
        expert -> {
          for (int i = 0; i < blocks; i++) {
            own.get(expert * blocks + i).drainGradient(gradient, expert * spec.parameterCount());
          }
        });
  }

  private static int blocks(int batch) {
    return (batch + BLOCK - 1) / BLOCK;
  }

  private static void inParallel(int count, IntConsumer work) {
    if (THREADS == 1 || count == 1) {
      IntStream.range(0, count).forEach(work);
      return;
    }
    POOL.submit(() -> IntStream.range(0, count).parallel().forEach(work)).join();
  }
}
