package io.dynadiff.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.serde.AvroSerdes;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class MalformedFramesTest {

  @Test
  void shouldBeWrongInExactlyOneWayWhenMadeFromAGoodFrame() {
    try (Serde<FieldFrame> serde =
        AvroSerdes.of("mock://malformed-frames").serde(FieldFrame.class)) {
      Map<String, byte[]> malformed =
          MalformedFrames.of(DemoRecords.frame(3), serde.serializer(), "frames");

      for (String unreadable : new String[] {"WRONG_MAGIC_BYTE", "MALFORMED_AVRO"}) {
        assertThatThrownBy(
                () -> serde.deserializer().deserialize("frames", malformed.get(unreadable)))
            .isInstanceOf(SerializationException.class);
      }
      FieldFrame notFinite =
          serde.deserializer().deserialize("frames", malformed.get("NON_FINITE"));
      assertThat(TensorCodec.decode(notFinite.getField())).contains(Float.NaN);
      FieldFrame misshapen =
          serde.deserializer().deserialize("frames", malformed.get("SHAPE_MISMATCH"));
      assertThat(TensorCodec.decode(misshapen.getField())).hasSize(12);
      assertThat(misshapen.getGrid().getHeight()).isEqualTo(4);
    }
  }
}
