package io.dynadiff.streams.admit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.Tensor;
import io.dynadiff.schemas.serde.AvroSerdes;
import io.dynadiff.schemas.topics.TopicCatalogue;
import io.dynadiff.streams.Samples;
import io.dynadiff.streams.wire.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {

  private final AvroSerdes serdes = AvroSerdes.of("mock://frame-decoder");
  private final FrameDecoder decoder =
      new FrameDecoder(new Wire(TopicCatalogue.singleBroker(1), serdes).registryClient());
  private final byte[] frame =
      serdes.serializer(FieldFrame.class).serialize("frames", Samples.frame("e", 7));

  @Test
  void shouldReadAFrameWhenItIsWhole() throws Exception {
    assertThat(decoder.decode(frame)).isEqualTo(Samples.frame("e", 7));
  }

  @Test
  void shouldSayEmptyWhenThereIsNoValue() {
    assertThat(reason(null)).isEqualTo(RejectionReason.EMPTY);
    assertThat(reason(new byte[0])).isEqualTo(RejectionReason.EMPTY);
  }

  @Test
  void shouldNameTheByteWhenTheMagicByteIsWrong() {
    byte[] wrong = frame.clone();
    wrong[0] = 7;
    assertThat(rejection(wrong))
        .isEqualTo(
            new Rejection(
                RejectionReason.WRONG_MAGIC_BYTE, "expected magic byte 0 first, found 7"));
  }

  @Test
  void shouldSayUnknownSchemaWhenTheRegistryDoesNotKnowTheId() {
    byte[] wrong = frame.clone();
    ByteBuffer.wrap(wrong).putInt(1, 987654);
    assertThat(reason(wrong)).isEqualTo(RejectionReason.UNKNOWN_SCHEMA);
  }

  @Test
  void shouldSayMalformedWhenTheValueIsCutAnywhere() {
    for (int length = 1; length < frame.length; length++) {
      assertThat(reason(Arrays.copyOf(frame, length)))
          .as("first %d of %d bytes", length, frame.length)
          .isEqualTo(RejectionReason.MALFORMED_AVRO);
    }
  }

  @Test
  void shouldSayMalformedWhenBytesFollowTheFrame() {
    assertThat(reason(Arrays.copyOf(frame, frame.length + 1)))
        .isEqualTo(RejectionReason.MALFORMED_AVRO);
  }

  @Test
  void shouldSayMalformedWhenALengthClaimsGigabytes() {
    // The first field is a text; its length as a zig-zag varint says 2^31 - 9 bytes.
    ByteBuffer bomb = ByteBuffer.allocate(20).put(frame, 0, 5);
    bomb.put(new byte[] {(byte) 0xee, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f});
    assertThat(reason(bomb.array())).isEqualTo(RejectionReason.MALFORMED_AVRO);
  }

  @Test
  void shouldSayMalformedWhenTheValueIsAnotherRecord() {
    byte[] tensor =
        serdes.serializer(Tensor.class).serialize("others", Samples.frame("e", 0).getField());
    assertThat(reason(tensor)).isEqualTo(RejectionReason.MALFORMED_AVRO);
  }

  @Test
  void shouldNotJudgeTheFrameWhenTheRegistryDoesNotAnswer() {
    assertThatThrownBy(() -> failing(new IOException("connection refused")).decode(frame))
        .isInstanceOf(RegistryUnavailableException.class);
    assertThatThrownBy(
            () -> failing(new RestClientException("store error", 500, 50001)).decode(frame))
        .isInstanceOf(RegistryUnavailableException.class);
  }

  private static FrameDecoder failing(Exception failure) {
    SchemaRegistryClient registry =
        new MockSchemaRegistryClient() {
          @Override
          public ParsedSchema getSchemaById(int id) throws IOException, RestClientException {
            if (failure instanceof IOException io) {
              throw io;
            }
            throw (RestClientException) failure;
          }
        };
    return new FrameDecoder(registry);
  }

  private RejectionReason reason(byte[] value) {
    return rejection(value).reason();
  }

  private Rejection rejection(byte[] value) {
    return catchThrowableOfType(UnacceptableFrameException.class, () -> decoder.decode(value))
        .rejection();
  }
}
