package io.dynadiff.models.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Draws clean latents by removing noise step by step. Implementations hold no state; all numbers in
 * a run that are random come from its {@link SeededNoise}.
 */
public interface Sampler {

  /** Name under which the sampler is recorded. */
  String name();

  /**
   * The falling times at which the network is asked.
   *
   * @param steps at least 1
   */
  double[] times(NoiseSchedule schedule, int steps);

  /**
   * One step towards less noise.
   *
   * @param schedule signal and noise over time
   * @param state where the run stands
   * @param noise for samplers that add noise
   * @return noised latents at {@code state.next()}, in the manager of {@code state.z()}
   */
  NDArray step(NoiseSchedule schedule, State state, SeededNoise noise);

  /**
   * Where a run stands.
   *
   * @param z noised latents at {@code now}
   * @param clean their estimated clean latents
   * @param previousClean the estimate at {@code before}; null in the first step
   * @param before time of the step before; not a number in the first step
   * @param now time of {@code z}
   * @param next time to go to
   */
  record State(
      NDArray z, NDArray clean, NDArray previousClean, double before, double now, double next) {}

  /**
   * Samples latents. Memory does not grow with the number of steps.
   *
   * @param scope owns the result
   * @param shape axes [batch, node, latent]
   * @param schedule schedule that the denoiser was trained for
   * @param steps network evaluations, at least 1
   * @return the clean latents that the denoiser estimates at the last of the times
   */
  default NDArray sample(
      NDManager scope,
      Shape shape,
      NoiseSchedule schedule,
      int steps,
      SeededNoise noise,
      Denoiser denoiser) {
    if (steps < 1) {
      throw new IllegalArgumentException("sampler: expected at least 1 step, found " + steps);
    }
    double[] times = times(schedule, steps);
    NDArray z = noise.draw(scope, shape);
    NDArray previous = null;
    for (int i = 0; ; i++) {
      try (NDManager inner = scope.newSubManager()) {
        z.attach(inner);
        if (previous != null) {
          previous.attach(inner);
        }
        NDArray clean = denoiser.clean(z, times[i]);
        if (i == steps - 1) {
          clean.attach(scope);
          return clean;
        }
        double before = i == 0 ? Double.NaN : times[i - 1];
        z = step(schedule, new State(z, clean, previous, before, times[i], times[i + 1]), noise);
        previous = clean;
        z.attach(scope);
        previous.attach(scope);
      }
    }
  }

  /**
   * Finds a sampler.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  static Sampler named(String name) {
    List<Sampler> known = List.of(new DdpmSampler(), new DdimSampler(), new DpmSolver());
    return known.stream()
        .filter(sampler -> sampler.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "sampler: expected one of "
                        + known.stream().map(Sampler::name).toList()
                        + ", found \""
                        + name
                        + "\""));
  }
}
