package io.dynadiff.models.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Random;

/**
 * Normal noise from a seeded Java generator, so that it does not depend on the engine. Draws follow
 * one another; not for use by several threads.
 */
public final class SeededNoise {

  private final Random random;
  private final double temperature;

  /**
   * @param seed seed
   * @param temperature standard deviation of every draw, at least 0
   */
  public SeededNoise(long seed, double temperature) {
    this.random = new Random(seed);
    this.temperature = temperature;
  }

  /** Draws the next noise, owned by the manager. */
  public NDArray draw(NDManager manager, Shape shape) {
    float[] noise = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (temperature * random.nextGaussian());
    }
    return manager.create(noise, shape);
  }
}
