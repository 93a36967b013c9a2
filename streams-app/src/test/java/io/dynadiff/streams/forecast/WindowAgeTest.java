package io.dynadiff.streams.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.streams.Samples;
import io.dynadiff.streams.TestTopology;
import io.dynadiff.streams.metrics.MetricsRegistry;
import io.dynadiff.streams.metrics.MetricsSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowAgeTest {

  @TempDir private Path stateDirectory;

  @Test
  void shouldShowTheAgeOfAWindowWhenTheProcessForecastsOnly() {
    String environment = "forecast-only";
    try (MetricsRegistry metrics = MetricsRegistry.open(MetricsSettings.DEFAULT);
        TestTopology topology =
            new TestTopology(
                stateDirectory,
                wire ->
                    ForecastTopology.build(
                        wire,
                        Samples.systems(),
                        ForecasterUnderTest.SETTINGS,
                        system -> new StepRollouts(new ArrayList<>()),
                        new HandedExperts(),
                        new AtomicLong()))) {
      topology
          .input(Topic.FRAMES_ADMITTED, FieldFrame.class)
          .pipeInput(environment, Samples.frame(environment, 0));
      assertThat(metrics.scrape().lines())
          .anyMatch(
              line -> line.startsWith("dynadiff_window_age_seconds{environment=\"" + environment));
    }
  }
}
