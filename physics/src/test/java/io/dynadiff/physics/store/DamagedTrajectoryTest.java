package io.dynadiff.physics.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.dynadiff.physics.field.FieldShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedTrajectoryTest {
  private static final String AGAIN = "; delete the file and run the writer again";

  @TempDir Path root;
  private Path chunk;
  private Path description;

  @BeforeEach
  void write() throws InterruptedException {
    new TrajectoryWriter(root, 1)
        .write(List.of(RampSeries.source("ramp", new FieldShape(2, 3, 5), 10, 4, frame -> {})));
    chunk = root.resolve("ramp/chunk-000001.dtc");
    description = root.resolve("ramp/trajectory.json");
  }

  @Test
  void shouldRefuseAnotherKindOfFile() throws Exception {
    change(bytes -> bytes.put(0, (byte) 'X'));
    assertThat(readingFails())
        .isEqualTo(
            chunk
                + ": expected a chunk of a trajectory, which begins with 44594e415452414a, found"
                + " 58594e415452414a"
                + AGAIN);
  }

  @Test
  void shouldRefuseAnotherVersion() throws Exception {
    change(bytes -> bytes.putInt(8, 2));
    assertThat(readingFails())
        .isEqualTo(
            chunk
                + ": expected format version 1, found 2; read it with the release that wrote it,"
                + " or write it anew");
  }

  @Test
  void shouldRefuseTruncatedFiles() throws Exception {
    byte[] whole = Files.readAllBytes(chunk);
    Files.write(chunk, Arrays.copyOf(whole, whole.length - 1));
    assertThat(readingFails()).isEqualTo(chunk + ": expected 608 bytes, found 607" + AGAIN);
    Files.write(chunk, Arrays.copyOf(whole, whole.length + 1));
    assertThat(readingFails()).isEqualTo(chunk + ": expected 608 bytes, found 609" + AGAIN);
    Files.write(chunk, Arrays.copyOf(whole, 127));
    assertThat(readingFails())
        .isEqualTo(chunk + ": expected a header of 128 bytes, found a file of 127" + AGAIN);
    Files.write(chunk, new byte[0]);
    assertThat(readingFails()).contains("found a file of 0");
  }

  @Test
  void shouldNoticeAFlippedBitInEveryByte() throws Exception {
    byte[] whole = Files.readAllBytes(chunk);
    for (int i = 0; i < whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= (byte) (1 << i % 8);
      Files.write(chunk, flipped);
      assertThat(readingFails()).as("byte " + i).startsWith(chunk + ": expected ");
    }
  }

  @Test
  void shouldNameBothChecksumsWhenAValueWasFlipped() throws Exception {
    change(bytes -> bytes.put(300, (byte) (bytes.get(300) ^ 1)));
    assertThat(readingFails())
        .matches(
            ".*chunk-000001.dtc: expected checksum [0-9a-f]{8} of 480 bytes of values, found"
                + " [0-9a-f]{8}"
                + AGAIN);
  }

  @Test
  void shouldRefuseSizesThatOverflow() throws Exception {
    changeSealed(bytes -> bytes.putInt(28, 1 << 30).putInt(32, 1 << 30).putInt(36, 1 << 30));
    assertThat(readingFails())
        .isEqualTo(
            chunk
                + ": expected at most 1073741824 bytes of values, found [frame, channel, y, x] ="
                + " [4, 1073741824, 1073741824, 1073741824]"
                + AGAIN);
    // 4 * 2^30 * 4 bytes: 2^34, which an int would take for 0.
    changeSealed(bytes -> bytes.putInt(28, 1 << 30).putInt(32, 1).putInt(36, 1));
    assertThat(readingFails()).contains("[4, 1073741824, 1, 1]");
    changeSealed(bytes -> bytes.putInt(28, 2).putInt(32, -3).putInt(36, 5));
    assertThat(readingFails())
        .contains("expected every axis to be at least 1, found [frame, channel, y, x]");
    changeSealed(bytes -> bytes.putInt(32, 3).putLong(40, Long.MAX_VALUE));
    assertThat(readingFails()).contains("expected 480 bytes of values").contains("found 9223372");
  }

  @Test
  void shouldRefuseAChunkOfAnotherPlace() throws Exception {
    Files.copy(root.resolve("ramp/chunk-000000.dtc"), chunk, StandardCopyOption.REPLACE_EXISTING);
    assertThat(readingFails())
        .contains("expected chunk 1 with 4 frames from 4")
        .contains("found chunk 0 with 4 frames from 0");
  }

  @Test
  void shouldRefuseChunksOfAnotherDescription() throws Exception {
    replace("\"seed\" : 7", "\"seed\" : 8");
    assertThat(readingFails())
        .contains("chunk-000000.dtc: expected a chunk of the trajectory.json beside it, SHA-256 ")
        .endsWith("restore it, or write the trajectory anew");
  }

  @Test
  void shouldRefuseDamagedDescriptions() throws Exception {
    String whole = Files.readString(description);
    assertDescriptionFails(whole, "\"version\" : 1,", "\"version\" : 2,", "version 1, found 2");
    assertDescriptionFails(whole, "dynadiff-trajectory", "parquet", "found \"parquet\"");
    assertDescriptionFails(whole, "float32-little", "float64-little", "found \"float64-little");
    assertDescriptionFails(whole, "\"length\" : 10", "\"length\" : 0", "length and frames");
    assertDescriptionFails(
        whole, "\"length\" : 10,", "", "found: Missing creator property 'length';");
    assertDescriptionFails(
        whole, "\"length\" : 10", "\"length\" : 1e30", "(1.0E30) to `long` value;");
    assertDescriptionFails(whole, "\"length\" : 10", "\"length\" : 9223372036854775807", "chunks");
    assertDescriptionFails(whole, "\"width\" : 5", "\"width\" : 2000000000", "2^31 values");
    assertDescriptionFails(whole, "\"width\" : 5", "\"width\" : 6", "on a grid of 3 x 5");
    assertDescriptionFails(whole, "\"length\" : 10", "\"length\" : 10, \"x\" : 1", "\"x\"");
    assertDescriptionFails(whole, "\"length\" : 10", "\"length\" : 10, \"length\" : 9", "length");
    assertDescriptionFails(whole, whole.substring(200), "", "description of a trajectory, found");
    assertDescriptionFails(whole, whole, "", "found none");
  }

  private void assertDescriptionFails(String whole, String from, String to, String message)
      throws Exception {
    Files.writeString(description, whole);
    replace(from, to);
    assertThat(readingFails()).startsWith(description + ": expected ").contains(message);
  }

  private void replace(String from, String to) throws Exception {
    String text = Files.readString(description);
    int at = text.indexOf(from);
    assertThat(at).as(from).isNotNegative();
    Files.writeString(description, text.substring(0, at) + to + text.substring(at + from.length()));
  }

  private void change(Consumer<ByteBuffer> change) throws Exception {
    byte[] bytes = Files.readAllBytes(chunk);
    change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    Files.write(chunk, bytes);
  }

  /** Changes the header and makes its checksum right again, as a hostile writer would. */
  private void changeSealed(Consumer<ByteBuffer> change) throws Exception {
    change(
        bytes -> {
          change.accept(bytes);
          CRC32C crc = new CRC32C();
          crc.update(bytes.array(), 0, 124);
          bytes.putInt(124, (int) crc.getValue());
        });
  }

  private String readingFails() {
    Throwable thrown =
        catchThrowable(
            () -> {
              try (StoredSeries series = TrajectoryStore.open(root).series("ramp")) {
                series.snapshots(0).forEachRemaining(snapshot -> {});
              }
            });
    assertThat(thrown).isInstanceOf(TrajectoryFormatException.class);
    assertThat(thrown.getMessage()).hasLineCount(1);
    return thrown.getMessage();
  }
}
