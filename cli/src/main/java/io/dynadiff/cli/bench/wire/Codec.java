package io.dynadiff.cli.bench.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.compress.GzipCompression;
import org.apache.kafka.common.compress.ZstdCompression;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.ByteBufferOutputStream;

/**
 * One of Kafka's ways to compress a batch, as its producers and consumers do it.
 *
 * @param name as the producer's {@code compression.type}, with the level where there are several
 * @param compression Kafka's own
 */
record Codec(String name, Compression compression) {

  /** Kafka's record format since 0.11, the only one that brokers write. */
  private static final byte RECORD_FORMAT = 2;

  static final List<Codec> ALL =
      List.of(
          new Codec("none", Compression.NONE),
          new Codec("lz4", Compression.lz4().build()),
          new Codec("snappy", Compression.snappy().build()),
          new Codec("zstd-1", new ZstdCompression.Builder().level(1).build()),
          new Codec("zstd-3", new ZstdCompression.Builder().level(3).build()),
          new Codec("gzip", new GzipCompression.Builder().build()));

  /** Packs what a batch holds. */
  ByteBuffer pack(byte[] content) {
    ByteBufferOutputStream packed = new ByteBufferOutputStream(content.length + 512);
    try (DataOutputStream out =
        new DataOutputStream(compression.wrapForOutput(packed, RECORD_FORMAT))) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("in memory: cannot fail", e);
    }
    return packed.buffer().flip();
  }

  /** Unpacks what {@link #pack} made; the buffer is left as it was. */
  byte[] unpack(ByteBuffer packed, int length) {
    ByteArrayOutputStream content = new ByteArrayOutputStream(length);
    try (InputStream in =
        compression.wrapForInput(packed.duplicate(), RECORD_FORMAT, BufferSupplier.NO_CACHING)) {
      in.transferTo(content);
    } catch (IOException e) {
      throw new UncheckedIOException("in memory: cannot fail", e);
    }
    return content.toByteArray();
  }
}
