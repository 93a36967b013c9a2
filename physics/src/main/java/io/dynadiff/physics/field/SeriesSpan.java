package io.dynadiff.physics.field;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/** A span of time of another series. Not thread-safe; closing it closes the other series. */
public final class SeriesSpan implements FieldSeries {
  private final FieldSeries whole;
  private final long first;
  private final long length;

  private SeriesSpan(FieldSeries whole, long first, long length) {
    this.whole = whole;
    this.first = first;
    this.length = length;
  }

  /**
   * Cuts a span out of a series.
   *
   * @param from first instant, inclusive, milliseconds since 1970-01-01T00:00Z
   * @param to last instant, exclusive
   * @throws IllegalArgumentException if the span holds no snapshot
   */
  public static FieldSeries of(FieldSeries whole, long from, long to) {
    long start = whole.snapshots(0).next().eventTimeMillis();
    long first = indexAtOrAfter(whole, start, from);
    long end = indexAtOrAfter(whole, start, to);
    if (end <= first) {
      throw new IllegalArgumentException(
          "time span: expected snapshots of "
              + whole.environmentId()
              + " from "
              + Instant.ofEpochMilli(from)
              + " to before "
              + Instant.ofEpochMilli(to)
              + ", found none; it covers "
              + Instant.ofEpochMilli(start)
              + " to "
              + Instant.ofEpochMilli(start + (whole.length() - 1) * whole.intervalMillis()));
    }
    return end - first == whole.length() ? whole : new SeriesSpan(whole, first, end - first);
  }

  private static long indexAtOrAfter(FieldSeries whole, long start, long time) {
    long end = start + (whole.length() - 1) * whole.intervalMillis();
    if (time <= start) {
      return 0;
    }
    return time > end ? whole.length() : -Math.floorDiv(start - time, whole.intervalMillis());
  }

  @Override
  public String system() {
    return whole.system();
  }

  @Override
  public String environmentId() {
    return whole.environmentId();
  }

  @Override
  public FieldShape shape() {
    return whole.shape();
  }

  @Override
  public Grid grid() {
    return whole.grid();
  }

  @Override
  public List<Channel> channels() {
    return whole.channels();
  }

  @Override
  public long intervalMillis() {
    return whole.intervalMillis();
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public List<Condition> conditions(long index) {
    return whole.conditions(first + index);
  }

  @Override
  public Iterator<Snapshot> snapshots(long firstIndex) {
    if (firstIndex < 0 || firstIndex > length) {
      throw new IllegalArgumentException(
          "first snapshot: expected 0 to " + length + ", found " + firstIndex);
    }
    Iterator<Snapshot> snapshots = whole.snapshots(first + firstIndex);
    return new Iterator<>() {
      private long left = length - firstIndex;

      @Override
      public boolean hasNext() {
        return left > 0;
      }

      @Override
      public Snapshot next() {
        if (left-- <= 0) {
          throw new java.util.NoSuchElementException("the series has " + length + " snapshots");
        }
        return snapshots.next();
      }
    };
  }

  @Override
  public void close() {
    whole.close();
  }
}
