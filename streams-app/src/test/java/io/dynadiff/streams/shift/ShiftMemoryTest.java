package io.dynadiff.streams.shift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShiftMemoryTest {

  private static final ShiftMemory MEMORY =
      new ShiftMemory(DetectorKind.CUSUM, 3, 20, 18, 5, -3.2, 36, 2, -5.5, List.of(0.4, 2.0));

  @Test
  void shouldKeepTheReferenceAndDropTheEvidenceWhenTheDetectorIsExchanged() {
    ShiftMemory read = ShiftMemory.fromBytes(MEMORY.toBytes(), DetectorKind.ADWIN);
    assertThat(read.detector()).isEqualTo(DetectorKind.ADWIN);
    assertThat(read.logReference()).isEqualTo(-3.2);
    assertThat(read.lastSequence()).isEqualTo(20);
    assertThat(read.evidence()).isEmpty();
  }

  @Test
  void shouldBeginAnewWhenAReleaseWithOneDetectorWroteIt() {
    byte[] old = new byte[65];
    old[0] = 1;
    assertThat(ShiftMemory.fromBytes(old, DetectorKind.CUSUM))
        .isEqualTo(ShiftMemory.none(DetectorKind.CUSUM));
    assertThat(ShiftMemory.fromBytes(null, DetectorKind.CUSUM))
        .isEqualTo(ShiftMemory.none(DetectorKind.CUSUM));
  }

  @Test
  void shouldRefuseWhenTheFormatIsNotKnown() {
    byte[] bytes = MEMORY.toBytes();
    bytes[0] = 9;
    assertThatThrownBy(() -> ShiftMemory.fromBytes(bytes, DetectorKind.CUSUM))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected format 2")
        .hasMessageContaining("found format 9");
  }
}
