package io.dynadiff.producers.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final StringWriter text = new StringWriter();
  private final AtomicLong now = new AtomicLong();

  @Test
  void shouldShowRateLagAndTimeToGo() {
    assertThat(ProgressLine.line(progress(100, OptionalLong.of(400)), 10.0))
        .isEqualTo(
            "run r  150/400 frames  10.0/s  event time 2019-03-21T00:00:00Z  lag 1.5 s  ETA 0:00:25");
  }

  @Test
  void shouldShowNoTimeToGoWhenTheFeedIsEndless() {
    assertThat(ProgressLine.line(progress(100, OptionalLong.empty()), 10))
        .isEqualTo("run r  150 frames  10.0/s  event time 2019-03-21T00:00:00Z  lag 1.5 s");
  }

  @Test
  void shouldNotCallAHistoryLate() {
    FeedProgress live = progress(100, OptionalLong.empty());
    FeedProgress history =
        new FeedProgress(
            live.runId(),
            live.committed(),
            live.resumedFrom(),
            live.total(),
            live.eventTimeMillis(),
            86_400_000L * 2800);
    assertThat(ProgressLine.line(history, 10)).endsWith("event time 2019-03-21T00:00:00Z");
  }

  @Test
  void shouldNotCountTheTimeBeforeTheFirstFramesInTheRate() {
    ProgressLine line = new ProgressLine(new PrintWriter(text), false, now::get);
    now.addAndGet(60_000_000_000L);
    line.accept(progress(1, OptionalLong.of(400)));
    now.addAndGet(10_000_000_000L);
    line.accept(progress(51, OptionalLong.of(400)));
    assertThat(text.toString().lines())
        .containsExactly(
            "run r  51/400 frames  event time 2019-03-21T00:00:00Z  lag 1.5 s",
            "run r  101/400 frames  5.0/s  event time 2019-03-21T00:00:00Z  lag 1.5 s  ETA 0:01:00");
  }

  @Test
  void shouldWriteALineEveryFiveSecondsWhenNotOnATerminal() {
    ProgressLine line = new ProgressLine(new PrintWriter(text), false, now::get);
    for (int second = 1; second <= 12; second++) {
      now.addAndGet(1_000_000_000);
      line.accept(progress(second, OptionalLong.of(400)));
    }
    line.finish();
    assertThat(text.toString().lines()).hasSize(2);
    assertThat(text.toString()).doesNotContain("\r");
  }

  @Test
  void shouldRewriteTheLineOnATerminal() {
    ProgressLine line = new ProgressLine(new PrintWriter(text), true, now::get);
    now.addAndGet(600_000_000);
    line.accept(progress(1, OptionalLong.of(400)));
    line.accept(progress(2, OptionalLong.of(400)));
    line.finish();
    assertThat(text.toString()).startsWith("\rrun r  51/400").endsWith(System.lineSeparator());
    assertThat(text.toString().lines()).hasSize(2);
  }

  private static FeedProgress progress(long committed, OptionalLong total) {
    return new FeedProgress("r", committed, 50, total, 1_553_126_400_000L, 1500);
  }
}
