package io.dynadiff.cli.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CodecTest {

  @Test
  void shouldUnpackWhatItPacked() {
    byte[] content = new byte[20_000];
    new Random(1).nextBytes(content);
    // Half of it compresses.
    Arrays.fill(content, 0, 10_000, (byte) 7);
    for (Codec codec : Codec.ALL) {
      ByteBuffer packed = codec.pack(content);
      assertThat(codec.unpack(packed, content.length)).as(codec.name()).isEqualTo(content);
      assertThat(packed.remaining() < content.length)
          .as(codec.name())
          .isEqualTo(!codec.name().equals("none"));
    }
  }
}
