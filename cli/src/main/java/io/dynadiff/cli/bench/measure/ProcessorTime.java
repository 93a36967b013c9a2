package io.dynadiff.cli.bench.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Processor time of this process, which other programs do not change as they change wall time. */
public final class ProcessorTime {

  private ProcessorTime() {}

  /** Nanoseconds that all threads have computed so far, those of native code included. */
  public static long nanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
