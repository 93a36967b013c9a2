package io.dynadiff.streams.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.streams.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowsTest {

  @Test
  void shouldTakeTheWholeTailWhenFramesFollowEachOther() {
    assertThat(latest(0, 1, 2, 3)).containsExactly(0f, 1f, 2f, 3f);
  }

  @Test
  void shouldLeaveOutTheStaleFrameWhenTheFieldMovesAgain() {
    assertThat(latest(0, 1, 1, 1, 2, 3)).containsExactly(2f, 3f);
  }

  @Test
  void shouldTakeTheNewestAloneWhenTheSensorIsFrozen() {
    assertThat(latest(0, 1, 2, 2)).containsExactly(2f);
    assertThat(latest(0, 1, 1, 2)).containsExactly(2f);
  }

  /** First value of each frame of the window out of consecutive frames with these values. */
  private static List<Float> latest(double... values) {
    List<FieldFrame> frames = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      frames.add(Samples.frame("a", "run-1", i, values[i]));
    }
    return Windows.latest(Samples.SHAPE, frames).frames().stream().map(field -> field[0]).toList();
  }
}
