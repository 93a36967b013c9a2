package io.dynadiff.physics.field;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

/**
 * Series of one environment put end to end, for recordings that come in several files.
 *
 * <p>Not thread-safe; closing it closes its parts.
 */
public final class JoinedSeries implements FieldSeries {
  private final List<FieldSeries> parts;

  private JoinedSeries(List<FieldSeries> parts) {
    this.parts = parts;
  }

  /**
   * Joins series that follow one another without a gap.
   *
   * @param parts at least one, in time order
   * @throws IllegalArgumentException if there is none, or two neighbours differ in environment,
   *     grid, channels or interval, or do not meet in time
   */
  public static FieldSeries of(List<? extends FieldSeries> parts) {
    return of(parts, IntStream.rangeClosed(1, parts.size()).mapToObj(i -> "part " + i).toList());
  }

  /**
   * The same for parts that have names, which messages give.
   *
   * @param names what the parts are called, usually their files
   */
  public static FieldSeries of(List<? extends FieldSeries> parts, List<String> names) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException(
          "joined series: expected at least one part, found none; widen the time span");
    }
    for (int i = 1; i < parts.size(); i++) {
      FieldSeries before = parts.get(i - 1);
      FieldSeries after = parts.get(i);
      String two = names.get(i - 1) + " and " + names.get(i);
      requireSame("system", two, before.system(), after.system());
      requireSame("environment", two, before.environmentId(), after.environmentId());
      requireSame("grid", two, before.grid(), after.grid());
      requireSame("channels", two, before.channels(), after.channels());
      requireSame("interval in ms", two, before.intervalMillis(), after.intervalMillis());
      long expected =
          before.snapshots(before.length() - 1).next().eventTimeMillis() + before.intervalMillis();
      long found = after.snapshots(0).next().eventTimeMillis();
      if (expected != found) {
        throw new IllegalArgumentException(
            "joined series: expected "
                + names.get(i)
                + " to begin at "
                + Instant.ofEpochMilli(expected)
                + ", where "
                + names.get(i - 1)
                + " ends, found "
                + Instant.ofEpochMilli(found)
                + "; give the files in time order, without overlap or gap");
      }
    }
    return parts.size() == 1 ? parts.get(0) : new JoinedSeries(List.copyOf(parts));
  }

  private static void requireSame(String what, String two, Object before, Object after) {
    if (!before.equals(after)) {
      throw new IllegalArgumentException(
          "joined series: expected the same "
              + what
              + " in "
              + two
              + ", found "
              + before
              + " and "
              + after);
    }
  }

  @Override
  public String system() {
    return parts.get(0).system();
  }

  @Override
  public String environmentId() {
    return parts.get(0).environmentId();
  }

  @Override
  public FieldShape shape() {
    return parts.get(0).shape();
  }

  @Override
  public Grid grid() {
    return parts.get(0).grid();
  }

  @Override
  public List<Channel> channels() {
    return parts.get(0).channels();
  }

  @Override
  public long intervalMillis() {
    return parts.get(0).intervalMillis();
  }

  @Override
  public long length() {
    return parts.stream().mapToLong(FieldSeries::length).sum();
  }

  @Override
  public List<Condition> conditions(long index) {
    long left = index;
    for (FieldSeries part : parts) {
      if (left < part.length()) {
        return part.conditions(left);
      }
      left -= part.length();
    }
    throw new IllegalArgumentException(
        "joined series: expected an index below " + length() + ", found " + index);
  }

  @Override
  public Iterator<Snapshot> snapshots(long firstIndex) {
    if (firstIndex < 0 || firstIndex > length()) {
      throw new IllegalArgumentException(
          "first snapshot: expected 0 to " + length() + ", found " + firstIndex);
    }
    int part = 0;
    long left = firstIndex;
    while (part < parts.size() && left >= parts.get(part).length()) {
      left -= parts.get(part++).length();
    }
    int firstPart = part;
    long firstInPart = left;
    return new Iterator<>() {
      private int at = firstPart;
      private Iterator<Snapshot> current =
          at < parts.size() ? parts.get(at).snapshots(firstInPart) : null;

      @Override
      public boolean hasNext() {
        return current != null && (current.hasNext() || at + 1 < parts.size());
      }

      @Override
      public Snapshot next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the series has " + length() + " snapshots");
        }
        if (!current.hasNext()) {
          current = parts.get(++at).snapshots(0);
        }
        return current.next();
      }
    };
  }

  @Override
  public void close() {
    parts.forEach(FieldSeries::close);
  }
}
