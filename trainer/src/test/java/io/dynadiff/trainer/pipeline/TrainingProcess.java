package io.dynadiff.trainer.pipeline;

import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.data.SystemDataSource;
import io.dynadiff.trainer.preset.Preset;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Trainings in a process of their own, whose threads and memory tests can set and measure. */
final class TrainingProcess {

  private static final String SYSTEM = "lambda-omega";
  private static final PrintStream QUIET = new PrintStream(OutputStream.nullOutputStream());

  private TrainingProcess() {}

  /** Arguments: what to do, work directory, further arguments. */
  public static void main(String[] args) throws Exception {
    Path work = Path.of(args[1]);
    Preset preset = Preset.of(SYSTEM, "smoke");
    SystemData data =
        new SystemDataSource(Path.of("none")).load(SYSTEM, preset.data(), work, QUIET);
    switch (args[0]) {
      case "bundle" -> {
        Bundle bundle =
            BundleTraining.run(
                    new TrainedSystem(data, "smoke", preset, 1, work, QUIET),
                    Path.of(args[2]),
                    "test")
                .bundle();
        System.out.println(bundle.manifestSha256());
      }
      case "memory" -> MemoryOfSteps.print(data, work, Integer.parseInt(args[2]));
      default -> throw new IllegalArgumentException("expected bundle or memory: " + args[0]);
    }
  }

  /** Starts a training whose output goes to a file and whose errors go to this process's. */
  static Process start(Path output, int threads, List<String> options, String... args)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(options);
    command.addAll(
        List.of(
            "--add-modules",
            "jdk.incubator.vector",
            "-Dai.djl.offline=true",
            "-Dai.djl.pytorch.num_threads=" + threads,
            "-cp",
            System.getProperty("java.class.path"),
            TrainingProcess.class.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    return builder.start();
  }
}
