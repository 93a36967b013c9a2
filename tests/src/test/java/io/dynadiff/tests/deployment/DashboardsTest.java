package io.dynadiff.tests.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Dashboards and alerts ask for series that exist, which nothing else would notice. */
class DashboardsTest {

  private static final Path DASHBOARD = Path.of("../docker/grafana/dashboards/dynadiff.json");
  private static final Path ALERTS = Path.of("../docker/prometheus/alerts.yml");
  private static final Path OPERATIONS = Path.of("../docs/operations.md");
  private static final Pattern SERIES = Pattern.compile("dynadiff_[a-z_]+");

  @Test
  void shouldAskForDocumentedSeriesWhenADashboardOrAnAlertDoes() throws IOException {
    Set<String> documented = series(Files.readString(OPERATIONS));

    assertThat(documented).contains("dynadiff_frames_admitted_total");
    assertThat(series(Files.readString(DASHBOARD))).isNotEmpty().isSubsetOf(documented);
    assertThat(series(Files.readString(ALERTS))).isNotEmpty().isSubsetOf(documented);
  }

  @Test
  void shouldPlaceEveryPanelOnItsOwnWhenTheDashboardIsDrawn() throws IOException {
    boolean[][] taken = new boolean[200][24];
    for (JsonNode panel : new ObjectMapper().readTree(DASHBOARD.toFile()).get("panels")) {
      JsonNode place = panel.get("gridPos");
      for (int y = 0; y < place.get("h").asInt(); y++) {
        for (int x = 0; x < place.get("w").asInt(); x++) {
          int row = place.get("y").asInt() + y;
          int column = place.get("x").asInt() + x;
          assertThat(taken[row][column]).as(panel.get("title").asText()).isFalse();
          taken[row][column] = true;
        }
      }
    }
  }

  /** Names of series without what a histogram adds to them. */
  private static Set<String> series(String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = SERIES.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group().replaceAll("_(bucket|sum|count|max)$", ""));
    }
    return found;
  }
}
