package io.dynadiff.tests.faults;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a JVM holds at one moment, just after a full collection.
 *
 * @param heapMiB what of its heap is in use
 * @param residentMiB all of its memory that is in the machine's, heap and native
 * @param nativeMiB resident memory outside the heap's addresses: tensors, stores, code, stacks
 * @param threads those of Java and of native code
 */
record ProcessSample(double heapMiB, double residentMiB, double nativeMiB, double threads) {

  /**
   * As {@code garbage-first heap total 9K, used 7K [0xda800000, 0x100000000)} in what jcmd says.
   */
  private static final Pattern HEAP =
      Pattern.compile(
          "heap\\s+total\\s+\\d+K, used (\\d+)K \\[0x(\\p{XDigit}+), 0x(\\p{XDigit}+)\\)");

  /** As {@code da800000-e0000000 rw-p ...} and {@code Rss: 12 kB} in the list of mappings. */
  private static final Pattern MAPPING =
      Pattern.compile("(\\p{XDigit}+)-(\\p{XDigit}+) .*|Rss:\\s+(\\d+) kB");

  private static final int HEX = 16;
  private static final double KIB_PER_MIB = 1024;

  /** Collects garbage in a process and asks it and the system. */
  static ProcessSample of(long pid) throws IOException, InterruptedException {
    // Both in one call: each call is a JVM of its own.
    String said = jcmd(pid, "GC.run\nGC.heap_info\n");
    Matcher heap = HEAP.matcher(said);
    if (!heap.find()) {
      throw new IllegalStateException(
          "jcmd %d GC.heap_info: expected a line with what is used, found %s".formatted(pid, said));
    }
    long resident = 0;
    long residentHeap = 0;
    long heapStart = Long.parseUnsignedLong(heap.group(2), HEX);
    long heapEnd = Long.parseUnsignedLong(heap.group(3), HEX);
    boolean inHeap = false;
    for (String line : Files.readAllLines(Path.of("/proc/%d/smaps".formatted(pid)))) {
      Matcher mapping = MAPPING.matcher(line);
      if (!mapping.matches()) {
        continue;
      }
      if (mapping.group(3) == null) {
        long start = Long.parseUnsignedLong(mapping.group(1), HEX);
        inHeap =
            Long.compareUnsigned(start, heapStart) >= 0 && Long.compareUnsigned(start, heapEnd) < 0;
      } else {
        long kib = Long.parseLong(mapping.group(3));
        resident += kib;
        residentHeap += inHeap ? kib : 0;
      }
    }
    return new ProcessSample(
        Double.parseDouble(heap.group(1)) / KIB_PER_MIB,
        resident / KIB_PER_MIB,
        (resident - residentHeap) / KIB_PER_MIB,
        threads(pid));
  }

  /** The samples by name. */
  Map<String, Double> values() {
    Map<String, Double> values = new TreeMap<>();
    values.put("heapMiB", heapMiB);
    values.put("residentMiB", residentMiB);
    values.put("nativeMiB", nativeMiB);
    values.put("threads", threads);
    return values;
  }

  private static double threads(long pid) throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/%d/task".formatted(pid)))) {
      return tasks.count();
    }
  }

  private static String jcmd(long pid, String commands) throws IOException, InterruptedException {
    Path file = Files.createTempFile("dynadiff-jcmd", ".txt");
    try {
      Files.writeString(file, commands);
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(pid),
                  "-f",
                  file.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            "jcmd %d: expected status 0, found: %s".formatted(pid, said));
      }
      return said;
    } finally {
      Files.delete(file);
    }
  }
}
