package io.dynadiff.trainer.experiment;

import io.dynadiff.models.bundle.ConditionSpec;
import io.dynadiff.models.bundle.Sha256;
import io.dynadiff.models.json.CanonicalJson;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.evaluation.EnvironmentScore;
import io.dynadiff.trainer.evaluation.Method;
import io.dynadiff.trainer.evaluation.MethodRun;
import io.dynadiff.trainer.evaluation.ResultsFile;
import io.dynadiff.trainer.evaluation.ResultsTable;
import io.dynadiff.trainer.evaluation.Scoring;
import io.dynadiff.trainer.evaluation.SplitScores;
import io.dynadiff.trainer.pipeline.TrainedSystem;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Scores methods on trained systems and keeps every finished run in a results file at once, so that
 * a stopped evaluation goes on where it was. Confined to one thread.
 */
public final class SystemEvaluation {

  /** Raised when the same settings would give other numbers than before. */
  private static final int VERSION = 1;

  private final Path file;
  private ResultsTable table;
  private final String command;
  private final boolean force;
  private final PrintStream progress;

  /**
   * @param file results file to add to
   * @param command the command to note beside the numbers
   * @param force whether to run again what the file has
   * @throws IllegalArgumentException if the file is there and is not a results table
   */
  public SystemEvaluation(Path file, String command, boolean force, PrintStream progress)
      throws IOException {
    this.file = file;
    this.table = ResultsTable.read(file);
    this.command = command;
    this.force = force;
    this.progress = progress;
  }

  /** All runs so far. */
  public ResultsTable table() {
    return table;
  }

  /**
   * Runs methods that the file does not have yet.
   *
   * @param variant what was changed on the preset; empty for nothing
   * @param presetName name of the preset
   * @param system trained as far as the methods need it
   * @param methods names out of {@link MethodCatalogue#names()}; all if empty
   * @throws IllegalArgumentException if there is no such method
   */
  public void run(String variant, String presetName, TrainedSystem system, List<String> methods)
      throws IOException {
    run(variant, presetName, system, system.preset().windowLength(), methods);
  }

  /**
   * The same with windows of another length at adaptation; methods that cannot learn from one frame
   * are left out where there is only one.
   */
  public void run(
      String variant,
      String presetName,
      TrainedSystem system,
      int windowLength,
      List<String> methods)
      throws IOException {
    MethodCatalogue catalogue = new MethodCatalogue(system, windowLength);
    for (String name : methods.isEmpty() ? catalogue.names() : methods) {
      if (!catalogue.names().contains(name)) {
        continue;
      }
      MethodRun.Identity identity =
          new MethodRun.Identity(variant, system.data().system(), presetName, system.seed(), name);
      String configuration = configuration(system, windowLength, name);
      if (!force && table.find(identity, configuration).isPresent()) {
        progress.printf("%s: has been scored with these settings%n", label(identity));
        continue;
      }
      table =
          ResultsTable.add(file, run(identity, configuration, system, catalogue), system.preset());
    }
  }

  private static String configuration(TrainedSystem system, int windowLength, String method) {
    String inputs =
        CanonicalJson.write(
            List.of(
                VERSION,
                system.preset(),
                system.work().getFileName().toString(),
                system.seed(),
                windowLength,
                method));
    return Sha256.hex(inputs.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  private MethodRun run(
      MethodRun.Identity identity,
      String configuration,
      TrainedSystem system,
      MethodCatalogue catalogue) {
    long start = System.nanoTime();
    try (Method method = catalogue.make(identity.method())) {
      int all = system.data().seen().size() + system.data().unseen().size();
      Pace pace = new Pace(progress, label(identity), all);
      Scoring scoring = new Scoring(system.data());
      SplitScores seen = score(scoring, method, system.data().seen(), pace);
      SplitScores unseen = score(scoring, method, system.data().unseen(), pace);
      SortedMap<String, Double> settings = new TreeMap<>(method.settings());
      double seconds = (System.nanoTime() - start) / 1e9;
      progress.printf(
          Locale.ROOT,
          "%-48s RMSE seen %.4f, unseen %.4f  %.0f s%n",
          label(identity),
          mean(seen),
          mean(unseen),
          seconds);
      return new MethodRun(
          identity.variant(),
          identity.system(),
          identity.preset(),
          identity.seed(),
          identity.method(),
          configuration,
          command,
          ResultsFile.commit(),
          ResultsFile.machine(),
          seconds,
          settings,
          system.data().conditions().stream().map(ConditionSpec::name).toList(),
          seen,
          unseen);
    }
  }

  private static SplitScores score(
      Scoring scoring, Method method, List<EnvironmentData> environments, Pace pace) {
    List<EnvironmentScore> scores = new ArrayList<>();
    for (EnvironmentData environment : environments) {
      scores.add(scoring.score(method, environment));
      pace.step();
    }
    return SplitScores.of(scores);
  }

  private static double mean(SplitScores scores) {
    return java.util.Arrays.stream(scores.rmse()).average().orElse(Double.NaN);
  }

  private static String label(MethodRun.Identity identity) {
    return (identity.variant().isEmpty() ? "" : identity.variant() + " ")
        + identity.system()
        + " seed "
        + identity.seed()
        + " "
        + identity.method();
  }

  /** Says every few seconds how far the scoring of one method is. */
  private static final class Pace {

    private static final long INTERVAL_NANOS = 5_000_000_000L;

    private final PrintStream out;
    private final String label;
    private final int total;
    private final long start = System.nanoTime();
    private long printed = start;
    private int done;

    Pace(PrintStream out, String label, int total) {
      this.out = out;
      this.label = label;
      this.total = total;
    }

    void step() {
      done++;
      long now = System.nanoTime();
      if (now - printed >= INTERVAL_NANOS && done < total) {
        printed = now;
        Duration left = Duration.ofNanos((now - start) / done * (total - done));
        out.printf(
            Locale.ROOT,
            "%-48s %d/%d environments  ETA %d:%02d%n",
            label,
            done,
            total,
            left.toMinutes(),
            left.toSecondsPart());
      }
    }
  }
}
