package io.dynadiff.cli.command;

import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.ExpertWeights;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which expert each environment uses and which it could use, out of the records of the topics
 * weights and adaptations in the order they were written.
 */
final class ExpertTable {

  private static final String FORMAT = "%-28s %6s %6s %7s  %-12s %8s  %-32s %s";
  private static final String UNKNOWN = "-";

  private static final class Row {
    private Long inUse;
    private boolean pinned;
    private Adaptation last;
    private ExpertWeights newest;
  }

  private final Map<String, Row> rows = new TreeMap<>();

  /** Takes weights in; null says that an environment's were deleted. */
  void weights(String environmentId, ExpertWeights weights) {
    row(environmentId).newest = weights;
  }

  /** Takes a decision in. */
  void decided(Adaptation decision) {
    Row row = row(decision.getEnvironmentId());
    switch (decision.getDecision()) {
      case ACCEPTED -> row.inUse = decision.getWeightsVersion();
      case KEPT_INCUMBENT -> row.inUse = decision.getIncumbentVersion();
      case ROLLED_BACK -> {
        Double restored = decision.getNumbers().get("restoredVersion");
        row.inUse = restored == null ? null : Long.valueOf(restored.longValue());
      }
      case PINNED -> {
        row.inUse = decision.getWeightsVersion();
        row.pinned = true;
      }
      case RELEASED -> row.pinned = false;
      default -> {
        // Says nothing about the expert in use.
      }
    }
    row.last = decision;
  }

  private Row row(String environmentId) {
    return rows.computeIfAbsent(environmentId, id -> new Row());
  }

  /**
   * One environment, as scripts read it; null where the topics do not say.
   *
   * @param environmentId the environment
   * @param inUse version in use; 0 is the bundle's base
   * @param pinned whether it stays in use until it is released
   * @param newest what is newest on the topic of weights
   * @param latestDecision the newest decision
   */
  record Entry(
      String environmentId, Long inUse, boolean pinned, Newest newest, Latest latestDecision) {}

  /** The newest weights of an environment; the score is the error on the observed window. */
  record Newest(
      long weightsVersion,
      String weightsId,
      String runId,
      int members,
      String reason,
      double windowScore,
      String bundleId,
      String generatedAt) {

    private static Newest of(ExpertWeights weights) {
      return new Newest(
          weights.getWeightsVersion(),
          weights.getWeightsId(),
          weights.getRunId(),
          1 + weights.getMembers().size(),
          weights.getReason().name(),
          weights.getWindowScore(),
          weights.getBundleId(),
          weights.getGeneratedAt().toString());
    }
  }

  /** A decision, its reason and the frame it was made at. */
  record Latest(String decision, String reason, long sequence, String decidedAt) {

    private static Latest of(Adaptation decision) {
      return new Latest(
          decision.getDecision().name(),
          decision.getReason(),
          decision.getSequence(),
          decision.getDecidedAt().toString());
    }
  }

  /** One entry per environment, by id. */
  List<Entry> entries() {
    return rows.entrySet().stream()
        .map(
            entry -> {
              Row row = entry.getValue();
              return new Entry(
                  entry.getKey(),
                  row.inUse,
                  row.pinned,
                  row.newest == null ? null : Newest.of(row.newest),
                  row.last == null ? null : Latest.of(row.last));
            })
        .toList();
  }

  /** The entries as a table, one line each under a headline. */
  List<String> lines() {
    Stream<String> head =
        Stream.of(
            FORMAT.formatted(
                "environment",
                "in use",
                "newest",
                "members",
                "because of",
                "score",
                "bundle",
                "latest decision"));
    return Stream.concat(head, entries().stream().map(ExpertTable::line)).toList();
  }

  private static String line(Entry entry) {
    Newest newest = entry.newest();
    return FORMAT.formatted(
        entry.environmentId(),
        entry.inUse() == null ? UNKNOWN : "v" + entry.inUse() + (entry.pinned() ? "!" : ""),
        newest == null ? UNKNOWN : "v" + newest.weightsVersion(),
        newest == null ? UNKNOWN : Integer.toString(newest.members()),
        newest == null ? UNKNOWN : newest.reason(),
        newest == null ? UNKNOWN : String.format(Locale.ROOT, "%.4f", newest.windowScore()),
        newest == null ? UNKNOWN : newest.bundleId(),
        entry.latestDecision() == null
            ? UNKNOWN
            : entry.latestDecision().decision()
                + " at sequence "
                + entry.latestDecision().sequence());
  }
}
