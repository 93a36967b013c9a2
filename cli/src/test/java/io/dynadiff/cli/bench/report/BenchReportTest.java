package io.dynadiff.cli.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.physics.validation.Plot;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How measurements become text and panels. */
class BenchReportTest {

  @TempDir private Path home;

  private static BenchFigures measured(Map<String, Double> figures) {
    return new BenchFigures("dynadiff bench", "a machine", "abc", 1, new TreeMap<>(figures));
  }

  private static Map<String, Double> growth() {
    return new TreeMap<>(
        Map.of(
            "rollout.side-16.stepMs", 0.5,
            "rollout.side-32.stepMs", 2.0,
            "rollout.side-32.stepMs.highest", 2.5,
            "rollout.against-grid.exponent", 1.0,
            "rollout.against-grid.factor", 0.5 / 256,
            "rollout.against-grid.rSquared", 1.0));
  }

  @Test
  void shouldSayOnlyWhatWasMeasuredWhenARunWasPartial() {
    String text =
        new MeasuredSection(
                measured(
                    Map.of(
                        "machine.peakMiB", 812.4,
                        "machine.loadAverageBefore", 0.2,
                        "window-to-swap.total.p50Ms", 181.4,
                        "window-to-swap.total.p95Ms", 420.0,
                        "window-to-swap.total.p99Ms", 433.0)))
            .text("");
    assertThat(text)
        .startsWith("`dynadiff bench`; commit abc, a machine; load average before it 0.2")
        .contains("peak memory 812 MiB")
        .contains("| window to swap: all | 181 ms | 420 ms | 433 ms |")
        .doesNotContain("throughput", "start-up", "growth", "![");
  }

  @Test
  void shouldSayThatALoadWasNotSustainedWhenItWasNot() {
    Map<String, Double> figures =
        new TreeMap<>(Map.of("sustained.environments", 500.0, "sustained.isSustained", 0.0));
    assertThat(new MeasuredSection(measured(figures)).text("")).contains("were NOT sustained");
    figures.put("sustained.isSustained", 1.0);
    figures.put("sustained.processor.broker.millisPerFrame", 1.25);
    figures.put("sustained.processor.rollouts-of-experts.millisPerFrame", 2.5);
    assertThat(new MeasuredSection(measured(figures)).text(""))
        .contains("| rollouts of experts | 2.50 ms |\n| broker | 1.25 ms |\n| all | 3.75 ms |\n");
    assertThat(new MeasuredSection(measured(figures)).text(""))
        .contains("500 environments at one frame per second each were sustained");
  }

  @Test
  void shouldSayHowFastKernelsAre() {
    Map<String, Double> figures = new TreeMap<>();
    figures.put("kernels.laptop.gelu.micros", 6.04);
    figures.put("kernels.laptop.gelu.errorMicros", 0.2);
    figures.put("kernels.width-64.step.micros", 4338.6);
    figures.put("kernels.width-64.step.errorMicros", 116.2);
    figures.put("kernels.width-64.step.gigaflops", 87.4);
    assertThat(new MeasuredSection(measured(figures)).text(""))
        .contains("| laptop: gelu | 6.0 µs | 0.2 µs |  |  |")
        .contains("| width-64: step | 4338.6 µs | 116.2 µs | 87 |  |");
    figures.put("limits.multiplyAndAdd.gigaflops", 174.8);
    figures.put("limits.readMemory.gigabytesPerSecond", 20.2);
    assertThat(new MeasuredSection(measured(figures)).text(""))
        .contains("| 116.2 µs | 87 | 0.50 |", "175 GFLOP/s", "and 20 from memory");
  }

  @Test
  void shouldSayWhatCodecsLeaveAndWhatRoundingChanges() {
    Map<String, Double> figures = new TreeMap<>();
    figures.put("wire.frames.era5-uk.bytes", 17_000.0);
    for (String codec : List.of("lz4", "zstd-3", "gzip")) {
      figures.put("wire.frames.era5-uk." + codec + ".part", 0.6);
      figures.put("wire.frames.era5-uk." + codec + ".packNanosPerByte", 2.0);
      figures.put("wire.frames.era5-uk." + codec + ".unpackNanosPerByte", 1.5);
    }
    figures.put("wire.rounding.era5-uk.normalisedRmse", 0.3);
    for (String dtype : List.of("float16", "bfloat16")) {
      figures.put("wire.rounding.era5-uk." + dtype + ".differenceToError", 0.01);
      figures.put("wire.rounding.era5-uk." + dtype + ".errorRatio", 1.0);
    }
    assertThat(new MeasuredSection(measured(figures)).text(""))
        .contains("| frames era5-uk | 17000 | 0.60 | 3.5 ns a byte | 0.60 |")
        .contains("| era5-uk | 0.0100 of the error | 1.0000 of it |");
  }

  @Test
  void shouldFindNumbersWithinNamesWhenFiguresDifferInThem() {
    assertThat(measured(growth()).numbered("rollout.side-", ".stepMs"))
        .containsExactly(Map.entry(16, 0.5), Map.entry(32, 2.0));
  }

  @Test
  void shouldDrawTheFittedLawBesideWhatWasMeasured() {
    Plot plot = new GrowthPicture(measured(growth())).plots().get(0);
    assertThat(plot.curves().get(0).x()).containsExactly(256, 1024);
    double[] fitted = plot.curves().get(1).y();
    assertThat(fitted[0]).isCloseTo(0.5, within(1e-9));
    assertThat(fitted[fitted.length - 1]).isCloseTo(2, within(1e-9));
    assertThat(plot.scale()).as("less than two decades").isEqualTo(Plot.Scale.LINEAR);
    assertThat(plot.references()).containsExactly("exponent 1.00");
  }

  @Test
  void shouldReplaceWhatStandsBetweenTheMarksWhenWrittenAgain() throws IOException {
    Path page = Files.createDirectories(home.resolve("docs")).resolve("performance.md");
    Files.writeString(page, "before\n" + BenchReport.BEGIN + "old\n" + BenchReport.END + "after\n");
    Path results =
        Files.writeString(
            home.resolve("bench.json"),
            """
            {"command": "dynadiff bench", "machine": "m", "commit": "c",
             "figures": {"sustained.environments": 12, "sustained.isSustained": 1}}
            """);
    BenchReport report = new BenchReport(home);
    report.write(results, new PrintWriter(new StringWriter()));
    String once = Files.readString(page);
    assertThat(once).startsWith("before\n").endsWith("after\n").contains("12 environments");
    assertThat(once).doesNotContain("old");
    report.write(results, new PrintWriter(new StringWriter()));
    assertThat(Files.readString(page)).isEqualTo(once);
  }

  @Test
  void shouldSayWhatIsMissingWhenThePageHasNoMarks() {
    assertThatThrownBy(() -> BenchReport.replaced("text", "section", Path.of("p.md")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("p.md")
        .hasMessageContaining("written by");
  }

  @Test
  void shouldHaveThePlaceForTheMeasurementsInTheDocuments() throws IOException {
    String page = Files.readString(Path.of("../docs/performance.md"));
    assertThat(BenchReport.replaced(page, "section", Path.of("performance.md")))
        .contains("section");
  }
}
