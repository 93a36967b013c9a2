package io.dynadiff.trainer.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlyStoppingTest {

  private static final int STEPS = 100;
  private static final int CHECK_STEPS = 5;
  private static final int PATIENCE = 3;

  /** Two trainings of two values each, pulled to zero from far and from near. */
  private static final float[] INITIAL = {8, -8, 1, -1};

  @TempDir Path work;

  private final TrainingLoop loop =
      new TrainingLoop(new PrintStream(OutputStream.nullOutputStream()), Duration.ZERO);

  /** Errors are smallest where a row's first value has fallen to 6 and to 0.5. */
  private static EarlyStopping stopping() {
    return new EarlyStopping(
        2, CHECK_STEPS, PATIENCE, (row, weights) -> Math.abs(weights[0] - (row == 0 ? 6f : 0.5f)));
  }

  /** A negative {@code killAt} never stops. */
  private void train(StageStore store, EarlyStopping stopping, int killAt) {
    int[] step = {store.checkpoint().map(c -> c.state().steps()).orElse(0)};
    loop.run(
        store,
        new TrainingLoop.Plan("test", STEPS, 0.1, 0, 0, 5),
        INITIAL,
        new Shape(2, 2),
        (scope, leaf, random) -> {
          if (step[0]++ == killAt) {
            throw new IllegalStateException("killed");
          }
          return leaf.square().sum();
        },
        stopping);
  }

  @Test
  void shouldKeepTheBestOfEachRowWhenItsErrorsRiseAgain() throws Exception {
    EarlyStopping stopping = stopping();
    StageStore store = new StageStore(work, "two", 1);
    train(store, stopping, -1);
    // Checks are 5 steps of at most 0.1 apart.
    assertThat(Math.abs(stopping.best().get(0)[0] - 6f)).isLessThan(0.26f);
    assertThat(Math.abs(stopping.best().get(1)[0] - 0.5f)).isLessThan(0.26f);
    for (int row = 0; row < 2; row++) {
      assertThat(stopping.lastSteps()[row] - stopping.bestSteps()[row])
          .isEqualTo(PATIENCE * CHECK_STEPS);
    }
    assertThat(stopping.bestSteps()[1]).isLessThan(stopping.bestSteps()[0]);
    assertThat(Files.readAllLines(store.directory().resolve("curve.csv")))
        .hasSize(1 + (int) stopping.lastSteps()[0]);
  }

  @Test
  void shouldEndWhereAnUninterruptedTrainingEndsWhenKilledAfterOneRowHasStopped() {
    EarlyStopping whole = stopping();
    train(new StageStore(work, "whole", 1), whole, -1);
    int kill = (int) whole.lastSteps()[1] + 2;
    StageStore store = new StageStore(work, "killed", 1);
    assertThatThrownBy(() -> train(store, stopping(), kill)).hasMessage("killed");
    EarlyStopping resumed = stopping();
    train(store, resumed, -1);
    assertThat(resumed.bestSteps()).isEqualTo(whole.bestSteps());
    assertThat(resumed.lastSteps()).isEqualTo(whole.lastSteps());
    assertThat(resumed.best()).usingRecursiveComparison().isEqualTo(whole.best());
  }

  @Test
  void shouldKeepSomethingWhenNoErrorIsANumber() {
    EarlyStopping stopping =
        new EarlyStopping(2, CHECK_STEPS, PATIENCE, (row, weights) -> Double.NaN);
    train(new StageStore(work, "nan", 1), stopping, -1);
    assertThat(stopping.lastSteps()).containsExactly(15, 15);
    assertThat(stopping.best()).hasSize(2).doesNotContainNull();
  }
}
