package io.dynadiff.physics.recorded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * GRIB editions 1 and 2 on regular latitude-longitude grids, simply packed.
 *
 * <p>The headers of all messages are read once; fields are unpacked when they are read. Messages of
 * one quantity and level become one array over time, in time order.
 */
final class GribArrayFile implements ArrayFile {
  private static final int SHORTEST_MESSAGE = 16;
  private static final int PADDING = 4096;

  private final FileChannel channel;
  private final List<ArrayVariable> variables = new ArrayList<>();

  private GribArrayFile(FileChannel channel) {
    this.channel = channel;
  }

  static GribArrayFile open(Path path) {
    FileChannel channel = null;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
      GribArrayFile file = new GribArrayFile(channel);
      file.arrange(path, messages(path, channel));
      return file;
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

  private static List<GribMessage> messages(Path path, FileChannel channel) throws IOException {
    List<GribMessage> messages = new ArrayList<>();
    long size = channel.size();
    for (long at = 0; at < size; ) {
      if (size - at < SHORTEST_MESSAGE) {
        throw truncated(path, at, SHORTEST_MESSAGE, size);
      }
      GribBytes head = GribBytes.read(path, channel, at, SHORTEST_MESSAGE);
      if (!text(head, 4).equals("GRIB")) {
        throw GribUnit.refused(path, at, "the word GRIB", "'" + printable(head) + "'");
      }
      int edition = head.octet(8);
      if (edition != 1 && edition != 2) {
        throw GribUnit.refused(path, at, "edition 1 or 2", "" + edition);
      }
      long length = edition == 1 ? head.unsigned(5, 3) : head.unsigned(9, 8);
      if (length < SHORTEST_MESSAGE || length > size - at) {
        throw truncated(path, at, length, size);
      }
      if (!text(GribBytes.read(path, channel, at + length - 4, 4), 4).equals("7777")) {
        throw GribUnit.refused(
            path, at, "7777 at its end, byte " + (at + length), "other bytes; it is damaged");
      }
      if (edition == 1) {
        messages.add(Grib1Message.read(path, channel, at, length));
      } else {
        messages.addAll(Grib2Message.read(path, channel, at, length, head.octet(7)));
      }
      at = skipPadding(path, channel, at + length, size);
    }
    return messages;
  }

  private static RecordedDataException truncated(Path path, long at, long length, long size) {
    return GribUnit.refused(
        path, at, length + " bytes", (size - at) + "; the file is truncated, copy it again");
  }

  /** Archives fill up messages to whole blocks with zeros. */
  private static long skipPadding(Path path, FileChannel channel, long from, long size) {
    long at = from;
    while (at < size) {
      byte[] bytes = GribBytes.read(path, channel, at, (int) Math.min(PADDING, size - at)).array();
      for (byte b : bytes) {
        if (b != 0) {
          return at;
        }
        at++;
      }
    }
    return at;
  }

  private static String text(GribBytes bytes, int length) {
    return new String(bytes.array(), 0, length, StandardCharsets.ISO_8859_1);
  }

  private static String printable(GribBytes head) {
    return text(head, 4).replaceAll("[^ -~]", "?");
  }

  /** Groups messages into arrays and gives each its axes, which are shared where they are equal. */
  private void arrange(Path path, List<GribMessage> messages) {
    Map<String, List<GribMessage>> groups = new LinkedHashMap<>();
    Map<String, String> onlyLevel = new HashMap<>();
    for (GribMessage message : messages) {
      groups
          .computeIfAbsent(message.quantity() + "@" + message.level(), k -> new ArrayList<>())
          .add(message);
      onlyLevel.merge(message.quantity(), message.level(), (a, b) -> a.equals(b) ? a : "several");
    }
    List<ArrayVariable> axes = new ArrayList<>();
    List<ArrayVariable> fields = new ArrayList<>();
    for (List<GribMessage> group : groups.values()) {
      group.sort(Comparator.comparingLong(GribMessage::timeSeconds));
      GribMessage first = group.get(0);
      for (GribMessage message : group) {
        if (!message.grid().equals(first.grid())) {
          throw new RecordedDataException(
              path
                  + ": variable "
                  + first.name()
                  + ": expected one grid, found "
                  + first.grid()
                  + " and "
                  + message.grid());
        }
      }
      boolean several = onlyLevel.get(first.quantity()).equals("several");
      fields.add(
          new GribVariable(
              path,
              channel,
              several ? first.name() + "_" + first.levelValue() : first.name(),
              first.known().map(KnownParameter::unit).orElse("unknown"),
              List.of(
                  axis(
                      axes,
                      "time",
                      "seconds since 1970-01-01 00:00:00",
                      group.stream().mapToDouble(GribMessage::timeSeconds).toArray()),
                  axis(axes, "latitude", "degrees_north", first.grid().latitudes()),
                  axis(axes, "longitude", "degrees_east", first.grid().longitudes())),
              first.grid().rows(),
              first.grid().columns(),
              group.stream().map(GribMessage::packing).toList()));
    }
    variables.addAll(fields);
    variables.addAll(axes);
  }

  private static String axis(List<ArrayVariable> axes, String kind, String unit, double[] values) {
    GribAxis wanted = new GribAxis(kind, unit, values);
    int alike = 1;
    for (ArrayVariable axis : axes) {
      if (axis instanceof GribAxis known && known.unit().equals(unit)) {
        if (java.util.Arrays.equals(known.values(), values)) {
          return known.name();
        }
        alike++;
      }
    }
    GribAxis added = alike == 1 ? wanted : new GribAxis(kind + alike, unit, values);
    axes.add(added);
    return added.name();
  }

  @Override
  public List<ArrayVariable> variables() {
    return List.copyOf(variables);
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }
}
