package io.dynadiff.streams.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EnvironmentSeriesTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private long now = 1_000_000;
  private final EnvironmentSeries series = new EnvironmentSeries(() -> now);

  @BeforeEach
  void listen() {
    Metrics.addRegistry(registry);
  }

  @AfterEach
  void stopListening() {
    Metrics.removeRegistry(registry);
    Metrics.globalRegistry.getMeters().stream()
        .filter(meter -> meter.getId().getName().startsWith("dynadiff."))
        .forEach(Metrics.globalRegistry::remove);
  }

  @Test
  void shouldShowVersionAndAgeWhenAnEnvironmentIsServed() {
    series.admitted("era5", "era5/a");
    series.using("era5", "era5/a", 3);
    now += 1500;
    series.refresh();

    assertThat(value("dynadiff.weights.version", "era5/a")).isEqualTo(3);
    assertThat(value("dynadiff.window.age.seconds", "era5/a")).isEqualTo(1.5);
  }

  @Test
  void shouldCountWithoutSeriesWhenThereAreMoreEnvironmentsThanTheLimit() {
    series.limit(2);
    for (String id : List.of("a", "b", "c", "c")) {
      series.using("s", id, 1);
    }
    series.refresh();

    assertThat(environments("dynadiff.weights.version")).containsExactlyInAnyOrder("a", "b");
    assertThat(registry.get("dynadiff.environments.hidden.updates").gauge().value()).isEqualTo(2);
  }

  @Test
  void shouldMakeRoomWhenAnEnvironmentIsNotSeenForLong() {
    series.limit(1);
    series.using("s", "moved-away", 7);
    series.refresh();
    now += EnvironmentSeries.REMEMBERED.toMillis() + 1;
    series.refresh();
    series.using("s", "new", 1);
    series.refresh();

    assertThat(environments("dynadiff.weights.version")).containsExactly("new");
  }

  private double value(String name, String environment) {
    return registry.get(name).tag("environment", environment).gauge().value();
  }

  private List<String> environments(String name) {
    return registry.getMeters().stream()
        .map(Meter::getId)
        .filter(id -> id.getName().equals(name))
        .map(id -> id.getTag("environment"))
        .toList();
  }
}
