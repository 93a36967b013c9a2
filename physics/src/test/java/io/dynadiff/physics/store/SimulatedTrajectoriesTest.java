package io.dynadiff.physics.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.physics.environments.SimulatedEnvironment;
import io.dynadiff.physics.environments.SimulatedEnvironments;
import io.dynadiff.physics.environments.SystemForm;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Snapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedTrajectoriesTest {
  @TempDir Path root;

  @Test
  void shouldStoreSimulatedSeriesAsTheyAre() throws InterruptedException {
    List<TrajectorySource> sources = new ArrayList<>(sources("lambda-omega", 2, 7));
    sources.addAll(sources("lotka-volterra", 2, 7));
    sources.addAll(sources("navier-stokes", 1, 3));
    WriteSummary summary = new TrajectoryWriter(root, 2).write(sources);
    assertThat(summary.trajectories()).isEqualTo(10);
    TrajectoryStore store = TrajectoryStore.open(root);
    assertThat(store.names()).hasSize(10).contains("lambda-omega/beta-1.00/seed-1");
    for (TrajectorySource source : sources) {
      try (FieldSeries simulated = source.series().get();
          FieldSeries stored = store.series(source.name())) {
        assertThat(stored.system()).isEqualTo(simulated.system());
        assertThat(stored.environmentId()).isEqualTo(simulated.environmentId());
        assertThat(stored.channels()).isEqualTo(simulated.channels());
        assertThat(stored.grid()).isEqualTo(simulated.grid());
        assertThat(stored.conditions(2)).isEqualTo(simulated.conditions(2));
        assertThat(stored.length()).isEqualTo(simulated.length());
        Iterator<Snapshot> expected = simulated.snapshots(0);
        stored
            .snapshots(0)
            .forEachRemaining(
                snapshot -> {
                  Snapshot frame = expected.next();
                  assertThat(snapshot.eventTimeMillis()).isEqualTo(frame.eventTimeMillis());
                  assertThat(snapshot.values()).containsExactly(frame.values());
                });
        assertThat(expected.hasNext()).isFalse();
      }
    }
  }

  @Test
  void shouldSayInWhichFormFramesAre() {
    TrajectorySource source =
        SimulatedTrajectories.of(
                SystemForm.of("navier-stokes", SystemForm.LAPTOP),
                SimulatedEnvironments.of("navier-stokes").all().subList(0, 1),
                List.of(1L),
                2,
                OptionalDouble.empty(),
                OptionalInt.empty())
            .get(0);
    try (FieldSeries series = source.series().get()) {
      assertThat(series.shape()).isEqualTo(new FieldShape(1, 32, 32));
      assertThat(series.intervalMillis()).isEqualTo(300);
    }
    assertThat(source.provenance().settings())
        .containsEntry("form", "laptop")
        .containsEntry("viscosity", "0.001")
        .containsEntry("solver-points", "48.0")
        .containsEntry("spin-up", "10.0");
    assertThat(sources("navier-stokes", 1, 3).get(0).provenance().settings())
        .doesNotContainKey("form");
  }

  @Test
  void shouldKeepSeedAndSettings() {
    Provenance provenance = sources("navier-stokes", 1, 3).get(1).provenance();
    assertThat(provenance.seed()).isEqualTo(OptionalLong.of(2));
    assertThat(provenance.solverVersion()).isEqualTo("1");
    assertThat(provenance.settings())
        .containsEntry("viscosity", "0.01")
        .containsEntry("time-step", "0.0125")
        .containsEntry("spin-up", "0.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lambda-omega",
        "kolmogorov-flow",
        "navier-stokes",
        "lotka-volterra",
        "cylinder-flow"
      })
  void shouldDescribeEverySystem(String system) {
    TrajectorySource source = sources(system, 1, 5).get(0);
    TrajectoryMetadata metadata = TrajectoryMetadata.of(source, source.series().get());
    assertThat(metadata.system()).isEqualTo(system);
    assertThat(source.name()).startsWith(system + "/").endsWith("/seed-1");
    assertThat(metadata.length()).isEqualTo(5);
  }

  @Test
  void shouldRefuseUnknownSystems() {
    assertThatThrownBy(() -> SimulatedTrajectories.of("lorenz", List.of(), List.of(1L), 5))
        .hasMessageContaining("expected lambda-omega, kolmogorov-flow")
        .hasMessageContaining("found 'lorenz'");
  }

  private static List<TrajectorySource> sources(String system, int environments, long length) {
    List<SimulatedEnvironment> all = SimulatedEnvironments.of(system).all();
    return SimulatedTrajectories.of(system, all.subList(0, environments), List.of(1L, 2L), length);
  }
}
