package io.dynadiff.models.fno;

import io.dynadiff.kernels.FnoGradient;
import io.dynadiff.kernels.FnoPass;
import io.dynadiff.kernels.FnoSizes;
import io.dynadiff.kernels.FnoStep;
import io.dynadiff.kernels.FnoWeights;
import io.dynadiff.kernels.VectorModule;
import io.dynadiff.models.expert.ExpertKernel;
import java.util.Optional;
import java.util.stream.IntStream;

/** A Fourier neural operator in vector instructions; {@link FnoNetwork} says what it computes. */
final class FnoKernel implements ExpertKernel {

  private final FnoWeights weights;
  private final FnoGradient gradient;
  private final FnoStep step;
  private final FnoPass[] tapes;

  /** Empty where the JVM was started without its vector instructions; the engine does it then. */
  static Optional<ExpertKernel> of(FnoForm form, int tapes) {
    return VectorModule.present() ? Optional.of(new FnoKernel(form, tapes)) : Optional.empty();
  }

  private FnoKernel(FnoForm form, int tapes) {
    int points = form.shape().points();
    float[] coordinates = FnoNetwork.coordinates(form.shape(), form.coordinates());
    float[][] constants = new float[form.coordinates().channels()][points];
    for (int c = 0; c < constants.length; c++) {
      System.arraycopy(coordinates, c * points, constants[c], 0, points);
    }
    FnoSizes sizes =
        new FnoSizes(
            form.shape().channels(),
            form.shape().height(),
            form.shape().width(),
            constants,
            form.clock(),
            form.hidden(),
            form.wide(),
            form.channelMlp() ? form.narrow() : 0,
            form.layers(),
            form.wavenumbers().firstY(),
            form.wavenumbers().rows(),
            form.wavenumbers().columns());
    this.weights = new FnoWeights(sizes);
    this.gradient = new FnoGradient(sizes);
    this.step = new FnoStep(sizes);
    this.tapes =
        IntStream.range(0, tapes).mapToObj(t -> new FnoPass(sizes)).toArray(FnoPass[]::new);
  }

  @Override
  public void load(float[] flat, int from) {
    weights.load(flat, from);
  }

  @Override
  public void step(
      float[] field, int from, int stride, float clockSine, float clockCosine, float[] change) {
    step.forward(weights, field, from, stride, clockSine, clockCosine, change);
  }

  @Override
  public void forward(
      int tape,
      float[] field,
      int from,
      int stride,
      float clockSine,
      float clockCosine,
      float[] change) {
    tapes[tape].forward(weights, field, from, stride, clockSine, clockCosine, change);
  }

  @Override
  public void backward(int tape, float[] changeGradient, float[] fieldGradient) {
    tapes[tape].backward(weights, changeGradient, gradient, fieldGradient);
  }

  @Override
  public void drainGradient(float[] flat, int from) {
    gradient.drainTo(flat, from);
  }
}
