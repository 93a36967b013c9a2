package io.dynadiff.cli.bench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a results file says, as Markdown; what it does not say is left out. */
final class MeasuredSection {

  private static final Map<String, String> THROUGHPUT = new LinkedHashMap<>();
  private static final Map<String, String> SWAP_PARTS = new LinkedHashMap<>();

  static {
    THROUGHPUT.put("exactly-once", "admission and window, exactly once");
    THROUGHPUT.put("at-least-once", "the same, at least once");
    THROUGHPUT.put("stock-producer", "Kafka's producer tool");
    THROUGHPUT.put("stock-consumer", "Kafka's consumer tool");
    SWAP_PARTS.put("features", "features of the window");
    SWAP_PARTS.put("to-generator", "request to the generator, and waiting there");
    SWAP_PARTS.put("prompt", "prompt");
    SWAP_PARTS.put("sampling", "sampling");
    SWAP_PARTS.put("decoding", "decoding");
    SWAP_PARTS.put("selection", "selection");
    SWAP_PARTS.put("to-forecaster", "weights to the forecaster");
    SWAP_PARTS.put("swap", "received to in use");
    SWAP_PARTS.put("total", "all");
    SWAP_PARTS.put("computing", "of which computing");
    SWAP_PARTS.put("transport", "of which on the way or waiting between roles");
  }

  private final BenchFigures measured;
  private final StringBuilder text = new StringBuilder();

  MeasuredSection(BenchFigures measured) {
    this.measured = measured;
  }

  /**
   * The section.
   *
   * @param picture path of the picture of growth, as the page names it; empty for none
   */
  String text(String picture) {
    text.append(
        "`%s`; commit %s, %s".formatted(measured.command(), measured.commit(), measured.machine()));
    if (measured.has("machine.peakMiB")) {
      text.append(
          "; load average before it %s, peak memory %s MiB"
              .formatted(
                  measured.text("%.1f", "machine.loadAverageBefore"),
                  measured.text("%.0f", "machine.peakMiB")));
    }
    text.append(".\n\n");
    kernels();
    throughput();
    latency();
    sustained();
    startUp();
    generation();
    WireRows wire = new WireRows(measured);
    table(WireRows.COMPRESSION_HEAD, wire.compression());
    table(WireRows.ROUNDING_HEAD, wire.rounding());
    growth(picture);
    return text.toString().stripTrailing() + "\n";
  }

  private void throughput() {
    List<List<String>> rows = new ArrayList<>();
    THROUGHPUT.forEach(
        (who, title) -> {
          String name = "throughput." + who + ".";
          if (measured.has(name + "framesPerSecond")) {
            rows.add(
                List.of(
                    title,
                    range("%.0f", name + "framesPerSecond"),
                    measured.text("%.1f", name + "mebibytesPerSecond"),
                    measured.text("%.3f ms", name + "processorMillisPerFrame")));
          }
        });
    table(List.of("throughput", "frames per second", "MiB/s", "processor per frame"), rows);
    if (measured.has("throughput.ratio")) {
      text.append(
          "Exactly once reaches %s of the slower tool (%s of the producer, %s of the consumer) and %s of at least once.%n%n"
              .formatted(
                  measured.text("%.2f", "throughput.ratio"),
                  measured.text("%.2f", "throughput.to-producer.ratio"),
                  measured.text("%.2f", "throughput.to-consumer.ratio"),
                  measured.text("%.2f", "throughput.to-at-least-once.ratio")));
    }
  }

  private void latency() {
    List<List<String>> rows = new ArrayList<>();
    quantiles(rows, "frame to forecast, seen by a reader", "frame-to-forecast");
    SWAP_PARTS.forEach(
        (part, title) -> quantiles(rows, "window to swap: " + title, "window-to-swap." + part));
    table(List.of("latency", "p50", "p95", "p99"), rows);
  }

  private void quantiles(List<List<String>> rows, String title, String name) {
    if (measured.has(name + ".p50Ms")) {
      rows.add(
          List.of(
              title,
              measured.text("%.0f ms", name + ".p50Ms"),
              measured.text("%.0f ms", name + ".p95Ms"),
              measured.text("%.0f ms", name + ".p99Ms")));
    }
  }

