package io.dynadiff.cli.demo;

import static io.dynadiff.cli.demo.DemoRecords.ENVIRONMENT;
import static io.dynadiff.cli.demo.DemoRecords.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.schemas.avro.Condition;
import io.dynadiff.schemas.avro.RequestReason;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoSummaryTest {

  private final DemoTally tally = new DemoTally();

  @BeforeEach
  void observe() {
    tally.update(
        ENVIRONMENT,
        e -> {
          for (int sequence = 0; sequence < 3; sequence++) {
            e.published();
            e.admitted(DemoRecords.frame(sequence));
            e.forecast(DemoRecords.forecast(sequence, 2));
          }
          e.published();
          e.rejected("NON_FINITE");
          e.weights(DemoRecords.weights(1, RequestReason.FIRST_WINDOW, START));
          e.adaptation(DemoRecords.accepted(1, START.plusMillis(250)));
          e.weights(DemoRecords.weights(2, RequestReason.SHIFT, START));
          e.adaptation(DemoRecords.accepted(2, START.plusMillis(750)));
          e.score(DemoRecords.score(0));
          e.score(DemoRecords.score(1, DemoRecords.lead(1, 1, 0.2, null)));
          e.score(
              DemoRecords.score(
                  2, DemoRecords.lead(1, 2, 0.1, 0.4), DemoRecords.lead(2, 2, 0.3, 0.8)));
        });
  }

  @Test
  void shouldPrintBothErrorsWhenAnExpertWasReplacedAfterAShift() {
    assertThat(summary())
        .containsPattern("SHIFT +v2, v1 +0\\.1000 +0\\.4000 +0\\.2000 +0\\.6000")
        .containsPattern("FIRST_WINDOW +v1, v0 +- +- +- +-")
        .contains(
            "on the same 1 frames: new expert v2 0.1000, retired expert v1 0.4000 (0.25 of it)");
  }

  @Test
  void shouldAddUpWhenFramesWereRejected() {
    assertThat(summary())
        .contains("Frames published 4 = admitted 3 + rejected 1 {NON_FINITE=1}")
        .contains("Forecasts 3, scores 3, swaps 2, challengers not taken 0")
        .contains("2 swaps: p50 250 ms, p95 750 ms")
        .containsPattern("lambda-omega +0\\.1500 +0\\.5000 +0\\.2000 +0\\.5000")
        .contains("Nothing was lost.");
  }

  @Test
  void shouldSayWhatWasLostWhenThereAreObjections() {
    assertThat(print(out -> DemoSummary.print(out, tally, Duration.ZERO, List.of("a: lost 1."))))
        .contains("  a: lost 1.")
        .doesNotContain("Nothing was lost.");
  }

  @Test
  void shouldShowVersionConditionsAndErrorsWhenTheViewIsDrawn() {
    String table = print(out -> LiveView.onTerminal(out, 200).draw(tally, Duration.ofSeconds(75)));
    String plain = print(out -> LiveView.inLines(out).draw(tally, Duration.ofSeconds(75)));

    assertThat(table)
        .contains("1:15")
        .containsPattern(
            ENVIRONMENT + " +3 +1 +v2 +0\\.1000 +0\\.5000 +2 +beta 1\\.12 \\(beta 1\\.10\\)");
    assertThat(plain)
        .doesNotContain("\u001b")
        .contains("1:15")
        .containsPattern(ENVIRONMENT + " +3 +1 +v2 +0\\.1000");
  }

  @Test
  void shouldShowAllInferredConditionsWhenTheTerminalHasAHundredColumns() {
    List<Condition> place =
        List.of(
            new Condition("latitude", 56.1234, "degrees_north"),
            new Condition("longitude", -10.1234, "degrees_east"));
    tally.update(
        ENVIRONMENT, e -> e.weights(DemoRecords.weights(2, RequestReason.SHIFT, START, place)));

    assertThat(print(out -> LiveView.onTerminal(out, 100).draw(tally, Duration.ZERO)))
        .contains("rej.")
        .contains("latitude 56.12 longitude -10.12");
  }

  @Test
  void shouldGoBackOverItsOwnLinesWhenDrawnAgainOnANarrowTerminal() {
    String drawn =
        print(
            out -> {
              LiveView view = LiveView.onTerminal(out, 40);
              view.draw(tally, Duration.ofSeconds(1));
              view.draw(tally, Duration.ofSeconds(2));
            });

    assertThat(drawn).contains("\u001b[3A");
    assertThat(drawn.lines().map(text -> text.replaceAll("\u001b\\[[0-9]*[A-Z]", "")))
        .hasSize(6)
        .allSatisfy(text -> assertThat(text).hasSizeLessThanOrEqualTo(40));
  }

  private String summary() {
    return print(out -> DemoSummary.print(out, tally, Duration.ofSeconds(120), List.of()));
  }

  private static String print(Consumer<PrintWriter> printer) {
    StringWriter text = new StringWriter();
    printer.accept(new PrintWriter(text, true));
    return text.toString();
  }
}
