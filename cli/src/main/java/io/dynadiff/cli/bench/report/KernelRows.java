package io.dynadiff.cli.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What was measured of kernels and of whole experts, as rows of tables. */
final class KernelRows {

  static final List<String> KERNELS_HEAD =
      List.of("kernel, one thread, under JMH", "time", "±", "GFLOP/s", "of the limit");

  private static final String LIMIT = "limits.multiplyAndAdd.gigaflops";

  private static final Map<String, String> EXPERTS = new LinkedHashMap<>();

  static {
    EXPERTS.put("laptop.step.batch-1", "step, 2 x 32 x 32, width 16, 2 blocks, 1 field");
    EXPERTS.put("laptop.step.batch-16", "the same, 16 fields of one expert");
    EXPERTS.put("width-64.step.batch-1", "step, 1 x 64 x 64, width 64, 4 blocks, 1 field");
    EXPERTS.put("width-64.step.batch-16", "the same, 16 fields of one expert");
    EXPERTS.put("laptop.update.batch-32", "update, laptop size, 32 pairs of frames");
    EXPERTS.put("laptop.update.12-experts.batch-8", "the same, 12 experts, 8 pairs each");
    EXPERTS.put("width-24.update.batch-16", "update, 1 x 64 x 64, width 24, 4 blocks, 16 pairs");
  }

  private final BenchFigures measured;

  KernelRows(BenchFigures measured) {
    this.measured = measured;
  }

  /** Passes and operators by themselves. */
  List<List<String>> kernels() {
    List<List<String>> rows = new ArrayList<>();
    measured
        .named("kernels.", ".micros")
        .forEach(
            (kernel, micros) ->
                rows.add(
                    List.of(
                        kernel.replaceFirst("\\.", ": "),
                        String.format(Locale.ROOT, "%.1f µs", micros),
                        measured.text("%.1f µs", "kernels." + kernel + ".errorMicros"),
                        measured.text("%.0f", "kernels." + kernel + ".gigaflops"),
                        ofLimit("kernels." + kernel + ".gigaflops"))));
    return rows;
  }

  private String ofLimit(String name) {
    Optional<Double> limit = measured.get(LIMIT);
    return limit
        .flatMap(most -> measured.get(name).map(found -> found / most))
        .map(part -> String.format(Locale.ROOT, "%.2f", part))
        .orElse("");
  }

  /** What the processor can do at best, as a sentence; empty if that was not measured. */
  Optional<String> limits() {
    return measured
        .get(LIMIT)
        .map(
            most ->
                String.format(
                    Locale.ROOT,
                    "The limit is what multiplying and adding in registers alone comes to: %.0f"
                        + " GFLOP/s. Reading comes to %s GB/s from the second cache (512 KiB), %s"
                        + " from the third (8 MiB) and %s from memory (256 MiB).",
                    most,
                    reading("readSecondCache"),
                    reading("readThirdCache"),
                    reading("readMemory")));
  }

  private String reading(String benchmark) {
    return measured.text("%.0f", "limits." + benchmark + ".gigabytesPerSecond");
  }

  /** Head of {@link #experts}. */
  List<String> expertsHead() {
    return List.of(
        "experts, threads for each: " + measured.threads(),
        "kernel",
        "engine",
        "plain PyTorch",
        "engine / kernel",
        "PyTorch / kernel");
  }

  /** Steps and updates by the kernel, on the engine and in plain PyTorch. */
  List<List<String>> experts() {
    List<List<String>> rows = new ArrayList<>();
    EXPERTS.forEach(
        (name, title) -> {
          if (measured.has(name + ".kernel.ms")) {
            rows.add(
                List.of(
                    title,
                    measured.text("%.3g ms", name + ".kernel.ms"),
                    measured.text("%.3g ms", name + ".engine.ms"),
                    measured.text("%.3g ms", name + ".pytorch.ms"),
                    measured.text("%.1f", name + ".ratio-to-engine"),
                    measured.text("%.1f", name + ".ratio-to-pytorch")));
          }
        });
    return rows;
  }
}
