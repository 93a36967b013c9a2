package io.dynadiff.streams.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.List;

/** Which of the many hundred metrics of Kafka's clients are worth a series. */
final class KafkaMeters implements MeterFilter {

  /** Beginnings of names, as Micrometer's binder makes them of Kafka's groups and metrics. */
  private static final List<String> KEPT =
      List.of(
          "kafka.consumer.fetch.manager.records.lag",
          "kafka.consumer.fetch.manager.records.consumed.total",
          "kafka.consumer.fetch.manager.bytes.consumed.total",
          "kafka.consumer.coordinator.rebalance.total",
          "kafka.consumer.coordinator.failed.rebalance.total",
          "kafka.consumer.coordinator.last.heartbeat.seconds.ago",
          "kafka.producer.record.send.total",
          "kafka.producer.record.error.total",
          "kafka.producer.record.retry.total",
          "kafka.producer.buffer.available.bytes",
          "kafka.producer.txn.",
          "kafka.stream.alive.stream.threads",
          "kafka.stream.failed.stream.threads",
          "kafka.stream.thread.commit.",
          "kafka.stream.thread.process.",
          "kafka.stream.thread.poll.records.",
          "kafka.stream.thread.task.created.total",
          "kafka.stream.thread.task.closed.total",
          "kafka.stream.task.dropped.records.total",
          "kafka.stream.task.restore.",
          "kafka.stream.state.block.cache.usage",
          "kafka.stream.state.size.all.mem.tables",
          "kafka.stream.state.total.sst.files.size");

  @Override
  public MeterFilterReply accept(Meter.Id id) {
    String name = id.getName();
    boolean refused = name.startsWith("kafka.") && KEPT.stream().noneMatch(name::startsWith);
    return refused ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
  }
}
