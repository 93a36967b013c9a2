package io.dynadiff.models.candidates;

/** The sources of candidates that a bundle can name, in the order in which they are asked. */
public enum CandidateKind {
  /** The expert that the regressed latent decodes to. */
  REGRESSED_MEAN,
  /** The expert that the zoo's latents, interpolated at the conditions, decode to. */
  INTERPOLATED,
  /** Experts that diffusion samples decode to. */
  SAMPLES,
  /** The mean weights of the samples. */
  SAMPLE_AVERAGE,
  /** The expert that the environment has now. */
  INCUMBENT,
  /** A few gradient steps on the window from the best candidate so far. */
  POLISHED
}
