package io.dynadiff.models.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class DpmSolverTest {

  /** v of the optimal denoiser when clean latents are normal with mean m and deviation s. */
  private static NDArray optimal(NDArray z, double t, double m, double s) {
    double a = CosineSchedule.alpha(t);
    double b = CosineSchedule.sigma(t);
    double gain = a * s * s / (a * a * s * s + b * b);
    NDArray clean = z.sub((float) (a * m)).mul((float) gain).add((float) m);
    NDArray noise = z.sub(clean.mul((float) a)).div((float) b);
    return noise.mul((float) a).sub(clean.mul((float) b));
  }

  @Test
  void shouldMapNoiseAffinelyToTheDataWhenTheDataIsNormal() {
    double mean = 0.7;
    double deviation = 0.4;
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray noise = manager.create(new float[] {-1.5f, 0, 1.5f}, new Shape(1, 1, 3));
      double previous = Double.MAX_VALUE;
      for (int steps : new int[] {5, 10, 40}) {
        float[] z =
            DpmSolver.sample(noise, steps, (x, t) -> optimal(x, t, mean, deviation)).toFloatArray();
        // The exact flow of the probability ODE maps noise n to mean + deviation * n.
        double error = 0;
        for (int i = 0; i < 3; i++) {
          double exact = mean + deviation * (i - 1) * 1.5;
          error = Math.max(error, Math.abs(z[i] - exact));
        }
        assertThat(error).isLessThan(previous);
        previous = error;
      }
      assertThat(previous).isCloseTo(0, within(0.01));
    }
  }
}
