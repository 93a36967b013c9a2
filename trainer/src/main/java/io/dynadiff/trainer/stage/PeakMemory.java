package io.dynadiff.trainer.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The most memory that this process has held since a moment, native memory included; Linux only.
 */
public final class PeakMemory {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");

  private PeakMemory() {}

  /** Starts counting anew from what is held now. */
  public static void reset() throws IOException {
    if (Files.isWritable(CLEAR)) {
      Files.writeString(CLEAR, "5");
    }
  }

  /** Peak in MiB; NaN where the system does not tell. */
  public static double mebibytes() throws IOException {
    return field("VmHWM:");
  }

  /** What is held now in MiB; NaN where the system does not tell. */
  public static double heldMebibytes() throws IOException {
    return field("VmRSS:");
  }

  private static double field(String name) throws IOException {
    if (!Files.isReadable(STATUS)) {
      return Double.NaN;
    }
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(Double.NaN);
  }
}
