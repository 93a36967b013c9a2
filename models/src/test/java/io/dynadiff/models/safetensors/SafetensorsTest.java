package io.dynadiff.models.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {

  @Test
  void shouldReadBackWhatItWrote() {
    NamedTensor a = new NamedTensor("a.weight", new long[] {2, 3}, new float[] {1, 2, 3, 4, 5, 6});
    NamedTensor b = new NamedTensor("b", new long[] {}, new float[] {-0.5f});
    Map<String, NamedTensor> read = Safetensors.read(Safetensors.write(List.of(a, b)), "file");
    assertThat(read.keySet()).containsExactly("a.weight", "b");
    assertThat(read.get("a.weight").values()).isEqualTo(a.values());
    assertThat(read.get("a.weight").shape()).isEqualTo(a.shape());
    assertThat(read.get("b").values()).isEqualTo(b.values());
  }

  private static byte[] file(String header, int dataBytes) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '@',
      value = {
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | 12 | expected 8 bytes of data",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | 4 | within 4 bytes",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}} | 12 | no gap, no overlap",
        "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}} | 8 | expected 12 bytes",
        "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}} | 8 | whole numbers",
        "{'a':{'dtype':'I64','shape':[1],'data_offsets':[0,8]}} | 8 | expected dtype F32",
        "{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,8]}} | 8 | overflows",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0]}} | 4 | two rising offsets",
        "[1] | 0 | JSON object",
        "{'a':1}x | 0 | JSON",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'a':{'dtype':'F32','shape':[1],"
            + "'data_offsets':[4,8]}} | 8 | JSON",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'b':{'dtype':'F32','shape':[1],"
            + "'data_offsets':[0,4]}} | 4 | no gap, no overlap"
      })
  void shouldRefuseWithTheReasonWhenAHeaderLies(String header, int dataBytes, String reason) {
    byte[] file = file(header.replace('\'', '"'), dataBytes);
    assertThatThrownBy(() -> Safetensors.read(file, "bad.safetensors"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bad.safetensors")
        .hasMessageContaining(reason);
  }

  @Test
  void shouldRefuseWhenTheHeaderLengthIsBeyondTheFile() {
    byte[] file = file("{}", 0);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(0, Long.MAX_VALUE);
    assertThatThrownBy(() -> Safetensors.read(file, "f")).hasMessageContaining("header of 2 to 2");
    assertThatThrownBy(() -> Safetensors.read(new byte[3], "f")).hasMessageContaining("8 bytes");
  }

  @Test
  void shouldRefuseWhenAValueIsNotFinite() {
    byte[] file =
        Safetensors.write(
            List.of(new NamedTensor("a", new long[] {2}, new float[] {1, Float.NaN})));
    assertThatThrownBy(() -> Safetensors.read(file, "f"))
        .hasMessage("f, tensor a: expected finite values, found NaN at index 1");
  }
}
