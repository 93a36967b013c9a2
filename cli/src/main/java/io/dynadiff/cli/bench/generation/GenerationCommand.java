package io.dynadiff.cli.bench.generation;

import io.dynadiff.cli.bench.measure.BenchPart;
import io.dynadiff.cli.bench.measure.MeasuringCommand;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code dynadiff bench generation}: how long writing an expert takes. */
@Command(
    name = "generation",
    mixinStandardHelpOptions = true,
    description = {
      "Measure how long writing experts takes. Parts:",
      "  batches  by phase, for 1, 8 and 64 environments that ask together",
      "  nodes    against the nodes of the weight graph, with the exponent",
    },
    footer = {"", "Example:", "  dynadiff bench generation --part batches --quick"})
public final class GenerationCommand extends MeasuringCommand {

  /** The measurements of generation. */
  public static List<BenchPart> all() {
    return List.of(new BatchPart(), new NodesPart());
  }

  @Override
  protected List<BenchPart> parts() {
    return all();
  }

  @Override
  protected String file() {
    return "generation.json";
  }
}
