package io.dynadiff.cli.bench.scaling;

import io.dynadiff.cli.bench.measure.BenchPart;
import io.dynadiff.cli.bench.measure.MeasuringCommand;
import io.dynadiff.cli.bench.online.OnlineParts;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** {@code dynadiff bench scaling}: how costs grow. */
@Command(
    name = "scaling",
    mixinStandardHelpOptions = true,
    description = {
      "Measure how costs grow, with exponents. Parts:",
      "  rollout     a step of an expert against grid, width and batch",
      "  kafka-path  admission and window against partitions and frame size",
      "  memory      all roles in one process against environments",
    },
    footer = {"", "Example:", "  dynadiff bench scaling --part rollout"})
public final class ScalingCommand extends MeasuringCommand {

  /** The measurements of growth. */
  public static List<BenchPart> all() {
    return Stream.concat(Stream.of(new RolloutPart()), OnlineParts.growth().stream()).toList();
  }

  @Override
  protected List<BenchPart> parts() {
    return all();
  }

  @Override
  protected String file() {
    return "scaling.json";
  }
}
