package io.dynadiff.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConditionCoverTest {

  private static final double[] NO_PERIODS = {0, 0};

  /** A grid of radii 0..8 and Reynolds numbers 0, 100, ..., 800, radius changing last. */
  private static List<double[]> grid() {
    List<double[]> grid = new ArrayList<>();
    for (int radius = 0; radius < 9; radius++) {
      for (int reynolds = 0; reynolds < 9; reynolds++) {
        grid.add(new double[] {radius, 100 * reynolds});
      }
    }
    return grid;
  }

  @Test
  void shouldTakeTheMiddleThenTheCornersThenTheEdges() {
    ConditionCover cover = new ConditionCover(grid(), NO_PERIODS);
    assertThat(cover.choose(1)).containsExactly(40);
    assertThat(cover.choose(5)).containsExactly(0, 8, 40, 72, 80);
    assertThat(cover.choose(9)).containsExactly(0, 4, 8, 36, 40, 44, 72, 76, 80);
  }

  @Test
  void shouldTakeAllWhenThereAreNoMore() {
    ConditionCover cover = new ConditionCover(grid(), NO_PERIODS);
    assertThat(cover.choose(81)).isEqualTo(IntStream.range(0, 81).boxed().toList());
    assertThat(cover.choose(500)).hasSize(81);
  }

  @Test
  void shouldGoTheShorterWayRoundWhenAConditionIsPeriodic() {
    List<double[]> around = IntStream.range(0, 8).mapToObj(i -> new double[] {i / 8.0}).toList();
    // 0.375 is nearest to the middle of 0..0.875 and first; 0.875 is half a turn away, while 0 is
    // not.
    assertThat(new ConditionCover(around, new double[] {1}).choose(2)).containsExactly(3, 7);
    assertThat(new ConditionCover(around, new double[] {0}).choose(2)).containsExactly(3, 7);
    assertThat(new ConditionCover(around, new double[] {1}).choose(4)).containsExactly(1, 3, 5, 7);
    assertThat(new ConditionCover(around, new double[] {0}).choose(3)).containsExactly(0, 3, 7);
  }

  @Test
  void shouldNotMindAConditionThatIsTheSameEverywhere() {
    List<double[]> line = IntStream.range(0, 5).mapToObj(i -> new double[] {i, 7}).toList();
    assertThat(new ConditionCover(line, NO_PERIODS).choose(3)).containsExactly(0, 2, 4);
  }
}
