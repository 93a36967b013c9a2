package io.dynadiff.models.generation;

import io.dynadiff.models.candidates.CandidateKind;
import io.dynadiff.models.candidates.CandidateSettings;
import io.dynadiff.models.forecast.StackedForecaster;
import java.util.List;

/** A few gradient steps on the window from the best candidate so far. */
final class PolishedBest implements CandidateSource {

  private final Polish polish;
  private final CandidateSettings settings;
  private final StackedForecaster forecaster;

  PolishedBest(Polish polish, CandidateSettings settings, StackedForecaster forecaster) {
    this.polish = polish;
    this.settings = settings;
    this.forecaster = forecaster;
  }

  @Override
  public List<Candidate> propose(PromptedRequest request, List<Candidate> earlier) {
    if (request.request().window().length() < 2 || earlier.isEmpty()) {
      return List.of();
    }
    double[] scores =
        forecaster.windowScores(
            earlier.stream().map(Candidate::weights).toList(),
            request.request().window(),
            settings.scoreSteps());
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] < scores[best] ? i : best;
    }
    float[] polished =
        polish.run(
            earlier.get(best).weights(),
            request.request().window(),
            settings.polishSteps(),
            settings.polishRate());
    return List.of(new Candidate(CandidateKind.POLISHED.name(), polished));
  }
}
