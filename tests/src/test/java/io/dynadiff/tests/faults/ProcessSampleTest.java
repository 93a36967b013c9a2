package io.dynadiff.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessSampleTest {

  @Test
  void shouldSeeWhatAProcessHoldsWhenItIsThisOne() throws Exception {
    byte[] held = new byte[64 << 20];
    ProcessSample holding = ProcessSample.of(ProcessHandle.current().pid());
    assertThat(holding.heapMiB()).as("with %d bytes held", held.length).isGreaterThan(64);
    assertThat(holding.residentMiB()).isGreaterThan(holding.heapMiB());
    assertThat(holding.nativeMiB()).isBetween(1.0, holding.residentMiB());
    assertThat(holding.threads()).isGreaterThanOrEqualTo(Thread.activeCount());
    held = null;
    assertThat(ProcessSample.of(ProcessHandle.current().pid()).heapMiB())
        .as("after it was let go")
        .isLessThan(holding.heapMiB() - 60);
  }
}
