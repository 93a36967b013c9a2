package io.dynadiff.console.state;

import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.avro.LeadScore;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Means of the errors at each lead over the latest scores. One thread at a time. */
final class LeadMeans {

  private record Entry(int leadSteps, float error, float persistence, float spread, float ssim) {}

  private static final class Sums {
    private int frames;
    private double error;
    private double ssim;
    private int persistenceFrames;
    private double persistence;
    private int spreadFrames;
    private double spread;
  }

  private final Ring<List<Entry>> latest;
  private final int window;

  /**
   * Begins without scores.
   *
   * @param window scores that the means are taken over
   */
  LeadMeans(int window) {
    this.window = window;
    this.latest = new Ring<>(window);
  }

  void add(ForecastScore score) {
    latest.add(score.getLeads().stream().map(LeadMeans::entry).toList());
  }

  void clear() {
    latest.clear();
  }

  /** The means, shortest lead first. */
  List<LeadError> means() {
    TreeMap<Integer, Sums> byLead = new TreeMap<>();
    for (List<Entry> score : latest.newest(window)) {
      for (Entry entry : score) {
        // An error that is not finite is a forecast that diverged, and must show.
        Sums sums = byLead.computeIfAbsent(entry.leadSteps(), lead -> new Sums());
        sums.frames++;
        sums.error += entry.error();
        sums.ssim += entry.ssim();
        if (!Float.isNaN(entry.persistence())) {
          sums.persistenceFrames++;
          sums.persistence += entry.persistence();
        }
        if (!Float.isNaN(entry.spread())) {
          sums.spreadFrames++;
          sums.spread += entry.spread();
        }
      }
    }
    List<LeadError> means = new ArrayList<>();
    byLead.forEach(
        (lead, sums) ->
            means.add(
                new LeadError(
                    lead,
                    sums.frames,
                    sums.error / sums.frames,
                    sums.persistence / sums.persistenceFrames,
                    sums.spread / sums.spreadFrames,
                    sums.ssim / sums.frames)));
    return means;
  }

  private static Entry entry(LeadScore lead) {
    return new Entry(
        lead.getLeadSteps(),
        (float) lead.getNormalisedRmse(),
        (float) lead.getPersistenceNormalisedRmse(),
        lead.getSpread() == null ? Float.NaN : lead.getSpread().floatValue(),
        (float) lead.getSsim());
  }
}
