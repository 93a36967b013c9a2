package io.dynadiff.physics.field;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Series of one environment put on top of each other as the channels of one frame, for recordings
 * that keep every variable in files of its own.
 *
 * <p>Not thread-safe; closing it closes its layers.
 */
public final class StackedSeries implements FieldSeries {
  private final List<FieldSeries> layers;
  private final FieldShape shape;

  /**
   * One layer.
   *
   * @param source where it comes from, for messages; usually its files
   * @param series the layer
   */
  public record Layer(String source, FieldSeries series) {}

  private StackedSeries(List<FieldSeries> layers) {
    this.layers = layers;
    FieldShape one = layers.get(0).shape();
    int channels = layers.stream().mapToInt(layer -> layer.shape().channels()).sum();
    this.shape = new FieldShape(channels, one.height(), one.width());
  }

  /**
   * Stacks series whose frames belong together.
   *
   * @param layers at least one, in the order of the channels
   * @throws IllegalArgumentException if there is none, or two differ in system, environment, grid
   *     or times; the message names both sources
   */
  public static FieldSeries of(List<Layer> layers) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("stacked series: expected at least one layer, found none");
    }
    Layer first = layers.get(0);
    for (Layer layer : layers) {
      requireSame("system", first, layer, first.series.system(), layer.series.system());
      requireSame(
          "environment", first, layer, first.series.environmentId(), layer.series.environmentId());
      requireSame("grid", first, layer, first.series.grid(), layer.series.grid());
      requireSame("times", first, layer, times(first.series), times(layer.series));
    }
    return layers.size() == 1
        ? first.series
        : new StackedSeries(layers.stream().map(Layer::series).toList());
  }

  private static String times(FieldSeries series) {
    return series.length()
        + " every "
        + series.intervalMillis()
        + " ms from "
        + Instant.ofEpochMilli(series.snapshots(0).next().eventTimeMillis());
  }

  private static void requireSame(
      String what, Layer first, Layer other, Object expected, Object found) {
    if (!expected.equals(found)) {
      throw new IllegalArgumentException(
          other.source
              + ": expected the "
              + what
              + " of "
              + first.source
              + ", "
              + expected
              + ", found "
              + found
              + "; choose a span that both hold, or publish them as feeds of their own");
    }
  }

  @Override
  public String system() {
    return layers.get(0).system();
  }

  @Override
  public String environmentId() {
    return layers.get(0).environmentId();
  }

  @Override
  public FieldShape shape() {
    return shape;
  }

  @Override
  public Grid grid() {
    return layers.get(0).grid();
  }

  @Override
  public List<Channel> channels() {
    return layers.stream().flatMap(layer -> layer.channels().stream()).toList();
  }

  @Override
  public long intervalMillis() {
    return layers.get(0).intervalMillis();
  }

  @Override
  public long length() {
    return layers.get(0).length();
  }

  /** Conditions of the first layer. */
  @Override
  public List<Condition> conditions(long index) {
    return layers.get(0).conditions(index);
  }

  @Override
  public Iterator<Snapshot> snapshots(long firstIndex) {
    List<Iterator<Snapshot>> all = new ArrayList<>();
    layers.forEach(layer -> all.add(layer.snapshots(firstIndex)));
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return all.get(0).hasNext();
      }

      @Override
      public Snapshot next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the series has " + length() + " snapshots");
        }
        float[] values = new float[shape.size()];
        int at = 0;
        long eventTime = 0;
        for (Iterator<Snapshot> one : all) {
          Snapshot snapshot = one.next();
          System.arraycopy(snapshot.values(), 0, values, at, snapshot.values().length);
          at += snapshot.values().length;
          eventTime = snapshot.eventTimeMillis();
        }
        return new Snapshot(eventTime, values);
      }
    };
  }

  @Override
  public void close() {
    layers.forEach(FieldSeries::close);
  }
}
