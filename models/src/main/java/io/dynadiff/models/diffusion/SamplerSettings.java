package io.dynadiff.models.diffusion;

/**
 * How the diffusion sampler runs.
 *
 * @param name name of the sampler
 * @param steps network evaluations per candidate, at least 1
 * @param temperature factor on the initial noise, at least 0
 * @param candidates number of samples drawn per request, at least 1
 * @param seed seed of the initial noise
 */
public record SamplerSettings(
    String name, int steps, double temperature, int candidates, long seed) {

  public SamplerSettings {
    if (steps < 1 || candidates < 1 || !(temperature >= 0)) {
      throw new IllegalArgumentException(
          "sampler: expected at least 1 step, at least 1 candidate and a temperature of at least"
              + " 0, found "
              + steps
              + " steps, "
              + candidates
              + " candidates, temperature "
              + temperature);
    }
  }

  /** The same settings with another seed. */
  public SamplerSettings withSeed(long newSeed) {
    return new SamplerSettings(name, steps, temperature, candidates, newSeed);
  }
}
