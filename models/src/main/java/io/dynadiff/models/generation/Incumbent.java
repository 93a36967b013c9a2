package io.dynadiff.models.generation;

import io.dynadiff.models.candidates.CandidateKind;
import java.util.List;

/** The expert that the environment has now, where the request carries it. */
final class Incumbent implements CandidateSource {

  @Override
  public List<Candidate> propose(PromptedRequest request, List<Candidate> earlier) {
    return request
        .request()
        .incumbent()
        .map(weights -> List.of(new Candidate(CandidateKind.INCUMBENT.name(), weights)))
        .orElse(List.of());
  }
}
