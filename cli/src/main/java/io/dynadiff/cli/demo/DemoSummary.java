package io.dynadiff.cli.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** The table at the end of the demo, from the tally alone. */
final class DemoSummary {

  private static final String COUNTS = "%-24s %9s %9s %9s %9s %9s %6s%n";
  private static final String ERRORS = "  %-20s %9s %12s %9s %12s%n";

  private DemoSummary() {}

  /** Prints what happened and, last, what was lost or that nothing was. */
  static void print(PrintWriter out, DemoTally tally, Duration elapsed, List<String> objections) {
    out.printf(Locale.ROOT, "%nSummary after %d s%n%n", elapsed.toSeconds());
    tally.read(
        environments -> {
          printCounts(out, environments);
          printErrors(out, environments);
          printSwaps(out, environments.stream().flatMap(e -> e.swaps().stream()).toList());
          return null;
        });
    out.println();
    if (objections.isEmpty()) {
      out.println("Nothing was lost.");
    } else {
      out.println("Not everything came through as it should:");
      objections.forEach(objection -> out.println("  " + objection));
    }
    out.flush();
  }

  private static void printCounts(PrintWriter out, List<EnvironmentTally> environments) {
    out.printf(
        COUNTS, "environment", "published", "admitted", "rejected", "forecasts", "scores", "swaps");
    for (EnvironmentTally e : environments) {
      out.printf(
          COUNTS,
          e.environmentId(),
          e.publishedCount(),
          e.admitted().count(),
          e.rejectedCount(),
          e.forecasts().count(),
          e.scores().count(),
          e.swapCount());
    }
    long published = sum(environments, EnvironmentTally::publishedCount);
    long admitted = sum(environments, e -> e.admitted().count());
    long rejected = sum(environments, EnvironmentTally::rejectedCount);
    out.printf(
        "%nFrames published %d %s admitted %d + rejected %d %s%n",
        published,
        published == admitted + rejected ? "=" : "IS NOT",
        admitted,
        rejected,
        reasons(environments));
    out.printf(
        "Forecasts %d, scores %d, swaps %d, challengers not taken %d%n",
        sum(environments, e -> e.forecasts().count()),
        sum(environments, e -> e.scores().count()),
        sum(environments, EnvironmentTally::swapCount),
        sum(environments, EnvironmentTally::kept));
  }

  private static void printErrors(PrintWriter out, List<EnvironmentTally> environments) {
    out.printf("%nMean normalised RMSE%n");
    out.printf(ERRORS, "system", "one step", "persistence", "all leads", "persistence");
    Map<String, ErrorMean[]> bySystem = new TreeMap<>();
    environments.stream()
        .filter(environment -> environment.rollout().count() > 0)
        .forEach(
            environment -> {
              ErrorMean[] means =
                  bySystem.computeIfAbsent(
                      environment.system(),
                      system -> new ErrorMean[] {new ErrorMean(), new ErrorMean()});
              means[0].addAll(environment.firstLead());
              means[1].addAll(environment.rollout());
            });
    bySystem.forEach(
        (system, means) ->
            out.printf(
                ERRORS,
                system,
                number(means[0].mean()),
                number(means[0].otherMean()),
                number(means[1].mean()),
                number(means[1].otherMean())));
  }

  private static void printSwaps(PrintWriter out, List<EnvironmentTally.Swap> swaps) {
    double[] latencies =
        swaps.stream()
            .map(EnvironmentTally.Swap::latencyMs)
            .flatMapToDouble(OptionalDouble::stream)
            .sorted()
            .toArray();
    if (latencies.length > 0) {
      out.printf(
          Locale.ROOT,
          "%nFrom a window's last frame to swapped weights, %d swaps: p50 %.0f ms, p95 %.0f ms%n",
          latencies.length,
          percentile(latencies, 0.50),
          percentile(latencies, 0.95));
    }
    out.printf("%nNew expert against the one it replaced, on the same frames after the swap%n");
    out.printf(
        "  %-24s %-14s %-8s %9s %9s %9s %9s%n",
        "environment", "because of", "experts", "one step", "retired", "all leads", "retired");
    for (EnvironmentTally.Swap swap : swaps) {
      out.printf(
          "  %-24s %-14s %-8s %9s %9s %9s %9s%n",
          swap.environmentId(),
          swap.reason(),
          "v%d, v%d".formatted(swap.version(), swap.retiredVersion()),
          number(swap.firstLead().mean()),
          number(swap.firstLead().otherMean()),
          number(swap.rollout().mean()),
          number(swap.rollout().otherMean()));
    }
    List<EnvironmentTally.Swap> afterShift =
        swaps.stream().filter(swap -> swap.reason().equals("SHIFT")).toList();
    if (afterShift.isEmpty()) {
      out.println("  (no swap because of a shift: the demo was too short, or none was needed)");
    }
    out.println();
    afterShift.forEach(swap -> printShift(out, swap));
  }

  private static void printShift(PrintWriter out, EnvironmentTally.Swap swap) {
    ErrorMean errors = swap.firstLead();
    if (errors.count() == 0) {
      return;
    }
    out.printf(
        Locale.ROOT,
        "After the shift seen in %s, one step ahead on the same %d frames: new expert v%d %s,"
            + " retired expert v%d %s (%.2f of it)%n",
        swap.environmentId(),
        errors.count(),
        swap.version(),
        number(errors.mean()),
        swap.retiredVersion(),
        number(errors.otherMean()),
        errors.mean().orElseThrow() / errors.otherMean().orElseThrow());
  }

  /** The smallest value that at least this share of the sorted values does not exceed. */
  static double percentile(double[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(0, rank - 1)];
  }

  private static Map<String, Long> reasons(List<EnvironmentTally> environments) {
    Map<String, Long> reasons = new TreeMap<>();
    environments.forEach(
        e -> e.rejectedByReason().forEach((reason, n) -> reasons.merge(reason, n, Long::sum)));
    return reasons;
  }

  private static long sum(
      List<EnvironmentTally> environments, ToLongFunction<EnvironmentTally> count) {
    return environments.stream().mapToLong(count).sum();
  }

  private static String number(OptionalDouble value) {
    return value.isEmpty() ? "-" : String.format(Locale.ROOT, "%.4f", value.getAsDouble());
  }
}
