package io.dynadiff.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.models.bundle.UntrainedBundle;
import io.dynadiff.physics.environments.SimulatedSystems;
import io.dynadiff.physics.environments.SystemForm;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Grid;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoCommandTest {

  private static final String RECORDING = "../data/era5-2mt-2019-03-uk-cds.nc";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path directory;

  @BeforeEach
  void writeBundles() throws IOException {
    UntrainedBundle.write(
        bundles().resolve("lambda-omega"), "lambda-omega", new FieldShape(2, 32, 32), 1);
    UntrainedBundle.write(
        bundles().resolve("era5-uk"),
        "era5-uk",
        new FieldShape(1, 16, 16),
        Duration.ofHours(1).toMillis(),
        2);
    for (String system : List.of("kolmogorov-flow", "navier-stokes", "cylinder-flow")) {
      SystemForm form = SystemForm.of(system, SystemForm.LAPTOP);
      Grid grid = SimulatedSystems.shown(form, 1).grid();
      UntrainedBundle.write(
          bundles().resolve(system),
          system,
          new FieldShape(form.channels().size(), grid.height(), grid.width()),
          form.intervalMillis(),
          3);
    }
  }

  @Test
  @Tag("slow")
  void shouldLoseNothingWhenFramesAreSpoiledMidway() throws IOException {
    int status = demo("--duration", "15s", "--data-dir", directory.resolve("data").toString());

    assertThat(status).as("%s%s", out, err).isZero();
    assertThat(out.toString())
        .contains(
            "{MALFORMED_AVRO=1, NON_FINITE=1, SHAPE_MISMATCH=1, WRONG_MAGIC_BYTE=1}",
            "era5-uk/r17c33",
            "lambda-omega/shifting",
            "navier-stokes/shifting",
            "Nothing was lost.");
    assertThat(directory.resolve("data/kafka/meta.properties")).exists();
  }

  @Test
  void shouldDeleteTheTemporaryStateAndOnlyWarnWhenItCannot() throws IOException {
    Path state = Files.createDirectories(directory.resolve("state/0_0"));
    DemoCommand.delete(state.getParent(), new PrintWriter(err));
    assertThat(state.getParent()).doesNotExist();
    assertThat(err.toString()).isEmpty();

    DemoCommand.delete(state.getParent(), new PrintWriter(err));
    assertThat(err.toString()).contains("warning", state.getParent().toString(), "by hand");
  }

  @Test
  void shouldExitWithTwoAndOneLineWhenTheInputIsMissing() {
    assertThat(demo("--recording", "nowhere.nc")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly("demo: no recording at nowhere.nc; name a NetCDF file with --recording");
  }

  @Test
  void shouldNameTheSystemWhenItsBundleIsMissing() throws IOException {
    Files.move(bundles().resolve("era5-uk"), directory.resolve("elsewhere"));

    assertThat(demo()).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("demo: no bundle of era5-uk in " + bundles())
        .contains("`dynadiff train era5-uk`");
  }

  @Test
  void shouldExitWithTwoWhenAPortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      String port = Integer.toString(taken.getLocalPort());

      assertThat(demo("--broker-port", port)).isEqualTo(2);
      assertThat(err.toString().lines()).hasSize(1);
      assertThat(err.toString()).contains("Port " + port + " of localhost is taken");
    }
  }

  @Test
  @Tag("slow")
  void shouldExitWithTwoWhenABundleIsDamaged() throws IOException {
    Files.writeString(bundles().resolve("era5-uk/manifest.json"), "{}");

    assertThat(demo()).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
  }

  private Path bundles() {
    return directory.resolve("bundles");
  }

  private int demo(String... options) {
    CommandLine command =
        new CommandLine(new DemoCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    String[] arguments = new String[options.length + 4];
    arguments[0] = "--bundles";
    arguments[1] = bundles().toString();
    arguments[2] = "--recording";
    arguments[3] = RECORDING;
    System.arraycopy(options, 0, arguments, 4, options.length);
    return command.setOverwrittenOptionsAllowed(true).execute(arguments);
  }
}
