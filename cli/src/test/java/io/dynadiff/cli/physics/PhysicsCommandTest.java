package io.dynadiff.cli.physics;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.cli.Dynadiff;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhysicsCommandTest {

  private static final String RECORDING =
      Path.of("..", "data", "era5-2mt-2019-03-uk-cds.nc").toString();

  @TempDir Path directory;

  @Test
  void shouldExitWithTwoWhenTheUsageIsWrong() throws IOException {
    String output = directory.resolve("out").toString();
    Path file = Files.writeString(directory.resolve("file"), "no folder");

    assertThat(Dynadiff.execute("physics")).isEqualTo(2);
    assertThat(Dynadiff.execute("physics", "validate", "--slow")).isEqualTo(2);
    assertThat(Dynadiff.execute("physics", "validate", "--data", output)).isEqualTo(2);
    assertThat(Dynadiff.execute("physics", "throughput", "--repetitions", "0")).isEqualTo(2);
    assertThat(
            Dynadiff.execute("physics", "gallery", "--output", output, "--only", "no-such-system"))
        .isEqualTo(2);
    assertThat(
            Dynadiff.execute(
                "physics",
                "gallery",
                "--only=era5-uk",
                "--output=" + output,
                "--recording=" + file))
        .isEqualTo(2);
    assertThat(Dynadiff.execute("physics", "gallery", "--only=era5-uk", "--output=" + file + "/in"))
        .isEqualTo(2);
  }

  @Test
  void shouldDrawTheSystemsAskedForOnly() throws IOException {
    assertThat(
            Dynadiff.execute(
                "physics",
                "gallery",
                "--only=era5-uk,lotka-volterra",
                "--output=" + directory,
                "--recording=" + RECORDING))
        .isZero();

    assertThat(directory.toFile().list())
        .containsExactlyInAnyOrder("gallery-era5-uk.png", "gallery-lotka-volterra.png");
    assertThat(ImageIO.read(directory.resolve("gallery-era5-uk.png").toFile()).getWidth())
        .isGreaterThan(600);
  }

  @Test
  @Tag("slow")
  void shouldWriteTheReportAndPassWhenValidatedQuickly() throws IOException {
    Path report = directory.resolve("physics.md");

    int status =
        Dynadiff.execute("physics", "validate", "--quick", "--output=" + report, "--data=../data");

    assertThat(status).isZero();
    assertThat(report).content().contains("checks passed").contains("| left out | Cylinder wake |");
    assertThat(directory.resolve("images/physics/kolmogorov-onset.png")).exists();
  }

  @Test
  @Tag("slow")
  void shouldWriteRatesOfEverySolver() {
    Path results = directory.resolve("throughput.json");

    Dynadiff.execute(
        "physics", "throughput", "--repetitions=1", "--seconds=0.01", "--output=" + results);

    assertThat(results)
        .content()
        .contains("\"cylinder-flow.updatesPerSecondPerCore\"")
        .contains("\"kolmogorov-flow.stepOverTransforms.ratio\"")
        .contains("\"memory.triad.bytesPerSecond\"");
  }

  @Test
  void shouldCorrectTheTimeLeftByWhatWasMeasured() {
    long[] now = {0};
    StringWriter text = new StringWriter();
    StageProgress progress = new StageProgress(new PrintWriter(text), 2, 20, () -> now[0]);
    progress.begin("first", 10);
    now[0] = 20_000_000_000L;
    progress.begin("second", 10);
    now[0] = 30_000_000_000L;
    progress.within(0.5);
    now[0] = 31_000_000_000L;
    progress.within(0.6);

    assertThat(text.toString().lines())
        .containsExactly(
            "[1/2] first, 0 s so far, about 20 s left",
            "[2/2] second, 20 s so far, about 20 s left",
            "[2/2] second 50 %, 30 s so far, about 10 s left");
  }
}
