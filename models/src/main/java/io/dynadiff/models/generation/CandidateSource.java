package io.dynadiff.models.generation;

import java.util.List;

/**
 * Where candidate experts come from.
 *
 * <p>Deterministic for a bundle, a window and a seed. Confined to the thread of the {@link
 * WeightGenerator} that asks it.
 */
public interface CandidateSource {

  /**
   * Proposes experts for one request.
   *
   * @param request the request with its prompt
   * @param earlier what sources before this one proposed, in order
   * @return any number of candidates, possibly none
   */
  List<Candidate> propose(PromptedRequest request, List<Candidate> earlier);
}
