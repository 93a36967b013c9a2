package io.dynadiff.cli.bench.wire;

import io.dynadiff.cli.bench.measure.BenchPart;
import io.dynadiff.cli.bench.measure.MeasuringCommand;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code dynadiff bench wire}: what number types and compression save and cost. */
@Command(
    name = "wire",
    mixinStandardHelpOptions = true,
    description = {
      "Measure what travels. Parts:",
      "  compression  bytes of frames and weights of every shipped system, and the time to pack"
          + " and unpack them, by Kafka's codecs",
      "  rounding     what shorter numbers in weights do to forecasts",
    },
    footer = {"", "Example:", "  dynadiff bench wire --part rounding --quick"})
public final class WireCommand extends MeasuringCommand {

  /** The measurements of what travels. */
  public static List<BenchPart> all() {
    return List.of(new CompressionPart(), new RoundingPart());
  }

  @Override
  protected List<BenchPart> parts() {
    return all();
  }

  @Override
  protected String file() {
    return "wire.json";
  }
}
