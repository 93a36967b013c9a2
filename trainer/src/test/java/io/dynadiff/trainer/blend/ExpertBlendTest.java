package io.dynadiff.trainer.blend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.models.regression.LatentInterpolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ExpertBlendTest {

  private static final float[] LINE = {-1.5f, -1, -0.3f, 0, 0.4f, 1, 1.2f};

  private static LabelledExperts experts(
      List<float[]> conditions, Function<float[], float[]> weights) {
    return new LabelledExperts(conditions, conditions.stream().map(weights).toList());
  }

  private static List<float[]> line() {
    List<float[]> conditions = new ArrayList<>();
    for (float value : LINE) {
      conditions.add(new float[] {value});
    }
    return conditions;
  }

  private static List<float[]> plane(int count, long seed) {
    Random random = new Random(seed);
    List<float[]> conditions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      conditions.add(new float[] {(float) random.nextGaussian(), (float) random.nextGaussian()});
    }
    return conditions;
  }

  private static float[] affine(float[] c) {
    float sum = 0;
    for (int i = 0; i < c.length; i++) {
      sum += (i + 1) * c[i];
    }
    return new float[] {3 + 2 * sum, -sum, 5};
  }

  private static float[] bilinear(float[] c) {
    return new float[] {1 + c[0] - 2 * c[1] + 3 * c[0] * c[1], c[0] * c[0]};
  }

  private static float[] smooth(float[] c) {
    return new float[] {(float) Math.sin(c[0] + 0.5 * c[1]), (float) Math.cos(c[1])};
  }

  @Test
  void shouldInterpolateLatentsAsItBlendsExperts() {
    LabelledExperts experts = experts(plane(12, 3), ExpertBlendTest::smooth);
    RadialBlend blend = new RadialBlend(experts);
    LatentInterpolation interpolation = blend.interpolation(experts);
    for (float[] conditions : plane(5, 4)) {
      // Both are single precision, and the terms nearly cancel.
      assertThat(interpolation.latent(conditions))
          .containsExactly(experts.blend(blend.shares(conditions)), within(2e-3f));
    }
  }

  @Test
  void shouldRecoverWeightsWhenTheyAreALineInOneCondition() {
    LabelledExperts experts = experts(line(), ExpertBlendTest::affine);
    float[] between = {0.7f};

    assertThat(experts.blend(new LinearBlend(experts).shares(between)))
        .containsExactly(affine(between), within(1e-5f));
    assertThat(experts.blend(new RidgeBlend(experts).shares(between)))
        .containsExactly(affine(between), within(1e-4f));
  }

  @Test
  void shouldTakeTheOutermostExpertWhenTheConditionLiesBeyondIt() {
    LabelledExperts experts = experts(line(), ExpertBlendTest::affine);

    assertThat(new LinearBlend(experts).shares(new float[] {-9}))
        .containsExactly(1, 0, 0, 0, 0, 0, 0);
    assertThat(new LinearBlend(experts).shares(new float[] {9}))
        .containsExactly(0, 0, 0, 0, 0, 0, 1);
  }

  @Test
  void shouldRefuseToInterpolateLinearlyWhenThereAreSeveralConditions() {
    LabelledExperts experts = experts(plane(4, 1), ExpertBlendTest::affine);

    assertThatThrownBy(() -> new LinearBlend(experts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a single condition, found 2");
  }

  @Test
  void shouldRecoverWeightsWhenTheyAreProductsOfTwoConditions() {
    LabelledExperts experts = experts(plane(20, 2), ExpertBlendTest::bilinear);
    RidgeBlend ridge = new RidgeBlend(experts);
    float[] elsewhere = {0.3f, -0.8f};

    assertThat(ridge.products()).isTrue();
    assertThat(experts.blend(ridge.shares(elsewhere)))
        .containsExactly(bilinear(elsewhere), within(1e-3f));
  }

  @Test
  void shouldPenaliseMoreWhenWeightsAreNoise() {
    Random random = new Random(3);
    LabelledExperts noise = experts(plane(20, 4), c -> new float[] {(float) random.nextGaussian()});
    LabelledExperts signal = experts(plane(20, 4), ExpertBlendTest::affine);

    assertThat(new RidgeBlend(noise).penalty())
        .isGreaterThan(10 * new RidgeBlend(signal).penalty());
  }

  @Test
  void shouldComeCloseToASmoothSurfaceWhenBasesAreRadial() {
    LabelledExperts experts = experts(plane(40, 5), ExpertBlendTest::smooth);
    RadialBlend radial = new RadialBlend(experts);
    float[] inside = {0.2f, 0.1f};

    assertThat(experts.blend(radial.shares(inside))).containsExactly(smooth(inside), within(0.01f));
    assertThat(experts.blend(radial.shares(experts.conditions().get(7))))
        .containsExactly(experts.weights().get(7), within(0.01f));
  }

  @Test
  void shouldReturnTheCommonExpertWhenAllAreAlike() {
    LabelledExperts experts = experts(plane(12, 6), c -> new float[] {2, -1});
    float[] far = {5, 5};

    assertThat(experts.blend(new RadialBlend(experts).shares(far)))
        .containsExactly(new float[] {2, -1}, within(1e-2f));
    assertThat(experts.blend(new RidgeBlend(experts).shares(far)))
        .containsExactly(new float[] {2, -1}, within(1e-3f));
  }

  @Test
  void shouldTakeTheNearestWhenAskedForOne() {
    LabelledExperts experts = experts(line(), ExpertBlendTest::affine);

    assertThat(new NearestBlend(experts).shares(new float[] {0.25f}))
        .containsExactly(0, 0, 0, 0, 1, 0, 0);
  }
}
