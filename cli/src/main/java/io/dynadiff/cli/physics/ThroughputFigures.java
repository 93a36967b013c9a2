package io.dynadiff.cli.physics;

import io.dynadiff.physics.throughput.Rate;
import io.dynadiff.physics.throughput.StandardWorkloads;
import io.dynadiff.physics.throughput.StandardWorkloads.Spectral;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What measured rates say about the solvers.
 *
 * @param rates by name of the workload
 */
record ThroughputFigures(Map<String, Rate> rates) {
  private static final List<String> SOLVERS =
      List.of(
          "kolmogorov-flow", "navier-stokes", "lambda-omega", "lotka-volterra", "cylinder-flow");

  /** All numbers by dotted name. */
  Map<String, Double> flat() {
    Map<String, Double> figures = new TreeMap<>();
    rates.forEach(
        (name, rate) -> {
          String unit =
              name.startsWith("fft")
                  ? ".transformsPerSecond"
                  : name.startsWith("memory") ? ".bytesPerSecond" : ".updatesPerSecondPerCore";
          figures.put(name + unit, rate.median());
          figures.put(name + unit + ".lowest", rate.lowest());
          figures.put(name + unit + ".highest", rate.highest());
          figures.put(name + ".shareOfCore", rate.share());
        });
    for (Spectral solver : StandardWorkloads.spectral()) {
      figures.put(solver.name() + ".stepMicros", stepMicros(solver));
      figures.put(
          solver.name() + ".transformsPerStep", 1.0 * StandardWorkloads.TRANSFORMS_PER_STEP);
      figures.put(solver.name() + ".transformsMicrosPerStep", transformsMicros(solver));
      figures.put(solver.name() + ".stepOverTransforms.ratio", stepOverTransforms(solver));
    }
    figures.put("cylinder-flow.bytesPerUpdate", 1.0 * StandardWorkloads.LATTICE_BYTES_PER_UPDATE);
    figures.put("cylinder-flow.partOfMemoryBandwidth.ratio", partOfBandwidth());
    return figures;
  }

  double stepMicros(Spectral solver) {
    double points = (double) solver.points() * solver.points();
    return 1e6 * points / rates.get(solver.name()).median();
  }

  double transformsMicros(Spectral solver) {
    return 1e6 * StandardWorkloads.TRANSFORMS_PER_STEP / rates.get(solver.transforms()).median();
  }

  double stepOverTransforms(Spectral solver) {
    return stepMicros(solver) / transformsMicros(solver);
  }

  double partOfBandwidth() {
    return rates.get("cylinder-flow").median()
        * StandardWorkloads.LATTICE_BYTES_PER_UPDATE
        / rates.get("memory.triad").median();
  }

  /** A table for people. */
  String table() {
    StringBuilder table = new StringBuilder();
    line(table, "%-18s %16s %10s %9s", "", "updates/s/core", "spread", "of core");
    for (String solver : SOLVERS) {
      Rate rate = rates.get(solver);
      line(
          table,
          "%-18s %16.0f %9.1f%% %8.0f%%",
          solver,
          rate.median(),
          100 * rate.spread(),
          100 * rate.share());
    }
    line(table, "%-18s %13.1f GB/s", "memory (triad)", rates.get("memory.triad").median() / 1e9);
    for (Spectral solver : StandardWorkloads.spectral()) {
      line(
          table,
          "%-18s step %.1f us, its %d transforms of %d x %d alone %.1f us: ratio %.2f",
          solver.name(),
          stepMicros(solver),
          StandardWorkloads.TRANSFORMS_PER_STEP,
          solver.points(),
          solver.points(),
          transformsMicros(solver),
          stepOverTransforms(solver));
    }
    line(
        table,
        "%-18s %d bytes per update: %.0f%% of the memory bandwidth",
        "cylinder-flow",
        StandardWorkloads.LATTICE_BYTES_PER_UPDATE,
        100 * partOfBandwidth());
    return table.toString();
  }

  private static void line(StringBuilder table, String format, Object... values) {
    table.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }
}
