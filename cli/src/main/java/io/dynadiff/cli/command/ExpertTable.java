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

  /** The table, one line per environment under a headline. */
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
    return Stream.concat(
            head, rows.entrySet().stream().map(entry -> line(entry.getKey(), entry.getValue())))
        .toList();
  }

  private static String line(String environmentId, Row row) {
    ExpertWeights newest = row.newest;
    return FORMAT.formatted(
        environmentId,
        row.inUse == null ? UNKNOWN : "v" + row.inUse + (row.pinned ? "!" : ""),
        newest == null ? UNKNOWN : "v" + newest.getWeightsVersion(),
        newest == null ? UNKNOWN : Integer.toString(1 + newest.getMembers().size()),
        newest == null ? UNKNOWN : newest.getReason().name(),
        newest == null ? UNKNOWN : String.format(Locale.ROOT, "%.4f", newest.getWindowScore()),
        newest == null ? UNKNOWN : newest.getBundleId(),
        row.last == null
            ? UNKNOWN
            : row.last.getDecision() + " at sequence " + row.last.getSequence());
  }
}
