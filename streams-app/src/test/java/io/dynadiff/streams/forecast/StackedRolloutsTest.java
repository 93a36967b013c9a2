package io.dynadiff.streams.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.streams.Samples;
import io.dynadiff.streams.systems.ServedSystem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An expert without weights forecasts no change, on a field that rises by one with every frame. */
class StackedRolloutsTest {

  private static final int FRAMES = 6;
  private static final double TOLERANCE = 1e-5;

  @Test
  void shouldScoreByRolloutsAsLongAsTheBundleSays() {
    assertThat(scores(scoredOver(1), List.of(idle()))[0]).isCloseTo(1, within(TOLERANCE));
    // Off by one after a step, by two after two, by three after three.
    assertThat(scores(scoredOver(3), List.of(idle()))[0]).isCloseTo(2, within(TOLERANCE));
    // Never longer than the window allows: off by one to five.
    assertThat(scores(scoredOver(9), List.of(idle()))[0]).isCloseTo(3, within(TOLERANCE));
  }

  @Test
  void shouldScoreTheMeanOfMembersByTheSameRollouts() {
    assertThat(scores(scoredOver(3), List.of(idle(), idle()))[0]).isCloseTo(2, within(TOLERANCE));
    assertThat(scores(scoredOver(9), List.of(idle(), idle()))[0]).isCloseTo(3, within(TOLERANCE));
  }

  private static float[] idle() {
    return new float[Samples.system().expertSpec().parameterCount()];
  }

  private static double[] scores(ServedSystem system, List<float[]> members) {
    List<float[]> frames = new ArrayList<>();
    long[] times = new long[FRAMES];
    for (int t = 0; t < FRAMES; t++) {
      float[] frame = new float[system.shape().size()];
      Arrays.fill(frame, t);
      frames.add(frame);
      times[t] = t * system.intervalMillis();
    }
    try (StackedRollouts rollouts = new StackedRollouts(system)) {
      return rollouts.windowScores(
          List.of(members), new ObservationWindow(system.shape(), frames, times));
    }
  }

  private static ServedSystem scoredOver(int steps) {
    ServedSystem sample = Samples.system();
    return new ServedSystem(
        sample.system(),
        sample.bundleId(),
        sample.expertSpec(),
        sample.channels(),
        sample.normalisation(),
        sample.features(),
        sample.baseWeights(),
        sample.windowLength(),
        sample.leadCount(),
        sample.calibration(),
        sample.conditions(),
        sample.ensemble(),
        steps);
  }
}
