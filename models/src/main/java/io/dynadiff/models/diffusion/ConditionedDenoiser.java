package io.dynadiff.models.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.dynadiff.models.nn.Parameters;
import io.dynadiff.models.nn.Scalars;
import java.util.Arrays;

/**
 * A trained transformer under one condition, with classifier-free guidance where it is asked for
 * ("Classifier-Free Diffusion Guidance"): the prediction without the condition plus the guidance
 * weight times what the condition changes.
 *
 * <p>Confined to one thread; owns nothing.
 */
public final class ConditionedDenoiser implements Denoiser {

  private final DiffusionTransformer transformer;
  private final Parameters parameters;
  private final NDArray condition;
  private final double guidance;
  private final int batch;

  /**
   * @param transformer the network
   * @param parameters its parameters
   * @param condition axes [batch, condition]; must outlive this object
   * @param guidance see {@link SamplerSettings#guidance}
   * @throws IllegalArgumentException if guidance is asked of a network without a learned condition
   *     for "nothing known"
   */
  public ConditionedDenoiser(
      DiffusionTransformer transformer, Parameters parameters, NDArray condition, double guidance) {
    this.transformer = transformer;
    this.parameters = parameters;
    this.guidance = guidance;
    this.batch = Math.toIntExact(condition.getShape().get(0));
    this.condition =
        guidance == 1
            ? condition
            : NDArrays.concat(
                new NDList(condition, transformer.nullCondition(parameters, condition)), 0);
  }

  @Override
  public NDArray clean(NDArray z, double time) {
    NoiseSchedule schedule = transformer.spec().schedule();
    NDArray here = condition.duplicate();
    here.attach(z.getManager());
    float[] times = new float[guidance == 1 ? batch : 2 * batch];
    Arrays.fill(times, (float) time);
    NDArray prediction;
    if (guidance == 1) {
      prediction = transformer.predict(parameters, z, times, here);
    } else {
      NDList both =
          transformer
              .predict(parameters, NDArrays.concat(new NDList(z, z), 0), times, here)
              .split(2, 0);
      NDArray without = both.get(1);
      prediction = without.add(Scalars.scale(both.get(0).sub(without), guidance));
    }
    return transformer
        .spec()
        .target()
        .clean(z, prediction, schedule.alpha(time), schedule.sigma(time));
  }
}
