package io.dynadiff.physics.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.Compressor;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.zstd.ZstdCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZarrArrayFileTest {
  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"null", "zlib", "gzip", "zstd", "lz4"})
  void shouldReadPackedBigEndianChunksOfEveryCompression(String codec) throws IOException {
    Path store = store(codec, ">i2", "-32767");
    try (RecordedFields fields = RecordedFields.open(store)) {
      RecordedField field = fields.variable("t2m");
      assertThat(field.channel().unit()).isEqualTo("K");
      assertThat(field.grid().originX()).isEqualTo(-1);
      for (int t = 0; t < 3; t++) {
        float[] slice = field.slice(t);
        for (int i = 0; i < 20; i++) {
          assertThat(slice[i]).isEqualTo(250 + (t * 100 + i) * 0.5f);
        }
      }
    }
  }

  @Test
  void shouldReadWithoutConsolidatedMetadata() throws IOException {
    Path store = RecordedFormatsTest.copyStore(temp.resolve("plain.zarr"));
    Files.delete(store.resolve(".zmetadata"));
    try (RecordedFields fields = RecordedFields.open(store)) {
      assertThat(fields.variables()).containsExactly("2m_temperature");
      assertThat(fields.variable("t2m").slice(0)[0]).isBetween(282.424f, 282.426f);
    }
  }

  @Test
  void shouldReportValuesThatAChunkNotStoredLeavesMissing() throws IOException {
    Path store = store("zlib", ">i2", "-32767");
    Files.delete(store.resolve("t2m").resolve("1.0.0"));
    try (RecordedFields fields = RecordedFields.open(store)) {
      RecordedField field = fields.variable("t2m");
      assertThatThrownBy(() -> field.slice(2))
          .isInstanceOf(RecordedDataException.class)
          .hasMessageContaining("the fill value -32767.0");
    }
    Path strict = store("zlib", ">i2", "null");
    Files.delete(strict.resolve("t2m").resolve("1.0.0"));
    try (RecordedFields fields = RecordedFields.open(strict)) {
      RecordedField field = fields.variable("t2m");
      assertThatThrownBy(() -> field.slice(2)).hasMessageContaining("expected a chunk, found none");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 16, 5000, 705_818})
  void shouldRefuseATruncatedChunk(int length) throws IOException {
    Path store = RecordedFormatsTest.copyStore(temp.resolve("cut.zarr"));
    Path chunk = store.resolve("2m_temperature").resolve("3.0.0");
    Files.write(chunk, Arrays.copyOf(Files.readAllBytes(chunk), length));
    try (RecordedFields fields = RecordedFields.open(store)) {
      RecordedField field = fields.variable("t2m");
      assertThat(field.slice(0)).hasSize(33 * 49);
      assertThatThrownBy(() -> field.slice(743))
          .isInstanceOf(RecordedDataException.class)
          .hasMessageContaining("3.0.0: expected a Blosc chunk")
          .hasMessageContaining("truncated");
    }
  }

  @Test
  void shouldFailOnlyWithItsOwnExceptionWhenBytesAreFlipped() throws IOException {
    Path store = RecordedFormatsTest.copyStore(temp.resolve("bad.zarr"));
    Path chunk = store.resolve("latitude").resolve("0");
    byte[] good = Files.readAllBytes(chunk);
    Random random = new Random(11);
    int refused = 0;
    for (int round = 0; round < 200; round++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      Files.write(chunk, bad);
      try (RecordedFields fields = RecordedFields.open(store)) {
        fields.variable("t2m");
      } catch (RecordedDataException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"zarr_format\": 2 | \"zarr_format\": 3 | zarr_format: expected 2, found 3",
        "\"order\": \"C\" | \"order\": \"F\" | order: expected C, found F",
        "\"filters\": null | \"filters\": [{\"id\":\"delta\"}] | filters: expected none",
        "\"chunks\": [ | \"chunks\": [2, | chunks: expected 3 axes, found 4",
        "\"chunks\": [ | \"chunks\": [90000000, | chunks of 1 to",
        "\"dtype\" | \"dtyp | it may be truncated",
      })
  void shouldRefuseWhatItDoesNotReadInOneLine(String good, String bad, String message)
      throws IOException {
    Path store = store("zlib", ">i2", "null");
    Path file = store.resolve("t2m").resolve(".zarray");
    String text = Files.readString(file);
    assertThat(text).contains(good);
    Files.writeString(file, text.replace(good, bad));
    assertThatThrownBy(() -> RecordedFields.open(store).close())
        .isInstanceOf(RecordedDataException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void shouldSayWhichDirectoriesAreNoStoreOfThisVersion() throws IOException {
    Path three = Files.createDirectory(temp.resolve("3.zarr"));
    Files.writeString(three.resolve("zarr.json"), "{}");
    assertThatThrownBy(() -> RecordedFields.open(three)).hasMessageContaining("version 3");
    Path empty = Files.createDirectory(temp.resolve("empty"));
    assertThatThrownBy(() -> RecordedFields.open(empty))
        .hasMessageContaining("a directory without .zgroup");
  }

  /** A store of t2m[3, 4, 5] in chunks of [2, 4, 3], packed: value = 250 + stored / 2. */
  private Path store(String codec, String type, String fill) throws IOException {
    Path store = Files.createTempDirectory(temp, "store");
    Files.writeString(store.resolve(".zgroup"), "{\"zarr_format\": 2}");
    axis("time", store, 3, 0, 3600, "\"units\":\"seconds since 2019-03-01\",");
    axis("latitude", store, 4, 52, -0.5, "");
    axis("longitude", store, 5, -1, 0.5, "");
    array(
        store,
        "t2m",
        "3, 4, 5",
        "2, 4, 3",
        type,
        codec,
        fill,
        "\"scale_factor\":0.5,\"add_offset\":250.0,\"units\":\"K\","
            + "\"_ARRAY_DIMENSIONS\":[\"time\",\"latitude\",\"longitude\"]");
    for (int ct = 0; ct < 2; ct++) {
      for (int cx = 0; cx < 2; cx++) {
        ByteBuffer chunk = ByteBuffer.allocate(2 * 4 * 3 * 2).order(ByteOrder.BIG_ENDIAN);
        for (int i = 0; i < 24; i++) {
          int t = ct * 2 + i / 12;
          int y = i / 3 % 4;
          int x = cx * 3 + i % 3;
          chunk.putShort((short) (x < 5 ? t * 100 + y * 5 + x : -1));
        }
        Files.write(store.resolve("t2m").resolve(ct + ".0." + cx), compress(codec, chunk.array()));
      }
    }
    return store;
  }

  private static void axis(
      String name, Path store, int length, double first, double step, String attributes)
      throws IOException {
    array(
        store,
        name,
        "" + length,
        "" + length,
        "<f8",
        "null",
        "null",
        attributes + "\"_ARRAY_DIMENSIONS\":[\"" + name + "\"]");
    ByteBuffer values = ByteBuffer.allocate(8 * length).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < length; i++) {
      values.putDouble(first + i * step);
    }
    Files.write(store.resolve(name).resolve("0"), values.array());
  }

  private static void array(
      Path store,
      String name,
      String shape,
      String chunks,
      String type,
      String codec,
      String fill,
      String attributes)
      throws IOException {
    Path directory = Files.createDirectory(store.resolve(name));
    Files.writeString(
        directory.resolve(".zarray"),
        "{\"zarr_format\": 2, \"shape\": [%s], \"chunks\": [%s], \"dtype\": \"%s\", \"order\": \"C\", \"filters\": null, \"fill_value\": %s, \"compressor\": %s}"
            .formatted(
                shape,
                chunks,
                type,
                fill,
                codec.equals("null") ? "null" : "{\"id\": \"" + codec + "\"}"));
    Files.writeString(directory.resolve(".zattrs"), "{" + attributes + "}");
  }

  private static byte[] compress(String codec, byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (codec) {
      case "zlib" -> writeThrough(new DeflaterOutputStream(out), bytes);
      case "gzip" -> writeThrough(new GZIPOutputStream(out), bytes);
      case "zstd" -> out.writeBytes(compress(new ZstdCompressor(), bytes));
      case "lz4" -> {
        out.writeBytes(
            ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length).array());
        out.writeBytes(compress(new Lz4Compressor(), bytes));
      }
      default -> out.writeBytes(bytes);
    }
    return out.toByteArray();
  }

  private static void writeThrough(OutputStream out, byte[] bytes) throws IOException {
    try (out) {
      out.write(bytes);
    }
  }

  private static byte[] compress(Compressor compressor, byte[] bytes) {
    byte[] out = new byte[compressor.maxCompressedLength(bytes.length)];
    int length = compressor.compress(bytes, 0, bytes.length, out, 0, out.length);
    return Arrays.copyOf(out, length);
  }
}
