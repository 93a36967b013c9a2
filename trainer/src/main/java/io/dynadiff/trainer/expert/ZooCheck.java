package io.dynadiff.trainer.expert;

import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.SystemData;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Leaves experts out of the zoo that are worse than the base, and reports on every one. */
final class ZooCheck {

  /** File beside a stack's result: one line per expert. */
  static final String REPORT = "experts.csv";

  private final ExpertSpec spec;
  private final SystemData data;
  private final int leads;
  private final PrintStream progress;

  /**
   * @param leads steps of the rollouts whose errors are compared
   */
  ZooCheck(ExpertSpec spec, SystemData data, int leads, PrintStream progress) {
    this.spec = spec;
    this.data = data;
    this.leads = leads;
    this.progress = progress;
  }

  /**
   * A trained expert.
   *
   * @param expert of one environment
   * @param stage directory of the stack it was trained in
   * @param steps updates it was trained for
   * @param bestStep updates after which it had the weights that it keeps
   */
  record Candidate(ZooExpert expert, Path stage, int steps, int bestStep) {

    EnvironmentData environment() {
      return expert.environments().get(0);
    }
  }

  private record Verdict(double error, double baseError, boolean kept) {}

  /**
   * Those that are at least as good as the base on their environment's held-out frames.
   *
   * @param keepAll whether worse ones are reported only
   */
  List<ZooExpert> kept(List<Candidate> candidates, float[] base, boolean keepAll) {
    Map<Candidate, Verdict> verdicts = judge(candidates, base, keepAll);
    // In the order of environments, as mixes are drawn by place.
    List<ZooExpert> kept = new ArrayList<>();
    verdicts.forEach(
        (candidate, verdict) -> {
          if (verdict.kept()) {
            kept.add(candidate.expert());
          } else {
            progress.printf(
                Locale.ROOT,
                "zoo: an expert of %s is worse than the base (%.5f > %.5f) and left out%n",
                candidate.environment().id(),
                verdict.error(),
                verdict.baseError());
          }
        });
    progress.printf(
        Locale.ROOT,
        "zoo: kept %d of %d experts; error on held-out frames over rollouts of %d: %.5f, base"
            + " %.5f%n",
        kept.size(),
        candidates.size(),
        leads,
        verdicts.values().stream().mapToDouble(Verdict::error).average().orElseThrow(),
        verdicts.values().stream().mapToDouble(Verdict::baseError).average().orElseThrow());
    report(candidates, verdicts);
    return kept;
  }

  private Map<Candidate, Verdict> judge(List<Candidate> candidates, float[] base, boolean keepAll) {
    Map<Candidate, Verdict> verdicts = new LinkedHashMap<>();
    try (ExpertErrors errors = new ExpertErrors(spec, data)) {
      for (EnvironmentData environment : data.seen()) {
        List<Candidate> own =
            candidates.stream().filter(c -> c.environment() == environment).toList();
        List<float[]> weights =
            new ArrayList<>(own.stream().map(c -> c.expert().weights()).toList());
        weights.add(base);
        double[] found = errors.rollouts(weights, environment.validation(), leads);
        for (int i = 0; i < own.size(); i++) {
          double baseError = found[own.size()];
          verdicts.put(
              own.get(i), new Verdict(found[i], baseError, keepAll || found[i] <= baseError));
        }
      }
    }
    return verdicts;
  }

  private static void report(List<Candidate> candidates, Map<Candidate, Verdict> verdicts) {
    Map<Path, StringBuilder> tables = new LinkedHashMap<>();
    for (Candidate candidate : candidates) {
      Verdict verdict = verdicts.get(candidate);
      tables
          .computeIfAbsent(
              candidate.stage(),
              stage ->
                  new StringBuilder("environment,steps,bestStep,validationError,baseError,kept\n"))
          .append(
              String.format(
                  Locale.ROOT,
                  "\"%s\",%d,%d,%.6g,%.6g,%b%n",
                  candidate.environment().id(),
                  candidate.steps(),
                  candidate.bestStep(),
                  verdict.error(),
                  verdict.baseError(),
                  verdict.kept()));
    }
    tables.forEach(
        (stage, table) -> {
          try {
            Files.writeString(stage.resolve(REPORT), table);
          } catch (IOException e) {
            throw new UncheckedIOException("cannot write the report " + stage.resolve(REPORT), e);
          }
        });
  }
}
