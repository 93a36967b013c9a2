package io.dynadiff.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsFileTest {

  @Test
  void shouldReplaceOneRunAndKeepTheOthersWhenItIsWrittenAgain(@TempDir Path directory)
      throws IOException {
    Path file = directory.resolve("results/faults.json");
    put(file, "kill-rounds", 2);
    put(file, "stalls", 0);
    put(file, "kill-rounds", 0);

    JsonNode runs = new ObjectMapper().readTree(file.toFile()).get("runs");
    assertThat(runs.fieldNames()).toIterable().containsExactly("kill-rounds", "stalls");
    assertThat(runs.at("/kill-rounds/figures/lost").asDouble()).isZero();
    assertThat(runs.at("/stalls/command").asText()).isEqualTo("tests/faults/run stalls");
    assertThat(runs.at("/stalls/processes/adapt-1").asText()).isEqualTo("flat");
    assertThat(runs.at("/stalls/machine").asText()).isNotBlank();
    assertThat(runs.at("/stalls/commit").asText()).isNotBlank();
  }

  private static void put(Path file, String run, double lost) throws IOException {
    FaultsFile.put(
        file,
        run,
        "tests/faults/run " + run,
        Map.of("rounds", 3),
        1,
        2.5,
        Map.of("lost", lost, "frames", 100.0),
        Map.of("processes", Map.of("adapt-1", "flat")));
  }
}
