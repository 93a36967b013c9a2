package io.dynadiff.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.Channel;
import io.dynadiff.schemas.avro.Condition;
import io.dynadiff.schemas.avro.Coordinates;
import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.FieldGrid;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class AvroSerdesTest {

  private static final Instant EVENT_TIME = Instant.parse("2019-03-21T00:00:00Z");

  private final AvroSerdes serdes = AvroSerdes.of("mock://" + getClass().getSimpleName());

  @Test
  void shouldReturnAnEqualRecordWhenDeserializingWhatWasSerialized() {
    FieldFrame frame = frame();
    try (Serde<FieldFrame> serde = serdes.serde(FieldFrame.class)) {
      byte[] bytes = serde.serializer().serialize("frames", frame);
      FieldFrame read = serde.deserializer().deserialize("frames", bytes);

      assertThat(bytes[0]).as("magic byte of the wire format").isZero();
      assertThat(read).isEqualTo(frame);
      assertThat(read.getEventTime()).isEqualTo(EVENT_TIME);
      assertThat(read.getEnvironmentId()).isInstanceOf(String.class);
      assertThat(TensorCodec.decode(read.getField())).containsExactly(1f, 2f, 3f, 4f);
    }
  }

  @Test
  void shouldReadMapsWithStringKeysWhenARecordHoldsNumbers() {
    Adaptation adaptation =
        Adaptation.newBuilder()
            .setRunId("run")
            .setSystem("lambda-omega")
            .setEnvironmentId("lambda-omega/a")
            .setSequence(12)
            .setDecision(Decision.ACCEPTED)
            .setReason("the challenger is not worse on the newest frames")
            .setWeightsVersion(2L)
            .setNumbers(Map.of("challengerScore", 0.1))
            .setDecidedAt(EVENT_TIME)
            .build();
    try (Serde<Adaptation> serde = serdes.serde(Adaptation.class)) {
      Adaptation read =
          serde
              .deserializer()
              .deserialize("adaptations", serde.serializer().serialize("adaptations", adaptation));

      assertThat(read.getNumbers()).containsEntry("challengerScore", 0.1);
      assertThat(read.getIncumbentVersion()).isNull();
    }
  }

  @Test
  void shouldReturnNullWhenTheValueIsATombstone() {
    try (Serde<FieldFrame> serde = serdes.serde(FieldFrame.class)) {
      assertThat(serde.serializer().serialize("frames", null)).isNull();
      assertThat(serde.deserializer().deserialize("frames", null)).isNull();
    }
  }

  @Test
  void shouldRefuseWhenTheBytesAreNotInTheWireFormat() {
    try (Serde<FieldFrame> serde = serdes.serde(FieldFrame.class)) {
      byte[] bytes = serde.serializer().serialize("frames", frame());
      byte[] wrongMagicByte = bytes.clone();
      wrongMagicByte[0] = 7;
      byte[] truncated = Arrays.copyOf(bytes, bytes.length - 9);
      byte[] unknownSchema = bytes.clone();
      unknownSchema[1] = 0x7f;

      for (byte[] poison :
          List.of(wrongMagicByte, truncated, unknownSchema, new byte[0], new byte[3])) {
        assertThatThrownBy(() -> serde.deserializer().deserialize("frames", poison))
            .isInstanceOf(SerializationException.class);
      }
    }
  }

  @Test
  void shouldNameBothTypesWhenATopicHoldsAnotherRecord() {
    try (Serializer<FieldFrame> writer = serdes.serializer(FieldFrame.class);
        Deserializer<Adaptation> reader = serdes.deserializer(Adaptation.class)) {
      byte[] bytes = writer.serialize("adaptations", frame());

      assertThatThrownBy(() -> reader.deserialize("adaptations", bytes))
          .isInstanceOf(SerializationException.class)
          .hasMessage(
              "Topic adaptations: expected a io.dynadiff.schemas.avro.Adaptation, found a io.dynadiff.schemas.avro.FieldFrame; check who writes to the topic.");
    }
  }

  @Test
  void shouldRefuseWhenTheUserSetsAKeyThatTheWireRestsOn() {
    assertThatThrownBy(() -> new AvroSerdes("mock://x", Map.of("specific.avro.reader", "false")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[specific.avro.reader] may not be set");
  }

  @Test
  void shouldNotShowSecretsWhenPrinted() {
    assertThat(new AvroSerdes("mock://x", Map.of("basic.auth.user.info", "me:secret")).toString())
        .contains("basic.auth.user.info")
        .doesNotContain("secret");
  }

  private static FieldFrame frame() {
    return FieldFrame.newBuilder()
        .setRunId("run")
        .setSystem("era5-uk")
        .setEnvironmentId("era5-uk/r00c16")
        .setSequence(0)
        .setEventTime(EVENT_TIME)
        .setIntervalMs(3_600_000)
        .setGrid(
            new FieldGrid(
                2, 2, 60.0, -4.0, -0.25, 0.25, "degrees", Coordinates.LATITUDE_LONGITUDE, false))
        .setChannels(List.of(new Channel("2m_temperature", "K")))
        .setField(TensorCodec.encode(new float[] {1, 2, 3, 4}, DType.FLOAT32, 1, 2, 2))
        .setConditions(List.of(new Condition("latitude", 59.875, "degrees")))
        .build();
  }
}
