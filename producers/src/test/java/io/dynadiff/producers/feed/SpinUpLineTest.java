package io.dynadiff.producers.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SpinUpLineTest {
  private final StringWriter text = new StringWriter();
  private final AtomicLong now = new AtomicLong();

  @Test
  void shouldShowTimeToGoAtTheRateSinceTheFirstNews() {
    SpinUpLine line = new SpinUpLine(new PrintWriter(text), false, now::get);
    now.addAndGet(2_000_000_000L);
    line.progressed(5, 60);
    now.addAndGet(10_000_000_000L);
    line.progressed(15, 60);
    assertThat(text)
        .hasToString(
            "before the first frame  15.0/60.0 time units  25%  ETA 0:00:45"
                + System.lineSeparator());
  }

  @Test
  void shouldSayNothingWhereTheWayIsShort() {
    SpinUpLine line = new SpinUpLine(new PrintWriter(text), false, now::get);
    for (int i = 1; i <= 10; i++) {
      now.addAndGet(1_000_000);
      line.progressed(i, 10);
    }
    assertThat(text.toString()).isEmpty();
  }

  @Test
  void shouldEndTheRewrittenLineWhenTheWayIsDone() {
    SpinUpLine line = new SpinUpLine(new PrintWriter(text), true, now::get);
    for (int i = 1; i <= 3; i++) {
      now.addAndGet(1_000_000_000L);
      line.progressed(i, 3);
    }
    assertThat(text.toString())
        .startsWith("\rbefore the first frame  2.0/3.0")
        .contains("\rbefore the first frame  3.0/3.0 time units  100%  ETA 0:00:00")
        .endsWith(System.lineSeparator());
  }
}
