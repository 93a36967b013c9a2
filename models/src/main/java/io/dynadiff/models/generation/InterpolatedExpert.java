package io.dynadiff.models.generation;

import io.dynadiff.models.candidates.CandidateKind;
import io.dynadiff.models.regression.LatentInterpolation;
import java.util.List;

/** The expert that the zoo's latents, interpolated at the conditions, decode to. */
final class InterpolatedExpert implements CandidateSource {

  private final LatentInterpolation interpolation;
  private final LatentDecoder decoder;

  InterpolatedExpert(LatentInterpolation interpolation, LatentDecoder decoder) {
    if (!interpolation.spec().present()) {
      throw new IllegalArgumentException(
          "interpolated candidate: expected a bundle with an interpolation, found none; bundles"
              + " before format version 5 have none");
    }
    this.interpolation = interpolation;
    this.decoder = decoder;
  }

  @Override
  public List<Candidate> propose(PromptedRequest request, List<Candidate> earlier) {
    float[] latent = interpolation.latent(request.conditions());
    return decoder.decode(request.scope().create(latent, decoder.latents(1))).stream()
        .map(weights -> new Candidate(CandidateKind.INTERPOLATED.name(), weights))
        .toList();
  }
}
