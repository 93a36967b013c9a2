package io.dynadiff.trainer.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RandomForestTest {

  /** Six numbers, the last four of which say nothing. */
  private static List<double[]> inputs(int count, long seed) {
    Random random = new Random(seed);
    List<double[]> inputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      inputs.add(random.doubles(6).toArray());
    }
    return inputs;
  }

  private static double[] target(double[] input) {
    return new double[] {input[0] > 0.5 ? 1 : -1, input[0] + 2 * input[1]};
  }

  @Test
  void shouldLearnAStepAndASumWhenSomeInputsSayNothing() {
    List<double[]> inputs = inputs(300, 1);
    List<double[]> targets = inputs.stream().map(RandomForestTest::target).toList();
    RandomForest forest = RandomForest.fit(inputs, targets, 10, 3);
    double[] squares = new double[2];
    List<double[]> fresh = inputs(200, 2);
    for (double[] input : fresh) {
      double[] found = forest.predict(input);
      for (int k = 0; k < 2; k++) {
        squares[k] += Math.pow(found[k] - target(input)[k], 2) / fresh.size();
      }
    }
    // the deviations of the targets are 1 and 0.65
    assertThat(Math.sqrt(squares[0])).isLessThan(0.3);
    assertThat(Math.sqrt(squares[1])).isLessThan(0.2);
    double[] again = RandomForest.fit(inputs, targets, 10, 3).predict(fresh.get(0));
    assertThat(again).isEqualTo(forest.predict(fresh.get(0)));
  }

  @Test
  void shouldLearnFromOneInputAlone() {
    List<double[]> inputs = inputs(300, 1).stream().map(input -> new double[] {input[0]}).toList();
    RandomForest forest = RandomForest.fit(inputs, inputs, 10, 3);
    assertThat(forest.predict(new double[] {0.2})[0]).isCloseTo(0.2, within(0.05));
    assertThat(forest.predict(new double[] {0.8})[0]).isCloseTo(0.8, within(0.05));
  }

  @Test
  void shouldRefuseInputsOfAnotherLength() {
    RandomForest forest =
        RandomForest.fit(
            inputs(10, 1), inputs(10, 1).stream().map(RandomForestTest::target).toList(), 1, 1);
    assertThatThrownBy(() -> forest.predict(new double[3]))
        .hasMessage("random forest: expected 6 inputs, found 3");
  }
}
