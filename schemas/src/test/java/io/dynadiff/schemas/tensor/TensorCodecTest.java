package io.dynadiff.schemas.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.avro.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TensorCodecTest {

  @Test
  void shouldWriteLittleEndianBytesWhenEncodingFloat32() {
    Tensor tensor = TensorCodec.encode(new float[] {1f, -2f}, DType.FLOAT32, 2);

    byte[] bytes = new byte[8];
    tensor.getData().duplicate().get(bytes);
    assertThat(bytes).containsExactly(0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void shouldReturnTheValuesWhenDecodingWhatWasEncoded(DType dtype) {
    float[] values = {0f, 1f, -1.5f, 0.25f, 96f, -0.125f};

    Tensor tensor = TensorCodec.encode(values, dtype, 1, 2, 3);

    assertThat(TensorCodec.decode(tensor)).containsExactly(values);
    assertThat(TensorCodec.shape(tensor)).containsExactly(1, 2, 3);
    assertThat(tensor.getData().remaining()).isEqualTo(6 * TensorCodec.elementSize(dtype));
  }

  @Test
  void shouldKeepNonFiniteValuesWhenEncodingEveryType() {
    float[] values = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    for (DType dtype : DType.values()) {
      assertThat(TensorCodec.decode(TensorCodec.encode(values, dtype, 3))).containsExactly(values);
    }
  }

  @Test
  void shouldLeaveTheTensorAsItWasWhenDecodedTwice() {
    ByteBuffer window = ByteBuffer.allocate(12).putFloat(0, 99f).slice(4, 8);
    Tensor tensor = new Tensor(DType.FLOAT32, List.of(2), window);

    assertThat(TensorCodec.decode(tensor)).containsExactly(TensorCodec.decode(tensor));
    assertThat(tensor.getData().remaining()).isEqualTo(8);
  }

  @Test
  void shouldNameBothCountsWhenTheShapeDoesNotHoldTheValues() {
    assertThatThrownBy(() -> TensorCodec.encode(new float[5], DType.FLOAT32, 2, 3))
        .isInstanceOf(TensorFormatException.class)
        .hasMessage(
            "Shape [2, 3] holds 6 values, found 5; give the shape of the array that is encoded.");
  }

  @Test
  void shouldNameBothLengthsWhenTheBytesDoNotFitTheShape() {
    Tensor tensor = new Tensor(DType.FLOAT16, List.of(2, 3), ByteBuffer.allocate(11));

    assertThatThrownBy(() -> TensorCodec.decode(tensor))
        .isInstanceOf(TensorFormatException.class)
        .hasMessage("Tensor of FLOAT16 [2, 3] needs 12 bytes, found 11.");
  }

  @Test
  void shouldRefuseWhenAnAxisIsNotPositive() {
    for (int length : new int[] {0, -4}) {
      Tensor tensor = new Tensor(DType.FLOAT32, List.of(2, length), ByteBuffer.allocate(0));
      assertThatThrownBy(() -> TensorCodec.decode(tensor))
          .isInstanceOf(TensorFormatException.class)
          .hasMessage(
              "Axis 1 of shape [2, %d] is %d, expected at least 1.".formatted(length, length));
    }
  }

  @Test
  void shouldRefuseWhenTheProductOfTheShapeOverflows() {
    // 2^16 * 2^16 * 2^16 * 2^16 is 0 in 64-bit arithmetic: it would agree with no bytes at all.
    Tensor tensor =
        new Tensor(DType.FLOAT32, List.of(65536, 65536, 65536, 65536), ByteBuffer.allocate(0));

    assertThatThrownBy(() -> TensorCodec.decode(tensor))
        .isInstanceOf(TensorFormatException.class)
        .hasMessageContaining("holds more than 2147483647 values");
  }
}
