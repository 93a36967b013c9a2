package io.dynadiff.physics.environments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.simulation.SimulatedSystem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemFormTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lambda-omega",
        "kolmogorov-flow",
        "navier-stokes",
        "cylinder-flow",
        "lotka-volterra"
      })
  void shouldShowFramesAsItSays(String system) {
    for (String name : SystemForm.NAMES) {
      SystemForm form = SystemForm.of(system, name);
      SimulatedSystem<?> shown = SimulatedSystems.shown(form, 1);
      Grid grid = shown.grid();
      assertThat(shown.channels().stream().map(Channel::name).toList()).isEqualTo(form.channels());
      assertThat(form.shape())
          .isEqualTo(new FieldShape(shown.channels().size(), grid.height(), grid.width()));
      assertThat(form.intervalMillis() % SimulatedSystems.intervalMillis(system)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lambda-omega", "kolmogorov-flow", "navier-stokes", "cylinder-flow"})
  void shouldSolveThePapersFramesAsTheLaptopsOnTheirGrid(String system) {
    SystemForm laptop = SystemForm.of(system, SystemForm.LAPTOP);
    SystemForm paper = SystemForm.of(system, SystemForm.PAPER);
    assertThat(laptop.at(paper.framePoints()).resolution()).isEqualTo(paper.resolution());
  }

  @Test
  void shouldFindTheFormOfABundlesFrames() {
    assertThat(SystemForm.matching("navier-stokes", new FieldShape(1, 32, 32), 300))
        .contains(SystemForm.of("navier-stokes", "laptop"));
    assertThat(SystemForm.matching("cylinder-flow", new FieldShape(2, 64, 128), 200))
        .contains(SystemForm.of("cylinder-flow", "paper"));
    assertThat(SystemForm.matching("navier-stokes", new FieldShape(1, 32, 32), 25)).isEmpty();
    assertThat(SystemForm.matching("era5-uk", new FieldShape(1, 16, 16), 3_600_000)).isEmpty();
  }

  @Test
  void shouldKeepWhatTheStandardSaysWhereAFormSaysNothing() {
    SystemForm paper = SystemForm.of("navier-stokes", "paper");
    assertThat(paper.channels()).containsExactly("w", "u", "v");
    assertThat(paper.timeStep()).isEqualTo(0.0125);
    assertThat(paper.settings()).isEmpty();
    assertThat(SystemForm.of("navier-stokes", "laptop").settings())
        .isEqualTo(Map.of("viscosity", 0.001));
  }

  @Test
  void shouldNameWhatThereIsWhenAskedForSomethingElse() {
    assertThatThrownBy(() -> SystemForm.of("lambda-omega", "desktop"))
        .hasMessage(
            "lambda-omega form: expected one of [laptop, paper, standard], found 'desktop'");
    SystemForm form = SystemForm.of("navier-stokes", "laptop");
    assertThatThrownBy(() -> form.withSettings(Map.of("inflow", 0.1)))
        .hasMessage("navier-stokes settings: expected some of [viscosity], found [inflow]");
    assertThatThrownBy(() -> SimulatedSystems.shown(form.showing(List.of("w", "p"), 300), 1))
        .hasMessage("navier-stokes channels: expected some of [w, u, v], found p");
  }
}
