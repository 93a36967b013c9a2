package io.dynadiff.streams.role;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.streams.systems.UnservedSystemException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

class RestartBudgetTest {

  private final AtomicLong clock = new AtomicLong();
  private final RestartBudget budget =
      new RestartBudget("forecast", 2, Duration.ofSeconds(60), clock::get);

  @Test
  void shouldShutDownAndKeepTheCauseWhenThreadsKeepDying() {
    RuntimeException last = new RuntimeException("third");
    assertThat(budget.handle(new RuntimeException("first")))
        .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    assertThat(budget.handle(new RuntimeException("second")))
        .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    assertThat(budget.failure()).isEmpty();
    assertThat(budget.handle(last)).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    assertThat(budget.failure()).contains(last);
  }

  @Test
  void shouldReplaceAgainWhenTheFaultsAreFarApart() {
    for (int i = 0; i < 10; i++) {
      assertThat(budget.handle(new RuntimeException("now and then")))
          .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
      clock.addAndGet(40_000);
    }
  }

  @Test
  void shouldShutDownAtOnceWhenAnotherThreadWouldNotHelp() {
    Throwable unserved =
        new StreamsException(new UnservedSystemException("era5-uk", List.of("lambda-omega")));
    assertThat(budget.handle(unserved)).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    assertThat(budget.failure()).contains(unserved);
  }
}
