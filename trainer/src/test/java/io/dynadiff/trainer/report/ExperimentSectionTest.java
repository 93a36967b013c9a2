package io.dynadiff.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.trainer.evaluation.EnvironmentScore;
import io.dynadiff.trainer.evaluation.MethodRun;
import io.dynadiff.trainer.evaluation.ResultsTable;
import io.dynadiff.trainer.evaluation.SplitScores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;

class ExperimentSectionTest {

  private static final String SYSTEM = "lambda-omega";
  private static final List<String> ORDER =
      List.of("window-1", "window-2", "window-10", "single-stage", "complete");

  @TempDir private Path directory;
  private ResultsTable table;

  @BeforeEach
  void startWithAnEmptyTable() throws IOException {
    table = ResultsTable.read(directory.resolve("experiment.json"));
  }

  private static SplitScores scores(double... rmse) {
    List<EnvironmentScore> scores = new ArrayList<>();
    for (int i = 0; i < rmse.length; i++) {
      scores.add(
          new EnvironmentScore(
              "e" + i,
              new double[] {i},
              rmse[i],
              rmse[i],
              rmse[i],
              0.9,
              3,
              0,
              0.01,
              new double[] {rmse[i]}));
    }
    return SplitScores.of(scores);
  }

  private void put(String variant, String method, long seed, double... unseen) {
    table.put(
        new MethodRun(
            variant,
            SYSTEM,
            "laptop",
            seed,
            method,
            "hash",
            "dynadiff experiment window-length lambda-omega",
            "abc",
            "a machine",
            10,
            new TreeMap<>(),
            List.of("beta"),
            scores(),
            scores(unseen)),
        Map.of("windowLength", 10));
  }

  private Chart<?, ?> chart() {
    List<ScoredChange> changes = ScoredChange.of(table, SYSTEM, ORDER);
    return ExperimentChart.chart("experiment", table, SYSTEM, changes);
  }

  @Test
  void shouldDrawErrorsOverNumbersWhenChangesAreNumbers() {
    for (int window : new int[] {10, 1, 2}) {
      put(
          "window-" + window + " data.unseen=2 sampler.steps=5",
          "dynadiff",
          1,
          0.1 / window,
          0.3 / window);
      put(
          "window-" + window + " data.unseen=2 sampler.steps=5",
          "dynadiff",
          2,
          0.3 / window,
          0.5 / window);
    }
    put("window-2 data.unseen=2 sampler.steps=5", "fine-tune-1x", 1, 0.1, 0.3);

    assertThat(chart()).isInstanceOf(XYChart.class);
    XYChart chart = (XYChart) chart();
    XYSeries ours = chart.getSeriesMap().get("dynadiff");
    assertThat(chart.getStyler().isYAxisLogarithmic()).as("errors of 0.03 to 0.3").isFalse();
    assertThat(ours.getXData()).containsExactly(1, 2, 10);
    assertThat(ours.getYData()).containsExactly(new double[] {0.3, 0.15, 0.03}, within(1e-6));
    assertThat(ours.getExtraValues())
        .containsExactly(
            new double[] {0.2 / Math.sqrt(2), 0.1 / Math.sqrt(2), 0.02 / Math.sqrt(2)},
            within(1e-6));
    XYSeries tuned = chart.getSeriesMap().get("fine-tune-1x");
    assertThat(tuned.getXData()).containsExactly(2);
    assertThat(tuned.getExtraValues()).as("one seed").containsExactly(0);
    assertThat(chart.getXAxisTitle()).isEqualTo("window");
  }

  @Test
  void shouldDrawErrorsSideBySideWhenChangesHaveNames() {
    put("complete", "dynadiff", 1, 0.03);
    put("single-stage", "dynadiff", 1, 0.9);
    put("single-stage", "prompt-regression", 1, 0.8);

    CategoryChart chart = (CategoryChart) chart();
    assertThat(List.copyOf(chart.getSeriesMap().get("dynadiff").getXData()))
        .isEqualTo(List.of("single-stage", "complete"));
    assertThat(new ArrayList<Number>(chart.getSeriesMap().get("prompt-regression").getYData()))
        .containsExactly(0.8, Double.NaN);
    assertThat(chart.getStyler().isYAxisLogarithmic()).as("errors of 0.03 and 0.9").isTrue();
    assertThat(chart.getStyler().getYAxisMin()).isCloseTo(0.01, within(1e-9));
    assertThat(chart.getStyler().getYAxisMax()).isCloseTo(1, within(1e-9));
    assertThat(chart.getSeriesMap().get("dynadiff").getExtraValues()).isNull();
  }

  @Test
  void shouldNameAndNotDrawErrorsThatWouldHideTheOthers() {
    put("complete", "dynadiff", 1, 0.03);
    put("window-1", "dynadiff", 1, 0.04);
    put("single-stage", "dynadiff", 1, 0.9);

    CategoryChart chart = (CategoryChart) chart();
    assertThat(new ArrayList<Number>(chart.getSeriesMap().get("dynadiff").getYData()))
        .containsExactly(0.04, Double.NaN, 0.03);
    assertThat(chart.getXAxisTitle()).isEqualTo("beyond the axis: single-stage 0.90");
    assertThat(chart.getStyler().isYAxisLogarithmic()).isFalse();
  }

  @Test
  void shouldShowRowsAndChartWhenWrittenAsASection() throws IOException {
    put("window-1", "one-per-env", 1, 0.02, 0.04);
    put("window-1", "dynadiff", 1, 0.03, 0.09);
    put("window-10", "dynadiff", 2, 0.03, 0.03);

    String text =
        new ExperimentSection("window-length", ORDER, table, directory, "pictures").text();
    assertThat(text)
        .contains("seeds 1, 2, commit abc, a machine, 30 s in all.")
        .contains("| window-1 | 0.0600 (2.00) | 0.0300 |", "| window-10 | 0.0300 | |")
        .contains("(pictures/window-length-lambda-omega.png)");
    assertThat(ImageIO.read(directory.resolve("window-length-lambda-omega.png").toFile()))
        .satisfies(image -> assertThat(image.getWidth()).isEqualTo(900));
  }

  @Test
  void shouldLabelChangesByWhatOnlySomeHaveWhenSettingsDiffer() {
    put("window-10 data.unseen=2 sampler.steps=5", "dynadiff", 1, 0.1);
    put("window-1 data.unseen=2", "dynadiff", 1, 0.1);
    put("another data.unseen=2", "dynadiff", 1, 0.1);

    assertThat(ScoredChange.of(table, SYSTEM, ORDER))
        .extracting(ScoredChange::label)
        .containsExactly("window-1", "window-10 sampler.steps=5", "another");
    assertThat(chart()).as("not only a number apart").isInstanceOf(CategoryChart.class);
  }

  @Test
  void shouldNameTheMethodWhenChartsDoNotKnowIt() {
    put("complete", "guess", 1, 0.03);
    assertThatThrownBy(this::chart)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("guess");
  }
}
