package io.dynadiff.tests.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Nothing is done to the roles but to feed them; what they hold is measured all the time. */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    description = {
      "Feed roles for a long time, and see whether their memory, threads and lag stay flat.",
      "Exit status 1 if a frame was lost or came twice; trends are stated, not judged."
    },
    footer = {
      "",
      "Examples, half an hour and three days:",
      "  tests/faults/run soak --minutes=30",
      "  tests/faults/run soak --minutes=4320 --sample-seconds=300 --work-dir=/var/tmp/soak"
    })
final class Soak extends FaultRun {

  private static final Duration START_LIMIT = Duration.ofMinutes(10);
  private static final double SECONDS_PER_HOUR = 3600;

  @Option(names = "--minutes", defaultValue = "30", description = "How long (default: 30).")
  private double minutes;

  @Option(
      names = "--sample-seconds",
      defaultValue = "20",
      description = "Time from one sample to the next (default: 20).")
  private int sampleSeconds;

  @Option(
      names = "--settle-minutes",
      description =
          "Samples before this time show caches that fill and code that is compiled, and are left"
              + " out of trends (default: a third of the time).")
  private Double settleMinutes;

  @Option(
      names = "--largest-rise",
      defaultValue = "0.05",
      description = "Part of its mean by which a flat value may rise in an hour (default: 0.05).")
  private double largestRise;

  private final List<Double> hours = new ArrayList<>();
  private final Map<String, Map<String, List<Double>>> samples = new TreeMap<>();
  private final Map<String, Map<String, Object>> trends = new TreeMap<>();
  private int sampled;

  @Override
  void prepare() {
    if (settleMinutes == null) {
      settleMinutes = minutes / 3;
    }
    if (minutes * 60 < 5.0 * sampleSeconds || settleMinutes >= minutes || settleMinutes < 0) {
      throw new IllegalArgumentException(
          "--minutes: expected time for five samples, and more than --settle-minutes, found %s min, "
                  .formatted(minutes)
              + "a sample every %d s and %s min to settle".formatted(sampleSeconds, settleMinutes));
    }
  }

  @Override
  void disturb(Installation installation, DeliveryLedger ledger) throws Exception {
    ledger.awaitGrowth("scores", options.environments, START_LIMIT);
    long started = System.nanoTime();
    double seconds = 0;
    while (seconds < minutes * 60) {
      ledger.read(Duration.ofSeconds(sampleSeconds));
      seconds = (System.nanoTime() - started) / 1e9;
      sample(installation, ledger, seconds / SECONDS_PER_HOUR);
      say(
          "%.1f of %.0f min: published %d, scored %d; resident MiB %s"
              .formatted(
                  seconds / 60,
                  minutes,
                  ledger.count("frames"),
                  ledger.count("scores"),
                  resident()));
    }
    samples.forEach((name, values) -> trends.put(name, trends(values)));
    trends.forEach(
        (name, values) -> values.forEach((value, trend) -> say(name + " " + value + ": " + trend)));
  }

  private void sample(Installation installation, DeliveryLedger ledger, double hour)
      throws IOException, InterruptedException {
    hours.add(hour);
    List<RoleProcess> processes = new ArrayList<>(installation.roles());
    processes.add(installation.broker());
    for (RoleProcess process : processes) {
      if (!process.alive()) {
        throw new IllegalStateException(
            "%s: expected to run, found it ended; see %s".formatted(process.name(), process.log()));
      }
      ProcessSample.of(process.pid()).values().forEach((n, v) -> put(process.name(), n, v));
    }
    put("frames", "notYetScored", ledger.count("frames") - ledger.count("scores"));
    sampled++;
  }

  private void put(String name, String value, double sample) {
    samples
        .computeIfAbsent(name, key -> new TreeMap<>())
        .computeIfAbsent(value, key -> new ArrayList<>())
        .add(sample);
  }

  private Map<String, Object> trends(Map<String, List<Double>> values) {
    int settled = (int) hours.stream().filter(hour -> hour * 60 < settleMinutes).count();
    // On a busy machine samples take their time.
    int first = Math.max(0, Math.min(settled, sampled - Trend.FEWEST));
    Map<String, Object> all = new TreeMap<>();
    values.forEach(
        (name, series) -> {
          Trend trend = Trend.of(hours.subList(first, sampled), series.subList(first, sampled));
          Map<String, Object> entry = new LinkedHashMap<>(trend.figures());
          entry.put(
              "verdict",
              !trend.flat(largestRise)
                  ? "rises"
                  : trend.surelyFlat(largestRise)
                      ? "flat"
                      : "no rise seen, too short to exclude it");
          all.put(name, entry);
        });
    return all;
  }

  private Map<String, Long> resident() {
    Map<String, Long> last = new TreeMap<>();
    samples.forEach(
        (name, values) -> {
          List<Double> series = values.get("residentMiB");
          if (series != null) {
            last.put(name, Math.round(series.get(series.size() - 1)));
          }
        });
    return last;
  }

  @Override
  Path results() {
    return Path.of("results/soak.json");
  }

  @Override
  Map<String, Double> figures() {
    Map<String, Double> figures = new TreeMap<>();
    figures.put("minutes", hours.get(hours.size() - 1) * TimeUnit.HOURS.toMinutes(1));
    figures.put("samples", (double) sampled);
    return figures;
  }

  @Override
  Map<String, Object> details() {
    return Map.of("hours", hours, "samples", samples, "trends", trends);
  }

  @Override
  Map<String, Object> config() {
    return Map.of(
        "minutes", minutes,
        "sampleSeconds", sampleSeconds,
        "settleMinutes", settleMinutes,
        "largestRise", largestRise);
  }
}
