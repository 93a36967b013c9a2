package io.dynadiff.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTableTest {

  @TempDir Path directory;

  private static SplitScores scores(double... rmse) {
    List<EnvironmentScore> scores = new ArrayList<>();
    for (int i = 0; i < rmse.length; i++) {
      double[] perLead = {rmse[i], rmse[i], rmse[i] + 0.1};
      scores.add(
          new EnvironmentScore(
              "e" + i, new double[] {i}, rmse[i], rmse[i], rmse[i] / 2, 0.9, 3, 0, 0.01, perLead));
    }
    return SplitScores.of(scores);
  }

  private static MethodRun run(String method, long seed, double... unseen) {
    return new MethodRun(
        "",
        "lambda-omega",
        "laptop",
        seed,
        method,
        "hash",
        "dynadiff evaluate lambda-omega",
        "abc",
        "a machine",
        10,
        new TreeMap<>(Map.of("steps", 3.0)),
        List.of("beta"),
        scores(),
        scores(unseen));
  }

  @Test
  void shouldKeepOtherRunsWhenOneIsAddedToAFile() throws IOException {
    Path file = directory.resolve("results").resolve("table1.json");
    ResultsTable first = ResultsTable.read(file);
    first.put(run("one-per-env", 1, 0.02, 0.04), Map.of("windowLength", 10));
    first.put(run("dynadiff", 1, 0.9, 0.9), Map.of("windowLength", 10));
    first.write(file);

    ResultsTable second = ResultsTable.read(file);
    second.put(run("dynadiff", 1, 0.03, 0.05), Map.of("windowLength", 10));
    second.put(run("dynadiff", 2, 0.05, 0.07), Map.of("windowLength", 10));
    second.write(file);

    ResultsTable third = ResultsTable.read(file);
    assertThat(third.runs()).hasSize(3);
    assertThat(third.figures())
        .hasEntrySatisfying(
            "lambda-omega.unseen.rmse.one-per-env",
            v -> assertThat(v).isCloseTo(0.03, within(1e-9)))
        .hasEntrySatisfying(
            "lambda-omega.unseen.rmse.dynadiff", v -> assertThat(v).isCloseTo(0.05, within(1e-9)))
        .hasEntrySatisfying(
            "lambda-omega.unseen.rmse-lead-3.dynadiff",
            v -> assertThat(v).isCloseTo(0.15, within(1e-9)))
        .hasEntrySatisfying(
            "lambda-omega.unseen.ratio.dynadiff",
            v -> assertThat(v).isCloseTo(5 / 3.0, within(1e-9)))
        .hasEntrySatisfying(
            "lambda-omega.unseen.rmse-seed-deviation.dynadiff",
            v -> assertThat(v).isCloseTo(0.02 / Math.sqrt(2), within(1e-9)));
  }

  @Test
  void shouldKeepWhatAnotherProcessHasAddedMeanwhile() throws IOException {
    Path file = directory.resolve("results").resolve("table1.json");
    ResultsTable early = ResultsTable.read(file);
    ResultsTable.add(file, run("dynadiff", 1, 0.03, 0.05), Map.of());

    ResultsTable late = ResultsTable.add(file, run("one-per-env", 1, 0.02, 0.04), Map.of());

    assertThat(early.runs()).isEmpty();
    assertThat(late.runs()).hasSize(2);
    assertThat(ResultsTable.read(file).runs()).hasSize(2);
  }

  @Test
  void shouldFindARunOnlyWhenItsConfigurationIsTheSame() {
    ResultsTable table = new ResultsTable();
    MethodRun run = run("dynadiff", 1, 0.03);
    table.put(run, Map.of());

    assertThat(table.find(run.identity(), "hash")).contains(run);
    assertThat(table.find(run.identity(), "other")).isEmpty();
    assertThat(table.find(run("dynadiff", 2, 0.03).identity(), "hash")).isEmpty();
  }

  @Test
  void shouldPairByEnvironmentWhenMethodsAreCompared() {
    RunSummary ours = new RunSummary(List.of(scores(0.010, 0.020, 0.030, 0.040)));
    RunSummary rival = new RunSummary(List.of(scores(0.0111, 0.0209, 0.0311, 0.0409)));

    RunSummary.Difference difference = ours.difference(rival);

    // All four environments are a little worse: plain to the paired test, lost in the spread
    // between environments to Welch's.
    assertThat(difference.paired()).isLessThan(0.001);
    assertThat(difference.welch()).isGreaterThan(0.8);
  }
}
