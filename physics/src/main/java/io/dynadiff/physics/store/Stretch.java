package io.dynadiff.physics.store;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Condition;
import io.dynadiff.physics.field.FieldDescription;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.field.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Frames of one environment that follow one another at its interval, in a file of plain float32.
 *
 * <p>Thread-confined while it grows; may be read by another thread after that.
 */
final class Stretch {
  private final FieldDescription form;
  private final long startMillis;
  private final Path file;
  private final List<ConditionSpan> conditions = new ArrayList<>();
  private long length;

  Stretch(FieldDescription form, long startMillis, Path file) {
    this.form = form;
    this.startMillis = startMillis;
    this.file = file;
    TrajectoryDirectory.requireName(name());
  }

  /** Counts a frame, under its conditions. */
  void append(List<Condition> current) {
    if (conditions.isEmpty()
        || !conditions.get(conditions.size() - 1).conditions().equals(current)) {
      conditions.add(new ConditionSpan(length, current));
    }
    length++;
  }

  /** Refuses a frame that cannot follow. */
  void requireAlike(FieldDescription other) {
    requireSame("system", form.system(), other.system(), other);
    requireSame("channels", form.channels(), other.channels(), other);
    requireSame("grid", form.grid(), other.grid(), other);
    requireSame("interval in ms", form.intervalMillis(), other.intervalMillis(), other);
  }

  private static void requireSame(
      String what, Object expected, Object found, FieldDescription other) {
    if (!expected.equals(found)) {
      throw new IllegalArgumentException(
          "environment "
              + other.environmentId()
              + ": expected the "
              + what
              + " of its first frame, "
              + expected
              + ", found "
              + found
              + "; record them as environments of their own, or into stores of their own");
    }
  }

  String environmentId() {
    return form.environmentId();
  }

  /** Name of the trajectory: the environment and the first event time. */
  String name() {
    return TrajectoryRecorder.name(form.environmentId(), startMillis);
  }

  long startMillis() {
    return startMillis;
  }

  long lastMillis() {
    return startMillis + (length - 1) * form.intervalMillis();
  }

  long intervalMillis() {
    return form.intervalMillis();
  }

  long length() {
    return length;
  }

  Path file() {
    return file;
  }

  /** The frames; the caller closes them. */
  FieldSeries series() {
    return new Series();
  }

  /** Reads the file frame by frame. */
  private final class Series implements FieldSeries {
    private final FileChannel channel;

    Series() {
      try {
        this.channel = FileChannel.open(file);
      } catch (IOException e) {
        throw unreadable(e);
      }
    }

    @Override
    public Iterator<Snapshot> snapshots(long firstIndex) {
      return new Iterator<>() {
        private long next = firstIndex;

        @Override
        public boolean hasNext() {
          return next < length;
        }

        @Override
        public Snapshot next() {
          if (!hasNext()) {
            throw new NoSuchElementException("the stretch has " + length + " frames");
          }
          return read(next++);
        }
      };
    }

    private Snapshot read(long index) {
      float[] values = new float[form.shape().size()];
      ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
      try {
        while (bytes.hasRemaining()) {
          if (channel.read(bytes, index * bytes.capacity() + bytes.position()) < 0) {
            throw new IOException("it ends inside frame " + index);
          }
        }
      } catch (IOException e) {
        throw unreadable(e);
      }
      bytes.flip().asFloatBuffer().get(values);
      return new Snapshot(startMillis + index * form.intervalMillis(), values);
    }

    private UncheckedIOException unreadable(IOException e) {
      return new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public String system() {
      return form.system();
    }

    @Override
    public String environmentId() {
      return form.environmentId();
    }

    @Override
    public FieldShape shape() {
      return form.shape();
    }

    @Override
    public Grid grid() {
      return form.grid();
    }

    @Override
    public List<Channel> channels() {
      return form.channels();
    }

    @Override
    public long intervalMillis() {
      return form.intervalMillis();
    }

    @Override
    public List<Condition> conditions(long index) {
      List<Condition> found = List.of();
      for (ConditionSpan span : conditions) {
        if (span.fromFrame() <= index) {
          found = span.conditions();
        }
      }
      return found;
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw unreadable(e);
      }
    }
  }
}
