package io.dynadiff.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RolesCommandTest {

  private final StringWriter err = new StringWriter();
  @TempDir private Path directory;

  @Test
  void shouldRefuseWhenThereIsNoBundle() {
    assertThat(run(new RolesCommand.Forecast(), "--bundles", directory.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            directory
                + ": expected a bundle (a directory with manifest.json) or a directory of bundles,"
                + " found neither; give --bundles")
        .doesNotContain("\tat ");
  }

  @Test
  void shouldRefuseWhenASettingIsNotKnown() {
    assertThat(run(new RolesCommand.Adapt(), "--set", "adapt.gracefulness=1")).isEqualTo(2);
    assertThat(err.toString()).contains("found adapt.gracefulness").doesNotContain("\tat ");
  }

  @Test
  void shouldRefuseWhenAnOptionIsNotKnown() {
    assertThat(run(new RolesCommand.Verify(), "--speed", "1x")).isEqualTo(2);
  }

  @Test
  void shouldShowAnExampleWhenAskedForHelp() {
    StringWriter out = new StringWriter();
    CommandLine command =
        new CommandLine(new RolesCommand.Run()).setOut(new PrintWriter(out, true));
    assertThat(command.execute("--help")).isZero();
    assertThat(out.toString()).contains("dynadiff run --roles adapt,generate,forecast,verify");
  }

  @Test
  void shouldLookForBundlesInTheInstallationWhenNoneAreNamed() {
    String before = System.getProperty("dynadiff.home");
    System.setProperty("dynadiff.home", directory.toString());
    try {
      assertThat(run(new RolesCommand.Adapt())).isEqualTo(2);
    } finally {
      if (before == null) {
        System.clearProperty("dynadiff.home");
      } else {
        System.setProperty("dynadiff.home", before);
      }
    }
    assertThat(err.toString()).contains(directory.resolve("bundles") + ": expected a bundle");
  }

  private int run(RolesCommand command, String... arguments) {
    return new CommandLine(command).setErr(new PrintWriter(err, true)).execute(arguments);
  }
}
