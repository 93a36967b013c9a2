package io.dynadiff.cli.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Processor time of every thread of this process, native ones included, as Linux tells it.
 *
 * @param nanosByThread nanoseconds computed so far, by thread number
 * @param names what Linux calls each thread: the first fifteen characters of its name
 */
public record ThreadTimes(Map<Long, Long> nanosByThread, Map<Long, String> names) {

  private static final Path TASKS = Path.of("/proc/self/task");

  /** What threads are there for, by how their names begin; the first that fits counts. */
  private static final Map<String, String> PURPOSES = new LinkedHashMap<>();

  static {
    PURPOSES.put("dynadiff-adapt", "admission-and-window");
    PURPOSES.put("dynadiff-foreca", "forecast-role");
    PURPOSES.put("ForkJoinPool", "rollouts-of-experts");
    PURPOSES.put("dynadiff-verify", "verification");
    PURPOSES.put("generate", "generation");
    PURPOSES.put("rocksdb", "compaction-of-stores");
    PURPOSES.put("kafka-producer", "producers");
    PURPOSES.put("data-plane-kafk", "broker");
    PURPOSES.put("group-coordinat", "broker");
    PURPOSES.put("TxnMarker", "broker");
    PURPOSES.put("AddPartitionsTo", "broker");
    PURPOSES.put("kafka-", "other-of-kafka");
    PURPOSES.put("bench-", "feed-and-reader");
    PURPOSES.put("C1 Compiler", "compilation");
    PURPOSES.put("C2 Compiler", "compilation");
    PURPOSES.put("GC Thread", "garbage-collection");
    PURPOSES.put("G1 ", "garbage-collection");
  }

  public ThreadTimes {
    nanosByThread = Map.copyOf(nanosByThread);
    names = Map.copyOf(names);
  }

  /** Times so far; none where the system does not tell. */
  public static ThreadTimes now() {
    Map<Long, Long> nanos = new HashMap<>();
    Map<Long, String> names = new HashMap<>();
    if (Files.isDirectory(TASKS)) {
      try (Stream<Path> tasks = Files.list(TASKS)) {
        tasks.forEach(task -> read(task, nanos, names));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + TASKS, e);
      }
    }
    return new ThreadTimes(nanos, names);
  }

  private static void read(Path task, Map<Long, Long> nanos, Map<Long, String> names) {
    long thread = Long.parseLong(task.getFileName().toString());
    try {
      String name = Files.readString(task.resolve("comm")).strip();
      String[] schedule = Files.readString(task.resolve("schedstat")).strip().split(" ");
      nanos.put(thread, Long.parseLong(schedule[0]));
      names.put(thread, name);
    } catch (NoSuchFileException e) {
      // It has ended meanwhile, or this kernel does not keep the times.
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + task, e);
    }
  }

  /**
   * Nanoseconds since an earlier reading by what threads are there for; those of threads that have
   * ended meanwhile are missing.
   */
  public SortedMap<String, Long> since(ThreadTimes earlier) {
    SortedMap<String, Long> byPurpose = new TreeMap<>();
    nanosByThread.forEach(
        (thread, nanos) -> {
          long before = earlier.nanosByThread.getOrDefault(thread, 0L);
          byPurpose.merge(purpose(names.get(thread)), nanos - before, Long::sum);
        });
    return byPurpose;
  }

  private static String purpose(String name) {
    return PURPOSES.entrySet().stream()
        .filter(e -> name.startsWith(e.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("other");
  }
}
