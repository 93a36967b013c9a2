package io.dynadiff.cli.bench.online;

import io.dynadiff.cli.bench.measure.BenchPart;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of the load that is held. */
public final class LoadOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--environments",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Hold this many in the part sustained, without a search; 0 searches (default:"
              + " ${DEFAULT-VALUE}).")
  private int environments;

  @Option(
      names = "--largest",
      paramLabel = "N",
      defaultValue = "1024",
      description = "Search no further than this many (default: ${DEFAULT-VALUE}).")
  private int largest;

  @Option(
      names = "--hold",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long the load that was found is held (default: ${DEFAULT-VALUE}).")
  private int holdSeconds;

  /** The measurements of the online side under these options. */
  public List<BenchPart> parts() {
    if (environments < 0 || largest < 64 || holdSeconds < 5) {
      throw new ParameterException(
          spec.commandLine(),
          "expected --environments of at least 0, --largest of at least 64 and --hold of at least"
              + " 5, found "
              + environments
              + ", "
              + largest
              + " and "
              + holdSeconds);
    }
    return OnlineParts.online(environments, holdSeconds, largest);
  }

  /** The options again, as they decide what the figures mean. */
  public String text() {
    return (environments > 0 ? " --environments " + environments : " --largest " + largest)
        + " --hold "
        + holdSeconds;
  }
}
