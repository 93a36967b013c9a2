package io.dynadiff.models.generation;

import io.dynadiff.models.candidates.CandidateKind;
import io.dynadiff.models.diffusion.SamplerSettings;

/**
 * The best of the candidates that were generated for one request.
 *
 * @param source name of the source that proposed it, see {@link CandidateKind}
 * @param weights flat weights, in the order of the bundle's expert specification
 * @param windowScore mean normalised RMSE of rollouts of these weights over the window; 0 for a
 *     window of one frame, which has no transition to score
 * @param candidateScores the same of every candidate, best first
 * @param inferredConditions the conditions as read off the window, in the bundle's order
 * @param sampler the settings used
 * @param timings wall time of the batch by phase
 */
public record GeneratedExpert(
    String source,
    float[] weights,
    double windowScore,
    double[] candidateScores,
    double[] inferredConditions,
    SamplerSettings sampler,
    PhaseTimings timings) {}
