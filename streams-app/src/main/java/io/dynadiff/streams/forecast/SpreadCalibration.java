package io.dynadiff.streams.forecast;

import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.avro.LeadScore;
import io.dynadiff.streams.state.LeadSpread;
import io.dynadiff.streams.state.SpreadEvidence;
import java.util.ArrayList;
import java.util.List;

/**
 * Variance inflation, learnt online for each environment and lead from its own scores: the factor
 * that makes the mean squared spread over the members equal the mean squared error of their mean.
 * Pure.
 *
 * <pre>
 *   factor(lead)^2 = mean error^2 / mean((members + 1) / members * spread^2)
 * </pre>
 *
 * <p>Both are running means whose latest term has the weight max(adaptation, 1 / (n + 1)), n being
 * the cases since the swap. After a swap what is known counts as two cases: another ensemble has
 * another spread, but the same members of a family usually are off by about the same factor.
 */
final class SpreadCalibration {

  private static final int EARLIER_CASES = 2;

  /** Members that all agree cannot be spread to what they miss; nor is any spread that good. */
  private static final double LARGEST_FACTOR = 100;

  private final EnsembleSettings settings;

  SpreadCalibration(EnsembleSettings settings) {
    this.settings = settings;
  }

  /**
   * Takes a frame's score in.
   *
   * @param evidence what earlier scores have said, or null
   * @param activeVersion version in use; scores of others say nothing
   * @return the evidence with this score, or as it was where the score says nothing
   */
  SpreadEvidence observe(SpreadEvidence evidence, ForecastScore score, long activeVersion) {
    List<LeadScore> leads =
        score.getLeads().stream()
            .filter(lead -> lead.getWeightsVersion() == activeVersion && informative(lead))
            .toList();
    if (leads.isEmpty()) {
      return evidence;
    }
    List<LeadSpread> spreads = new ArrayList<>();
    if (evidence != null) {
      boolean sameVersion = evidence.getWeightsVersion() == activeVersion;
      for (LeadSpread one : evidence.getLeads()) {
        LeadSpread copy = LeadSpread.newBuilder(one).build();
        if (!sameVersion) {
          copy.setCasesOfVersion(Math.min(EARLIER_CASES, one.getCases()));
        }
        spreads.add(copy);
      }
    }
    for (LeadScore lead : leads) {
      while (spreads.size() < lead.getLeadSteps()) {
        spreads.add(new LeadSpread(0, 0, 0.0, 0.0));
      }
      add(spreads.get(lead.getLeadSteps() - 1), lead);
    }
    return new SpreadEvidence(activeVersion, spreads);
  }

  private void add(LeadSpread known, LeadScore lead) {
    double error = lead.getNormalisedRmse();
    // The score's ratio holds the correction for the number of members.
    double spread = lead.getSpreadSkill() * error / lead.getSpreadFactor();
    double weight = Math.max(settings.spreadAdaptation(), 1.0 / (known.getCasesOfVersion() + 1));
    known.setErrorSquare(
        known.getErrorSquare() + weight * (error * error - known.getErrorSquare()));
    known.setSpreadSquare(
        known.getSpreadSquare() + weight * (spread * spread - known.getSpreadSquare()));
    known.setCases(known.getCases() + 1);
    known.setCasesOfVersion(known.getCasesOfVersion() + 1);
  }

  private static boolean informative(LeadScore lead) {
    return lead.getLeadSteps() > 0
        && lead.getSpreadSkill() != null
        && lead.getSpreadFactor() != null
        && lead.getSpreadFactor() > 0
        && Double.isFinite(lead.getNormalisedRmse())
        && Double.isFinite(lead.getSpreadSkill());
  }

  /**
   * The factor of each lead; 1 while too few scores are known.
   *
   * @param evidence what the scores have said, or null
   */
  double[] factors(SpreadEvidence evidence, int leads) {
    double[] factors = new double[leads];
    for (int lead = 0; lead < leads; lead++) {
      LeadSpread known =
          evidence == null || lead >= evidence.getLeads().size()
              ? null
              : evidence.getLeads().get(lead);
      factors[lead] =
          known == null
                  || known.getCases() < settings.spreadWarmUp()
                  || known.getSpreadSquare() <= 0
              ? 1
              : Math.max(
                  1 / LARGEST_FACTOR,
                  Math.min(
                      LARGEST_FACTOR, Math.sqrt(known.getErrorSquare() / known.getSpreadSquare())));
    }
    return factors;
  }
}
