package io.dynadiff.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class FeedThreadsTest {

  private final FeedThreads threads = new FeedThreads();

  @Test
  void shouldReportTheFailureWhenAFeedDiesOfAnError() {
    Error missing = new NoClassDefFoundError("Solver");
    threads.add(
        "feed",
        () -> {
          throw missing;
        });
    threads.start();
    threads.await(Duration.ofSeconds(10));

    assertThat(threads.failure()).containsSame(missing);
  }

  @Test
  void shouldReportNothingWhenAllFeedsEnd() {
    AtomicBoolean daemon = new AtomicBoolean();
    threads.add("feed", () -> daemon.set(Thread.currentThread().isDaemon()));
    threads.start();
    threads.await(Duration.ofSeconds(10));

    assertThat(threads.failure()).isEmpty();
    assertThat(daemon).isTrue();
  }

  @Test
  void shouldReportNothingWhenAFeedIsStoppedBeforeItsFirstFrame() {
    threads.add(
        "feed",
        () -> {
          throw new CancellationException("stopped before the first frame");
        });
    threads.start();
    threads.await(Duration.ofSeconds(10));

    assertThat(threads.failure()).isEmpty();
  }

  @Test
  void shouldStopWaitingWhenAFeedDoesNotEnd() {
    CountDownLatch never = new CountDownLatch(1);
    threads.add(
        "demo-feed-stuck",
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    threads.start();
    threads.await(Duration.ofMillis(50));
    never.countDown();

    assertThat(threads.failure())
        .hasValueSatisfying(failure -> assertThat(failure).hasMessageContaining("demo-feed-stuck"));
  }
}
