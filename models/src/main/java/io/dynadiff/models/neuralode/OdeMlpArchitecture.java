package io.dynadiff.models.neuralode;

import ai.djl.ndarray.NDManager;
import io.dynadiff.models.expert.ExpertArchitecture;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.Prediction;
import io.dynadiff.models.expert.WeightLayout;
import io.dynadiff.models.expert.WeightLayout.Layer;
import io.dynadiff.models.expert.WeightLayout.Segment;
import io.dynadiff.physics.field.FieldShape;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A small perceptron as the vector field of an ordinary differential equation, integrated over one
 * frame interval (paper appendix H.10); named {@value #NAME}.
 *
 * <p>For states without space: a field of one point, its channels the variables. The sizes are
 * {@code hidden}, the width of the one hidden layer, and {@code substeps}, the fourth-order
 * Runge-Kutta steps in a frame interval. Named tensors are those of a sequence of linear map, tanh
 * and linear map called {@code net}.
 */
public final class OdeMlpArchitecture implements ExpertArchitecture {

  /** Name in specifications. */
  public static final String NAME = "ode-mlp";

  static final String HIDDEN = "hidden";
  static final String SUBSTEPS = "substeps";

  private static final int MOST_SUBSTEPS = 1000;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void validate(ExpertSpec spec) {
    spec.requireSizes(Set.of(HIDDEN, SUBSTEPS));
    if (spec.size(SUBSTEPS) > MOST_SUBSTEPS) {
      throw new IllegalArgumentException(
          "expert: expected at most " + MOST_SUBSTEPS + " substeps, found " + spec.size(SUBSTEPS));
    }
    FieldShape shape = spec.fieldShape();
    if (shape.points() != 1
        || spec.prediction() != Prediction.RESIDUAL
        || spec.clockPeriodMillis() != 0) {
      throw new IllegalArgumentException(
          "expert: expected a field of one point, prediction RESIDUAL and no clock for "
              + NAME
              + ", found "
              + shape
              + ", "
              + spec.prediction()
              + " and a clock period of "
              + spec.clockPeriodMillis()
              + " ms");
    }
  }

  @Override
  public WeightLayout layout(ExpertSpec spec) {
    int variables = spec.fieldShape().channels();
    int hidden = spec.size(HIDDEN);
    return new WeightLayout(
        List.of(linear("net.0", hidden, variables), linear("net.2", variables, hidden)));
  }

  private static Layer linear(String name, int out, int in) {
    return new Layer(
        name, out, List.of(Segment.of(name + ".weight", out, in), Segment.of(name + ".bias", out)));
  }

  @Override
  public ExpertNetwork network(ExpertSpec spec, NDManager manager) {
    return new OdeMlpNetwork(spec, manager);
  }

  /** Uniform in +-1/sqrt(inputs), weights and biases alike. */
  @Override
  public float[] initialWeights(ExpertSpec spec, long seed) {
    Random random = new Random(seed);
    WeightLayout layout = layout(spec);
    float[] weights = new float[layout.parameterCount()];
    int at = 0;
    for (Layer layer : layout.layers()) {
      double bound = 1 / Math.sqrt(layer.segments().get(0).length());
      for (int i = 0; i < layer.size(); i++) {
        weights[at++] = (float) ((2 * random.nextDouble() - 1) * bound);
      }
    }
    return weights;
  }
}
