package io.dynadiff.cli.bench.online;

import io.dynadiff.cli.bench.measure.BenchPart;
import io.dynadiff.cli.bench.measure.MeasuringCommand;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dynadiff bench online}: how much the online side carries, and how quickly. */
@Command(
    name = "online",
    mixinStandardHelpOptions = true,
    description = {
      "Measure the online side with the shipped Lambda-Omega bundle, broker and roles on this"
          + " machine. Parts:",
      "  throughput  frames through admission and window beside Kafka's own tools",
      "  latency     frame to forecast; complete window to new weights in use",
      "  sustained   environments at one frame per second each, with a flat lag",
      "  start-up    from `./dynadiff run` to the first forecast, and after kill -9",
    },
    footer = {
      "",
      "Examples:",
      "  dynadiff bench online --part latency --quick",
      "  dynadiff bench online --part sustained --environments 500 --hold 600"
    })
public final class OnlineCommand extends MeasuringCommand {

  @Mixin private LoadOptions load;

  @Override
  protected List<BenchPart> parts() {
    return load.parts();
  }

  @Override
  protected String file() {
    return "online.json";
  }

  @Override
  protected String commandLine() {
    return super.commandLine() + load.text();
  }
}
