package io.dynadiff.models.generation;

import io.dynadiff.models.candidates.CandidateKind;
import java.util.List;

/**
 * The mean weights of the diffusion samples: experts that descend from one base model lie so close
 * together that their mean is an expert too, and usually a better one.
 */
final class SampleAverage implements CandidateSource {

  @Override
  public List<Candidate> propose(PromptedRequest request, List<Candidate> earlier) {
    List<float[]> samples =
        earlier.stream()
            .filter(c -> c.source().equals(CandidateKind.SAMPLES.name()))
            .map(Candidate::weights)
            .toList();
    if (samples.size() < 2) {
      return List.of();
    }
    float[] mean = new float[samples.get(0).length];
    for (float[] sample : samples) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += sample[i] / samples.size();
      }
    }
    return List.of(new Candidate(CandidateKind.SAMPLE_AVERAGE.name(), mean));
  }
}
