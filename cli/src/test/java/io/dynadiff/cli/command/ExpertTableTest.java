package io.dynadiff.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.commands.JsonDocument;
import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.Decision;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpertTableTest {

  private final ExpertTable table = new ExpertTable();

  @Test
  void shouldNameTheVersionInUseAfterEveryKindOfDecision() {
    assertThat(inUse()).isEqualTo("no row");
    decide(Decision.REQUESTED, 1L, null);
    assertThat(inUse()).isEqualTo("-");
    decide(Decision.KEPT_INCUMBENT, 1L, 0L);
    assertThat(inUse()).isEqualTo("v0");
    decide(Decision.ACCEPTED, 2L, 0L);
    assertThat(inUse()).isEqualTo("v2");
    decide(Decision.REFUSED, 3L, 2L);
    assertThat(inUse()).isEqualTo("v2");
    decide(Decision.PINNED, 0L, 2L);
    assertThat(inUse()).isEqualTo("v0!");
    decide(Decision.RELEASED, 0L, 0L);
    assertThat(inUse()).isEqualTo("v0");
    decide(Decision.ACCEPTED, 4L, 0L);
    decide(Decision.ROLLED_BACK, 4L, 4L);
    assertThat(inUse()).isEqualTo("v0");
  }

  @Test
  void shouldShowTheLatestDecision() {
    decide(Decision.ACCEPTED, 4L, 0L);
    assertThat(table.lines().get(1)).endsWith("ACCEPTED at sequence 17");
  }

  @Test
  void shouldHoldWhatTheTableHoldsWhenScriptsReadIt() {
    decide(Decision.PINNED, 2L, 2L);

    assertThat(JsonDocument.line(table.entries()))
        .isEqualTo(
            "[{\"environmentId\":\"e\",\"inUse\":2,\"pinned\":true,\"newest\":null,"
                + "\"latestDecision\":{\"decision\":\"PINNED\",\"reason\":\"because\","
                + "\"sequence\":17,\"decidedAt\":\"1970-01-01T00:00:00Z\"}}]");
  }

  private String inUse() {
    return table.lines().size() == 1 ? "no row" : table.lines().get(1).split("\\s+")[1];
  }

  private void decide(Decision decision, Long version, Long incumbent) {
    table.decided(
        new Adaptation(
            "run-1",
            "lambda-omega",
            "e",
            17L,
            decision,
            "because",
            version,
            incumbent,
            decision == Decision.ROLLED_BACK ? Map.of("restoredVersion", 0.0) : Map.of(),
            Instant.EPOCH));
  }
}
