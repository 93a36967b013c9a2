package io.dynadiff.cli.bench.generation;

import io.dynadiff.cli.bench.measure.Figures;
import io.dynadiff.cli.bench.measure.ProcessorTime;
import io.dynadiff.models.generation.GeneratedExpert;
import io.dynadiff.models.generation.GenerationRequest;
import io.dynadiff.models.generation.PhaseTimings;
import io.dynadiff.models.generation.WeightGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Times of a batch of generations, by phase, in milliseconds. */
final class GenerationTimes {

  private static final Map<String, ToDoubleFunction<PhaseTimings>> PHASES =
      Map.of(
          "prompt", PhaseTimings::promptMs,
          "sampling", PhaseTimings::samplingMs,
          "decoding", PhaseTimings::decodingMs,
          "selection", PhaseTimings::selectionMs);

  private final Map<String, List<Double>> byPhase = new TreeMap<>();

  /** Generates for all requests once and notes what each phase took over the batch. */
  void measure(WeightGenerator generator, List<GenerationRequest> requests) {
    long processorBefore = ProcessorTime.nanos();
    long start = System.nanoTime();
    List<GeneratedExpert> experts = generator.generate(requests);
    note("total", (System.nanoTime() - start) / 1e6);
    note("processor", (ProcessorTime.nanos() - processorBefore) / 1e6);
    PHASES.forEach(
        (phase, millis) ->
            note(phase, experts.stream().map(GeneratedExpert::timings).mapToDouble(millis).sum()));
  }

  private void note(String phase, double millis) {
    byPhase.computeIfAbsent(phase, p -> new ArrayList<>()).add(millis);
  }

  /** Milliseconds of every repetition. */
  List<Double> total() {
    return byPhase.get("total");
  }

  /** Puts median and range of every phase. */
  void put(String name, Figures figures) {
    byPhase.forEach((phase, millis) -> figures.putSpread(name + "." + phase + "Ms", millis));
  }
}
