package io.dynadiff.cli.bench.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What Kafka's performance tools print. */
class StockToolsTest {

  private static final String INTERIM =
      "16129 records sent, 3225.2 records/sec (25.84 MB/sec), 890.1 ms avg latency, 1200.0 ms max"
          + " latency.";

  private static final String SUMMARY =
      "30000 records sent, 3300.330033 records/sec (26.43 MB/sec), 850.11 ms avg latency, 1203.00"
          + " ms max latency, 801 ms 50th, 1100 ms 95th, 1190 ms 99th, 1200 ms 99.9th.";

  private static final String STEADY =
      "22500 steady state records sent, 4100.500000 records/sec (32.80 MB/sec), 800.00 ms avg"
          + " latency, 1000.00 ms max latency, 801 ms 50th, 900 ms 95th, 990 ms 99th, 1000 ms"
          + " 99.9th.";

  @Test
  void shouldTakeTheSteadyStateWhenTheProducerHasWarmedUp() {
    assertThat(StockTools.producerRate(List.of(INTERIM, SUMMARY, STEADY))).isEqualTo(4100.5);
  }

  @Test
  void shouldTakeTheSummaryWhenTheProducerSaysNothingElse() {
    assertThat(StockTools.producerRate(List.of(INTERIM, SUMMARY))).isEqualTo(3300.330033);
  }

  @Test
  void shouldSayWhatWasPrintedWhenTheProducerHasNoSummary() {
    assertThatThrownBy(() -> StockTools.producerRate(List.of("no broker", INTERIM)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("records/sec")
        .hasMessageContaining("no broker");
  }

  @Test
  void shouldTakeTheRateWithoutTheRebalanceWhenTheConsumerHasRead() {
    assertThat(
            StockTools.consumerRate(
                List.of(
                    "start.time, end.time, data.consumed.in.MB, MB.sec, data.consumed.in.nMsg,"
                        + " nMsg.sec, rebalance.time.ms, fetch.time.ms, fetch.MB.sec,"
                        + " fetch.nMsg.sec",
                    "2026-01-01 00:00:00:000, 2026-01-01 00:00:04:000, 240.0, 60.0, 30000,"
                        + " 7500.0, 1000, 3000, 80.0, 10000.0")))
        .isEqualTo(10000);
  }

  @Test
  void shouldSayWhatWasPrintedWhenTheConsumerHasNoRow() {
    assertThatThrownBy(() -> StockTools.consumerRate(List.of("timeout")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("fetch.nMsg.sec")
        .hasMessageContaining("timeout");
  }
}
