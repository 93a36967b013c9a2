package io.dynadiff.cli.forecasts;

import io.dynadiff.schemas.avro.Channel;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A forecast without its fields: what one line of a terminal or one JSON object shows. Numbers are
 * in physical units; null where a field is not finite.
 *
 * @param issueTime event time of the frame it starts from, ISO 8601
 * @param leadSteps leads in intervals
 * @param channels the quantities, in the order of the channel axis
 * @param producedAt wall-clock time, ISO 8601
 */
record ForecastDigest(
    String environmentId,
    String system,
    String runId,
    long issueSequence,
    String issueTime,
    long intervalMs,
    List<Integer> leadSteps,
    long weightsVersion,
    String weightsId,
    String bundleId,
    int members,
    List<Quantity> channels,
    String producedAt) {

  private static final long SECOND_MS = 1000;
  private static final long MINUTE_MS = 60 * SECOND_MS;
  private static final long HOUR_MS = 60 * MINUTE_MS;

  /**
   * One quantity, an entry for each lead.
   *
   * @param mean over the points of the field
   * @param spread root mean square over the points; null for a single member
   */
  record Quantity(
      String name,
      String unit,
      List<Double> mean,
      List<Double> min,
      List<Double> max,
      List<Double> spread) {

    private static Quantity of(
        Channel channel, float[] values, float[] spreads, int leads, int channels, int at) {
      List<Double> mean = new ArrayList<>();
      List<Double> min = new ArrayList<>();
      List<Double> max = new ArrayList<>();
      List<Double> spread = spreads == null ? null : new ArrayList<>();
      int points = values.length / (leads * channels);
      for (int lead = 0; lead < leads; lead++) {
        int from = (lead * channels + at) * points;
        double sum = 0;
        double squares = 0;
        double least = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = from; i < from + points; i++) {
          sum += values[i];
          least = Math.min(least, values[i]);
          largest = Math.max(largest, values[i]);
          squares += spreads == null ? 0 : (double) spreads[i] * spreads[i];
        }
        mean.add(finite(sum / points));
        min.add(finite(least));
        max.add(finite(largest));
        if (spread != null) {
          spread.add(finite(Math.sqrt(squares / points)));
        }
      }
      return new Quantity(channel.getName(), channel.getUnit(), mean, min, max, spread);
    }

    private static Double finite(double value) {
      return Double.isFinite(value) ? value : null;
    }

    private String range(int lead) {
      return min.get(lead) == null || max.get(lead) == null
          ? "diverged"
          : String.format(Locale.ROOT, "%.4g..%.4g", min.get(lead), max.get(lead));
    }

    private String text(String first, String last) {
      int end = mean.size() - 1;
      StringBuilder text = new StringBuilder(name).append(' ').append(first).append(' ');
      text.append(range(0));
      if (end > 0) {
        text.append(", ").append(last).append(' ').append(range(end));
      }
      if (spread != null && spread.get(end) != null) {
        text.append(" \u00b1").append(String.format(Locale.ROOT, "%.2g", spread.get(end)));
      }
      return unit.equals("1") ? text.toString() : text.append(' ').append(unit).toString();
    }
  }

  /** What a forecast says. */
  static ForecastDigest of(Forecast forecast) {
    float[] means = TensorCodec.decode(forecast.getMean());
    float[] spreads =
        forecast.getSpread() == null ? null : TensorCodec.decode(forecast.getSpread());
    int leads = forecast.getLeadSteps().size();
    List<Channel> channels = forecast.getChannels();
    List<Quantity> quantities = new ArrayList<>();
    for (int i = 0; i < channels.size(); i++) {
      quantities.add(Quantity.of(channels.get(i), means, spreads, leads, channels.size(), i));
    }
    return new ForecastDigest(
        forecast.getEnvironmentId(),
        forecast.getSystem(),
        forecast.getRunId(),
        forecast.getIssueSequence(),
        forecast.getIssueTime().toString(),
        forecast.getIntervalMs(),
        List.copyOf(forecast.getLeadSteps()),
        forecast.getWeightsVersion(),
        forecast.getWeightsId(),
        forecast.getBundleId(),
        forecast.getMembers(),
        quantities,
        forecast.getProducedAt().toString());
  }

  /** One line: when and where, by which weights, the range of values at the first and last lead. */
  String line() {
    StringBuilder line =
        new StringBuilder(issueTime)
            .append("  ")
            .append(environmentId)
            .append("  #")
            .append(issueSequence)
            .append("  v")
            .append(weightsVersion);
    if (members > 1) {
      line.append(" x").append(members);
    }
    for (Quantity quantity : channels) {
      line.append("  ").append(quantity.text(ahead(0), ahead(leadSteps.size() - 1)));
    }
    return line.toString();
  }

  private String ahead(int lead) {
    long ms = leadSteps.get(lead) * intervalMs;
    if (ms % HOUR_MS == 0) {
      return "+" + ms / HOUR_MS + " h";
    }
    if (ms % MINUTE_MS == 0) {
      return "+" + ms / MINUTE_MS + " min";
    }
    return ms % SECOND_MS == 0 ? "+" + ms / SECOND_MS + " s" : "+" + ms + " ms";
  }
}
