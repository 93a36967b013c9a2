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

class TrainingLoopTest {

  private static final TrainingLoop.Plan PLAN =
      new TrainingLoop.Plan("test", 30, 0.1, 0.01, 0.9, 5);
  private static final float[] INITIAL = {4, -3, 2};

  @TempDir Path work;

  private final TrainingLoop loop =
      new TrainingLoop(new PrintStream(OutputStream.nullOutputStream()), Duration.ZERO);

  /** A noisy quadratic; a negative {@code killAt} never stops. */
  private float[] train(StageStore store, int killAt) {
    int[] step = {store.checkpoint().map(c -> c.state().steps()).orElse(0)};
    return loop.run(
        store,
        PLAN,
        INITIAL,
        new Shape(3),
        (scope, leaf, random) -> {
          if (step[0]++ == killAt) {
            throw new IllegalStateException("killed");
          }
          return leaf.sub((float) random.nextGaussian()).square().sum();
        });
  }

  @Test
  void shouldEndWhereAnUninterruptedTrainingEndsWhenKilledHalfWay() {
    float[] whole = train(new StageStore(work, "whole", 1), -1);
    StageStore store = new StageStore(work, "killed", 1);
    assertThatThrownBy(() -> train(store, 17)).hasMessage("killed");
    assertThat(store.checkpoint().orElseThrow().state().steps()).isEqualTo(17);
    assertThat(train(store, -1)).isEqualTo(whole);
  }

  @Test
  void shouldWriteTheCurveAsTableAndPicture() throws Exception {
    StageStore store = new StageStore(work, "curve", 1);
    train(store, -1);
    assertThat(Files.readAllLines(store.directory().resolve("curve.csv"))).hasSize(31);
    assertThat(javax.imageio.ImageIO.read(store.directory().resolve("curve.png").toFile()))
        .isNotNull();
  }

  @Test
  void shouldNameTheStageWhenTheLossIsNotFinite() {
    assertThatThrownBy(
            () ->
                loop.run(
                    new StageStore(work, "nan", 1),
                    PLAN,
                    INITIAL,
                    new Shape(3),
                    (scope, leaf, random) -> leaf.mul(Float.POSITIVE_INFINITY).sum()))
        .hasMessageContaining("training test")
        .hasMessageContaining("at step 0");
  }

  @Test
  void shouldFindResultsByTheirInputsAlone() {
    StageStore store = new StageStore(work, "stage", "a", 1);
    store.finish(java.util.List.of(StageStore.vector("v", new float[] {1, 2})));
    assertThat(new StageStore(work, "stage", "a", 1).result()).isPresent();
    assertThat(new StageStore(work, "stage", "a", 2).result()).isEmpty();
  }

  @Test
  void shouldNoteTheCostOfAllRunsThatAStageTook() {
    StageStore store = new StageStore(work, "cost", 1);
    assertThat(StageCost.read(store)).isEmpty();
    assertThatThrownBy(() -> train(store, 17)).hasMessage("killed");
    StageCost before = StageCost.read(store).orElseThrow();
    assertThat(before.steps()).isEqualTo(17);
    train(store, -1);
    StageCost whole = StageCost.read(store).orElseThrow();
    assertThat(whole.steps()).isEqualTo(30);
    assertThat(whole.seconds()).isGreaterThan(before.seconds());
    assertThat(whole.peakMebibytes()).isGreaterThanOrEqualTo(before.peakMebibytes());
  }
}
