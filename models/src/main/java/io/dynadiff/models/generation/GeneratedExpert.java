package io.dynadiff.models.generation;

import io.dynadiff.models.candidates.CandidateKind;
import io.dynadiff.models.diffusion.SamplerSettings;
import java.util.List;

/**
 * The best of the candidates that were generated for one request, as many as the settings keep.
 *
 * @param source name of the source that proposed the best, see {@link CandidateKind}
 * @param members flat weights of the candidates kept, best first, at least one, each in the order
 *     of the bundle's expert specification
 * @param windowScore mean normalised RMSE of rollouts of the best over the window; 0 for a window
 *     of one frame, which has no transition to score
 * @param candidateScores the same of every candidate, in the order of preference
 * @param inferredConditions the conditions that the expert was written for, in the bundle's order:
 *     as read off the window, or as refined by {@link ConditionRefinement}
 * @param sampler the settings used
 * @param timings wall time of the batch by phase
 */
public record GeneratedExpert(
    String source,
    List<float[]> members,
    double windowScore,
    double[] candidateScores,
    double[] inferredConditions,
    SamplerSettings sampler,
    PhaseTimings timings) {

  public GeneratedExpert {
    members = List.copyOf(members);
    if (members.isEmpty()) {
      throw new IllegalArgumentException("generated expert: expected at least one, found none");
    }
  }

  /** Flat weights of the best candidate. */
  public float[] weights() {
    return members.get(0);
  }
}
