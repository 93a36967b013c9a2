package io.dynadiff.cli.bench.experts;

import io.dynadiff.cli.bench.measure.BenchRun;
import io.dynadiff.cli.physics.StageProgress;
import io.dynadiff.models.expert.ProcessorThreads;
import io.dynadiff.trainer.evaluation.ResultsFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dynadiff bench experts}: how long steps and updates of experts take. */
@Command(
    name = "experts",
    mixinStandardHelpOptions = true,
    description = {
      "Measure steps and training updates of experts: by the vector kernel, on the engine, and in"
          + " plain PyTorch where a Python with it is given. Sizes are those of the laptop presets"
          + " and larger ones.",
      "All take turns in every round, so that what else the machine does falls on all of them;"
          + " the medians over rounds count. Threads are those of OMP_NUM_THREADS."
    },
    footer = {"", "Example:", "  dynadiff bench experts --python python3"})
public final class ExpertsCommand implements Callable<Integer> {

  @Spec private CommandSpec command;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "9",
      description = "Rounds, at least 1 (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--python",
      paramLabel = "PROGRAM",
      defaultValue = "python3",
      description =
          "A Python with PyTorch; left out where there is none (default: ${DEFAULT-VALUE}).")
  private String python;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      defaultValue = "${sys:dynadiff.home:-.}/results/bench-experts.json",
      description = "Where to write the figures (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Override
  public Integer call() throws IOException {
    if (rounds < 1) {
      throw new ParameterException(
          command.commandLine(), "expected --rounds of at least 1, found " + rounds);
    }
    ResultsFile.commit();
    Path home = Path.of(System.getProperty("dynadiff.home", ".")).toAbsolutePath().normalize();
    ExpertsPart part = new ExpertsPart(rounds, python);
    StageProgress[] progress = new StageProgress[1];
    BenchRun run =
        new BenchRun(home, home, home, false, Map.of(), done -> progress[0].within(done));
    double expected = part.expectedSeconds(run);
    progress[0] = new StageProgress(command.commandLine().getErr(), 1, expected, System::nanoTime);
    progress[0].begin(part.name(), expected);
    part.measure(run);
    run.configure("threads", ProcessorThreads.count());
    ResultsFile.write(
        output,
        "dynadiff bench experts --rounds " + rounds + " --python " + python,
        run.configuration(),
        Map.of("weights", 1L),
        progress[0].seconds(),
        run.figures().byName());
    PrintStream out = System.out;
    run.figures()
        .byName()
        .forEach((name, value) -> out.printf(Locale.ROOT, "%-56s %.4g%n", name, value));
    out.printf("figures in %s%n", output);
    return 0;
  }
}
