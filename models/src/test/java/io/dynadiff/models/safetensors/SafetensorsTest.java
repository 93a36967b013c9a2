package io.dynadiff.models.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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

  @Test
  void shouldWriteTheSameToAFileInParts(@TempDir Path directory) throws Exception {
    Random random = new Random(1);
    // Longer than what is written at once, and no multiple of it.
    float[] values = new float[600_001];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    List<NamedTensor> tensors =
        List.of(
            new NamedTensor("long", new long[] {values.length}, values),
            new NamedTensor("empty", new long[] {0}, new float[0]),
            new NamedTensor("short", new long[] {1}, new float[] {2}));
    Path file = directory.resolve("tensors.safetensors");
    Safetensors.write(file, tensors);
    assertThat(Files.readAllBytes(file)).isEqualTo(Safetensors.write(tensors));
    Map<String, NamedTensor> read = Safetensors.read(file);
    assertThat(read.get("long").values()).isEqualTo(values);
    assertThat(read.get("empty").values()).isEmpty();
    assertThat(read.get("short").values()).containsExactly(2);

    Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 2_000_000));
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected data within");
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
        "{'a':{'dtype':'I64','shape':[1],'data_offsets':[0,8]}} | 8 | dtype F32, F16 or BF16",
        "{'a':{'dtype':'F16','shape':[2],'data_offsets':[0,8]}} | 8 | expected 4 bytes",
        "{'a':{'dtype':'BF16','shape':[2],'data_offsets':[0,4]}} | 6 | expected 4 bytes of data",
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

  private static float stored(float value, NumberFormat format) {
    byte[] file =
        Safetensors.write(
            List.of(new NamedTensor("a", new long[] {1}, new float[] {value})), name -> format);
    return Safetensors.read(file, "f").get("a").values()[0];
  }

  @ParameterizedTest
  @CsvSource({
    // exact, half-way to even both ways, largest, subnormal, smallest, below half of the smallest
    "0.5, 0.5",
    "-2.25, -2.25",
    "1.00048828125, 1",
    "1.00146484375, 1.001953125",
    "65504, 65504",
    "65519, 65504",
    "0.000030517578125, 0.000030517578125",
    "-5.9604645e-8, -5.9604645e-8",
    "2e-8, 0",
    // the largest subnormal rounds up to the smallest normal number
    "0.00006103, 0.00006103515625"
  })
  void shouldRoundToTheNearestFloat16(float value, float expected) {
    assertThat(stored(value, NumberFormat.FLOAT16)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 0.5",
    "1.00390625, 1",
    "1.01171875, 1.015625",
    "-3e38, -3.0040553e38",
    "1e-30, 9.984021e-31"
  })
  void shouldRoundToTheNearestBfloat16(float value, float expected) {
    assertThat(stored(value, NumberFormat.BFLOAT16)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(NumberFormat.class)
  void shouldReadBackEveryValueThatItHasItselfRead(NumberFormat format) {
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      float value = (float) (random.nextGaussian() * Math.pow(2, random.nextInt(40) - 26));
      float once = stored(value, format);
      assertThat(stored(once, format)).isEqualTo(once);
      double step = format == NumberFormat.BFLOAT16 ? 0x1p-8 : 0x1p-11;
      assertThat(Math.abs(once - value))
          .isLessThanOrEqualTo((float) Math.max(step * Math.abs(value), 0x1p-25));
    }
  }

  @Test
  void shouldKeepEachTensorInItsOwnFormat() {
    NamedTensor wide = new NamedTensor("wide", new long[] {1}, new float[] {0.1f});
    NamedTensor narrow = new NamedTensor("narrow", new long[] {3}, new float[] {0.1f, 1, 2});
    byte[] file =
        Safetensors.write(
            List.of(wide, narrow),
            name -> name.equals("wide") ? NumberFormat.FLOAT32 : NumberFormat.FLOAT16);
    Map<String, NamedTensor> read = Safetensors.read(file, "f");
    assertThat(read.get("wide").values()).containsExactly(0.1f);
    assertThat(read.get("narrow").values()).containsExactly(0.099975586f, 1, 2);
  }

  @Test
  void shouldRefuseToWriteWhenAValueIsTooLargeForItsFormat() {
    assertThatThrownBy(() -> stored(70000, NumberFormat.FLOAT16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tensor a")
        .hasMessageContaining("BFLOAT16");
    assertThat(stored(70000, NumberFormat.BFLOAT16)).isEqualTo(70144);
  }
}
