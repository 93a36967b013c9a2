package io.dynadiff.cli.demo;

import static io.dynadiff.cli.demo.DemoRecords.ENVIRONMENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoVerdictTest {

  private final DemoTally tally = new DemoTally();

  @Test
  void shouldObjectToNothingWhenEveryFrameCameThrough() {
    passThrough(0, 5);
    malformed("NON_FINITE");

    assertThat(DemoVerdict.objections(tally, expectation(5, Map.of("NON_FINITE", 1L)))).isEmpty();
    assertThat(DemoVerdict.complete(tally, expectation(5, Map.of("NON_FINITE", 1L)))).isTrue();
  }

  @Test
  void shouldObjectWhenAForecastIsMissing() {
    passThrough(0, 3);
    tally.update(
        ENVIRONMENT,
        e -> {
          e.published();
          e.admitted(DemoRecords.frame(3));
          e.score(DemoRecords.score(3));
        });

    assertThat(DemoVerdict.objections(tally, expectation(4, Map.of())))
        .containsExactly(ENVIRONMENT + ": frames admitted 4, but forecasts 3.");
  }

  @Test
  void shouldObjectWhenAFrameWasAcknowledgedButNeverSeen() {
    passThrough(0, 3);

    assertThat(DemoVerdict.objections(tally, expectation(4, Map.of())))
        .containsExactly(
            ENVIRONMENT + ": good frames acknowledged 4, but admitted 3.",
            "all: frames sent 4, but found on the topic 3.");
    assertThat(
            DemoVerdict.objections(
                new DemoTally(), new Expectation(Map.of("silent", 2L), Map.of())))
        .contains("silent: good frames acknowledged 2, but seen on the topic 0.");
  }

  @Test
  void shouldObjectWhenAFrameWasRejectedForAnotherReason() {
    passThrough(0, 2);
    malformed("MALFORMED_AVRO");

    assertThat(DemoVerdict.objections(tally, expectation(2, Map.of("NON_FINITE", 1L))))
        .containsExactly("all: expected rejections {NON_FINITE=1}, found {MALFORMED_AVRO=1}.");
  }

  @Test
  void shouldObjectWhenASequenceNumberCameTwiceInPlaceOfAnother() {
    passThrough(0, 2);
    passThrough(1, 2);

    assertThat(DemoVerdict.objections(tally, expectation(3, Map.of())))
        .contains(
            ENVIRONMENT
                + ": among the admitted frames 0 sequence numbers are missing and 1 came again or too late.");
  }

  private void passThrough(long from, long to) {
    for (long sequence = from; sequence < to; sequence++) {
      long current = sequence;
      tally.update(
          ENVIRONMENT,
          e -> {
            e.published();
            e.admitted(DemoRecords.frame(current));
            e.forecast(DemoRecords.forecast(current, 0));
            e.score(DemoRecords.score(current));
          });
    }
  }

  private void malformed(String reason) {
    tally.update(
        ENVIRONMENT,
        e -> {
          e.published();
          e.rejected(reason);
        });
  }

  private static Expectation expectation(long good, Map<String, Long> malformed) {
    return new Expectation(Map.of(ENVIRONMENT, good), malformed);
  }
}
