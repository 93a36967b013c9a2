package io.dynadiff.cli.bench.kernels;

import io.dynadiff.cli.bench.measure.BenchPart;
import io.dynadiff.cli.bench.measure.MeasuringCommand;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code dynadiff bench kernels}: the arithmetic of experts by itself, under JMH. */
@Command(
    name = "kernels",
    mixinStandardHelpOptions = true,
    description = {
      "Measure the vector kernels of experts by JMH, one thread, in JVMs of their own: a step, a"
          + " pass there and back, and the operators that these are made of, with the billions of"
          + " operations a second that they come to."
    },
    footer = {"", "Example:", "  dynadiff bench kernels --quick"})
public final class KernelsCommand extends MeasuringCommand {

  /** The measurements of kernels. */
  public static List<BenchPart> all() {
    return List.of(new KernelsPart());
  }

  @Override
  protected List<BenchPart> parts() {
    return all();
  }

  @Override
  protected String file() {
    return "kernels.json";
  }
}
