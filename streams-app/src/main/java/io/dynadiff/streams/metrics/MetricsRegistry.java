package io.dynadiff.streams.metrics;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * What the process measures, in Prometheus' text form. Receives everything that is recorded in
 * Micrometer's global registry from when it is opened to when it is closed. Thread-safe.
 */
public final class MetricsRegistry implements AutoCloseable {

  /** Media type of {@link #scrape()}. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

  private MetricsRegistry() {}

  /** Begins to receive. */
  public static MetricsRegistry open(MetricsSettings settings) {
    MetricsRegistry opened = new MetricsRegistry();
    opened.registry.config().meterFilter(new KafkaMeters());
    new JvmMemoryMetrics().bindTo(opened.registry);
    new JvmThreadMetrics().bindTo(opened.registry);
    new ProcessorMetrics().bindTo(opened.registry);
    new UptimeMetrics().bindTo(opened.registry);
    new FileDescriptorMetrics().bindTo(opened.registry);
    new ProcessMemory().bindTo(opened.registry);
    opened.garbageCollection.bindTo(opened.registry);
    FlowMetrics.environments().limit(settings.environmentLimit());
    Metrics.addRegistry(opened.registry);
    return opened;
  }

  /** All series as of now. */
  public String scrape() {
    FlowMetrics.environments().refresh();
    return registry.scrape();
  }

  @Override
  public void close() {
    Metrics.removeRegistry(registry);
    garbageCollection.close();
    registry.close();
  }
}
