package io.dynadiff.streams.admit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.streams.Samples;
import io.dynadiff.streams.TestTopology;
import io.dynadiff.streams.adapt.AdaptSettings;
import io.dynadiff.streams.adapt.AdaptTopology;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OversizedFramesTest {

  private static final int HUGE = 40 << 20;

  @TempDir private Path stateDirectory;
  private TestTopology topology;
  private TestInputTopic<byte[], byte[]> frames;

  @BeforeEach
  void start() {
    topology =
        new TestTopology(
            stateDirectory,
            wire -> AdaptTopology.build(wire, Samples.systems(), AdaptSettings.DEFAULT));
    frames = topology.rawInput(Topic.FRAMES);
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  @Test
  void shouldRejectWithoutTheBytesWhenAValueIsHuge() {
    frames.pipeInput(key("a"), new byte[HUGE], 1);
    TestRecord<byte[], byte[]> rejected = rejectedBeforeAGoodFrame();
    assertThat(rejected.key()).isEqualTo(key("a"));
    assertThat(rejected.value()).isNull();
    assertThat(header(rejected, "dynadiff.reason")).isEqualTo("TOO_LARGE");
    assertThat(header(rejected, "dynadiff.bytes")).isEqualTo(Integer.toString(HUGE + 1));
    assertThat(header(rejected, "dynadiff.offset")).isEqualTo("0");
  }

  @Test
  void shouldRejectWithoutKeyAndHeadersWhenThoseAreHuge() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("blob", new byte[HUGE]);
    frames.pipeInput(
        new TestRecord<>(new byte[HUGE], new byte[] {9}, headers, Instant.ofEpochMilli(1)));
    TestRecord<byte[], byte[]> rejected = rejectedBeforeAGoodFrame();
    assertThat(rejected.key()).isNull();
    assertThat(rejected.value()).isNull();
    assertThat(header(rejected, "dynadiff.reason")).isEqualTo("WRONG_MAGIC_BYTE");
    assertThat(Long.parseLong(header(rejected, "dynadiff.bytes"))).isGreaterThan(2L * HUGE);
  }

  @Test
  void shouldKeepTheDetailShortWhenAShapeHasAMillionAxes() {
    FieldFrame frame = Samples.frame("a", 0);
    frame.getField().setShape(Collections.nCopies(1_000_000, 1));
    frames.pipeInput(key("a"), topology.bytes(Topic.FRAMES, FieldFrame.class, frame), 1);
    TestRecord<byte[], byte[]> rejected = rejectedBeforeAGoodFrame();
    assertThat(rejected.value()).isNotNull();
    assertThat(header(rejected, "dynadiff.reason")).isEqualTo("SHAPE_MISMATCH");
    assertThat(header(rejected, "dynadiff.detail"))
        .isEqualTo("expected a tensor of at most 8 axes, found 1000000");
  }

  @Test
  void shouldRejectWhenAnIdIsLong() {
    String id = "x".repeat(1 << 20);
    FieldFrame frame = Samples.frame(id, 0);
    frames.pipeInput(key(id), topology.bytes(Topic.FRAMES, FieldFrame.class, frame), 1);
    TestRecord<byte[], byte[]> rejected = rejectedBeforeAGoodFrame();
    assertThat(header(rejected, "dynadiff.reason")).isEqualTo("TOO_LARGE");
    assertThat(header(rejected, "dynadiff.detail"))
        .isEqualTo("expected environmentId of at most 256 characters, found 1048576");
  }

  @Test
  void shouldCutTheDetailWhenAKeyThatDoesNotMatchIsLong() {
    FieldFrame frame = Samples.frame("a", 0);
    frames.pipeInput(
        key("x".repeat(1 << 20)), topology.bytes(Topic.FRAMES, FieldFrame.class, frame), 1);
    TestRecord<byte[], byte[]> rejected = rejectedBeforeAGoodFrame();
    assertThat(header(rejected, "dynadiff.reason")).isEqualTo("KEY_MISMATCH");
    assertThat(header(rejected, "dynadiff.detail")).hasSize(1000);
  }

  /** The one rejected record, which together with our headers fits its topic; the role lives on. */
  private TestRecord<byte[], byte[]> rejectedBeforeAGoodFrame() {
    FieldFrame good = Samples.frame("a", 0);
    frames.pipeInput(key("a"), topology.bytes(Topic.FRAMES, FieldFrame.class, good), 2);
    assertThat(topology.read(Topic.FRAMES_ADMITTED, FieldFrame.class)).containsExactly(good);
    List<TestRecord<byte[], byte[]>> rejected =
        topology.rawOutput(Topic.FRAMES_REJECTED).readRecordsToList();
    assertThat(rejected).hasSize(1);
    TestRecord<byte[], byte[]> record = rejected.get(0);
    long bytes = size(record.key()) + size(record.value());
    for (Header header : record.headers()) {
      bytes += header.key().length() + size(header.value());
    }
    assertThat(bytes).isLessThan(Topic.FRAMES_REJECTED.maxMessageBytes() - 1024);
    return record;
  }

  private static long size(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static byte[] key(String environmentId) {
    return environmentId.getBytes(StandardCharsets.UTF_8);
  }
}
