package io.dynadiff.models.diffusion;

/**
 * How the diffusion sampler runs.
 *
 * @param name name of the sampler, see {@link Sampler#named}
 * @param steps network evaluations per candidate, at least 1
 * @param temperature factor on all noise, at least 0
 * @param guidance weight of classifier-free guidance, at least 0: 1 takes the network's conditional
 *     prediction as it is, more exaggerates what the condition changes, 0 ignores the condition
 * @param candidates number of samples drawn per request, at least 1
 * @param seed seed of the noise
 */
public record SamplerSettings(
    String name, int steps, double temperature, double guidance, int candidates, long seed) {

  public SamplerSettings {
    if (steps < 1 || candidates < 1 || !(temperature >= 0) || !(guidance >= 0)) {
      throw new IllegalArgumentException(
          "sampler: expected at least 1 step, at least 1 candidate, a temperature and a guidance of"
              + " at least 0, found "
              + steps
              + " steps, "
              + candidates
              + " candidates, temperature "
              + temperature
              + ", guidance "
              + guidance);
    }
  }

  /** Settings without guidance. */
  public SamplerSettings(String name, int steps, double temperature, int candidates, long seed) {
    this(name, steps, temperature, 1, candidates, seed);
  }

  /** The same settings with another seed. */
  public SamplerSettings withSeed(long newSeed) {
    return new SamplerSettings(name, steps, temperature, guidance, candidates, newSeed);
  }

  /** Whether the sampler asks the network without a condition as well. */
  public boolean guided() {
    return guidance != 1;
  }
}
