package io.dynadiff.physics.recorded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * NetCDF-3, classic and 64-bit offset variants.
 *
 * <p>The header is read once and checked against the length of the file, so that a truncated file
 * is refused when it is opened and not in the middle of a replay.
 */
final class ClassicArrayFile implements ArrayFile {
  private final FileChannel channel;
  private final List<ArrayVariable> variables;

  private ClassicArrayFile(FileChannel channel, List<ArrayVariable> variables) {
    this.channel = channel;
    this.variables = List.copyOf(variables);
  }

  static ClassicArrayFile open(Path path) {
    FileChannel channel = null;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
      ClassicHeader header = ClassicHeader.read(path, channel);
      List<ArrayVariable> variables = new ArrayList<>();
      for (ClassicHeader.Variable variable : header.variables()) {
        variables.add(new Variable(path, channel, header, variable));
      }
      return new ClassicArrayFile(channel, variables);
    } catch (IOException e) {
      closeQuietly(channel);
      throw new RecordedDataException(path + ": cannot be read: " + e, e);
    } catch (RuntimeException e) {
      closeQuietly(channel);
      throw e;
    }
  }

  private static void closeQuietly(FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException ignored) {
        // The failure that brought us here is the one to report.
      }
    }
  }

  @Override
  public List<ArrayVariable> variables() {
    return variables;
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }

  private record Variable(
      Path path, FileChannel channel, ClassicHeader header, ClassicHeader.Variable layout)
      implements ArrayVariable {

    @Override
    public String name() {
      return layout.name();
    }

    @Override
    public List<String> dimensions() {
      return layout.dimensions();
    }

    @Override
    public int[] shape() {
      return layout.shape().clone();
    }

    @Override
    public boolean numeric() {
      return layout.type() != ClassicHeader.Type.CHAR;
    }

    @Override
    public Optional<String> text(String attribute) {
      return attribute(attribute, String.class);
    }

    @Override
    public Optional<Double> number(String attribute) {
      return attribute(attribute, Double.class);
    }

    private <T> Optional<T> attribute(String attribute, Class<T> type) {
      Map<String, Object> attributes = layout.attributes();
      return Optional.ofNullable(attributes.get(attribute))
          .filter(type::isInstance)
          .map(type::cast);
    }

    @Override
    public double[] read(int[] offset, int[] count) {
      int axes = offset.length;
      int values = 1;
      for (int n : count) {
        values = Math.multiplyExact(values, n);
      }
      double[] out = new double[values];
      // The last axis lies in one piece, unless it is the record axis itself.
      boolean pieces = axes == 0 || axes == 1 && layout.record();
      int run = pieces ? 1 : count[axes - 1];
      ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(run, layout.type().bytes()));
      int[] index = offset.clone();
      for (int at = 0; at < values; at += run) {
        buffer.clear();
        readFully(buffer, header.position(layout, index));
        buffer.flip();
        for (int i = 0; i < run; i++) {
          out[at + i] = layout.type().next(buffer);
        }
        for (int axis = pieces ? axes - 1 : axes - 2; axis >= 0; axis--) {
          if (++index[axis] < offset[axis] + count[axis]) {
            break;
          }
          index[axis] = offset[axis];
        }
      }
      return out;
    }

    private void readFully(ByteBuffer buffer, long position) {
      try {
        while (buffer.hasRemaining()) {
          int read = channel.read(buffer, position + buffer.position());
          if (read < 0) {
            throw new RecordedDataException(
                path
                    + ": variable "
                    + name()
                    + ": the file ends at byte "
                    + channel.size()
                    + ", expected "
                    + buffer.remaining()
                    + " more bytes; copy it again");
          }
        }
      } catch (IOException e) {
        throw new RecordedDataException(
            path + ": variable " + name() + " cannot be read at byte " + position + ": " + e, e);
      }
    }
  }
}
