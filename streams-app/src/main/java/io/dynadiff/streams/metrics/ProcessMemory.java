package io.dynadiff.streams.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Resident memory of the process, from Linux's {@code /proc}. Tensors and state stores live outside
 * the heap, so the heap alone says little about what the process needs.
 */
final class ProcessMemory implements MeterBinder {

  private static final Path STATM = Path.of("/proc/self/statm");
  private static final long PAGE_BYTES = 4096;

  @Override
  public void bindTo(MeterRegistry registry) {
    if (Files.isReadable(STATM)) {
      Gauge.builder("process.resident.memory.bytes", ProcessMemory::residentBytes)
          .description("Resident memory: heap, tensors, state stores, code")
          .register(registry);
    }
  }

  /** Returns NaN if the file cannot be read. */
  private static double residentBytes() {
    try {
      return Double.parseDouble(Files.readString(STATM).split(" ")[1]) * PAGE_BYTES;
    } catch (IOException e) {
      return Double.NaN;
    }
  }
}