  private void sustained() {
    if (measured.has("sustained.environments")) {
      boolean flat = measured.get("sustained.isSustained").orElse(0.0) == 1;
      text.append(
          "%s environments at one frame per second each %s for %s s: forecasts after %s ms (p50) and %s ms (p95), with %s processors in use.%n%n"
              .formatted(
                  measured.text("%.0f", "sustained.environments"),
                  flat ? "were sustained with a flat lag" : "were NOT sustained",
                  measured.text("%.0f", "sustained.heldSeconds"),
                  measured.text("%.0f", "sustained.frame-to-forecast.p50Ms"),
                  measured.text("%.0f", "sustained.frame-to-forecast.p95Ms"),
                  measured.text("%.2f", "sustained.processorsUsed")));
      processorTime();
    }
  }

  /** Largest first. */
  private void processorTime() {
    List<List<String>> rows = new ArrayList<>();
    Map<String, Double> byPurpose = measured.named("sustained.processor.", ".millisPerFrame");
    byPurpose.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(
            e ->
                rows.add(
                    List.of(
                        e.getKey().replace('-', ' '),
                        String.format(Locale.ROOT, "%.2f ms", e.getValue()))));
    if (!rows.isEmpty()) {
      double sum = byPurpose.values().stream().mapToDouble(Double::doubleValue).sum();
      rows.add(List.of("all", String.format(Locale.ROOT, "%.2f ms", sum)));
    }
    table(List.of("threads, while that load was held", "processor time per frame"), rows);
  }

  private void kernels() {
    KernelRows rows = new KernelRows(measured);
    table(KernelRows.KERNELS_HEAD, rows.kernels());
    rows.limits().ifPresent(limits -> text.append(limits).append("\n\n"));
    table(rows.expertsHead(), rows.experts());
  }

  private void startUp() {
    Map<String, String> titles = new LinkedHashMap<>();
    titles.put("start-up.cold.firstForecastMs", "`dynadiff run` on nothing to its first forecast");
    titles.put("start-up.warm.firstForecastMs", "the same after an orderly end");
    titles.put("recovery.firstForecastMs", "the same after `kill -9`");
    titles.put("recovery.caughtUpMs", "until forecasts are in time again");
    List<List<String>> rows = new ArrayList<>();
    titles.forEach(
        (name, title) -> {
          if (measured.has(name)) {
            rows.add(List.of(title, range("%.0f ms", name)));
          }
        });
    table(List.of("start-up", "median (lowest to highest)"), rows);
  }

  private void generation() {
    List<List<String>> rows = new ArrayList<>();
    generations(rows, "environments together", "generation.environments-");
    generations(rows, "nodes", "generation.nodes-");
    table(
        List.of(
            "generation", "prompt", "sampling", "decoding", "selection", "all", "processor time"),
        rows);
  }

  private void generations(List<List<String>> rows, String of, String name) {
    for (int number : measured.numbered(name, ".totalMs").keySet()) {
      List<String> row = new ArrayList<>(List.of(number + " " + of));
      for (String phase :
          List.of("prompt", "sampling", "decoding", "selection", "total", "processor")) {
        row.add(measured.text("%.1f ms", name + number + "." + phase + "Ms"));
      }
      rows.add(row);
    }
  }

  private void growth(String picture) {
    Map<String, String> laws = new LinkedHashMap<>();
    laws.put("rollout.against-grid", "step of an expert against points of the grid");
    laws.put("rollout.against-width", "step of an expert against width");
    laws.put("rollout.against-batch", "step of an expert against fields in a batch");
    laws.put("generation.against-nodes", "generation against nodes");
    laws.put("kafka-path.against-frame-bytes", "frames per second against bytes of a frame");
    laws.put("kafka-path.against-partitions", "frames per second against partitions");
    List<List<String>> rows = new ArrayList<>();
    laws.forEach(
        (name, title) -> {
          if (measured.has(name + ".exponent")) {
            rows.add(
                List.of(
                    title,
                    measured.text("%.2f", name + ".exponent"),
                    measured.text("%.3f", name + ".rSquared")));
          }
        });
    table(List.of("growth", "exponent", "R²"), rows);
    if (measured.has("memory.perEnvironmentMiB")) {
      text.append(
          "All roles in one process hold %s MiB and %s MiB more for each environment.%n%n"
              .formatted(
                  measured.text("%.0f", "memory.withoutEnvironmentsMiB"),
                  measured.text("%.2f", "memory.perEnvironmentMiB")));
    }
    if (!picture.isEmpty()) {
      text.append("![How costs grow](").append(picture).append(")\n\n");
    }
  }

  private String range(String format, String name) {
    return measured.text(format, name)
        + " ("
        + measured.text(format, name + ".lowest")
        + " to "
        + measured.text(format, name + ".highest")
        + ")";
  }

  private void table(List<String> head, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    row(head);
    row(Collections.nCopies(head.size(), "---"));
    rows.forEach(this::row);
    text.append('\n');
  }

  private void row(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
