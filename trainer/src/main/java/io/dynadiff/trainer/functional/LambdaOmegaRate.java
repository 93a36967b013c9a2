package io.dynadiff.trainer.functional;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.nn.Scalars;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.trainer.data.LambdaOmegaEquation;
import java.util.List;

/** The Lambda-Omega equation, axes [expert, channel, batch, point]. */
final class LambdaOmegaRate implements EquationRate {

  private final LambdaOmegaEquation equation;
  private final FieldShape shape;
  private final NDArray scales;
  private final NDArray offsets;
  private final NDArray secondX;
  private final NDArray secondY;

  LambdaOmegaRate(
      LambdaOmegaEquation equation,
      FieldShape shape,
      FieldNormalisation normalisation,
      NDManager manager) {
    this.equation = equation;
    this.shape = shape;
    this.scales = perChannel(normalisation.scales(), manager);
    this.offsets = perChannel(normalisation.offsets(), manager);
    this.secondX = secondDerivative(shape.width(), equation.domainLength(), manager);
    this.secondY = secondDerivative(shape.height(), equation.domainLength(), manager);
  }

  private static NDArray perChannel(double[] values, NDManager manager) {
    float[] floats = new float[values.length];
    for (int c = 0; c < floats.length; c++) {
      floats[c] = (float) values[c];
    }
    return manager.create(floats, new Shape(1, floats.length, 1, 1));
  }

  /** A symmetric matrix, axes [point, point]. */
  private static NDArray secondDerivative(int points, double length, NDManager manager) {
    float[] factors = new float[points];
    for (int f = 0; f < points; f++) {
      factors[f] = (float) -Math.pow(2 * Math.PI * RealFourier.wavenumber(f) / length, 2);
    }
    NDArray basis =
        manager.create(new RealFourier(points).values(points), new Shape(points, points));
    return basis.mul(manager.create(factors)).matMul(basis.transpose());
  }

  @Override
  public NDArray physical(NDArray frames) {
    return frames.mul(scales).add(offsets);
  }

  @Override
  public NDArray normalised(NDArray differences) {
    return differences.div(scales);
  }

  @Override
  public NDArray of(NDArray fields, List<double[]> conditions) {
    float[] betas = new float[conditions.size()];
    for (int e = 0; e < betas.length; e++) {
      betas[e] = (float) equation.beta().applyAsDouble(conditions.get(e));
    }
    NDArray beta = fields.getManager().create(betas, new Shape(betas.length, 1, 1, 1));
    long count = fields.getShape().size() / shape.points();
    NDArray grid = fields.reshape(count, shape.height(), shape.width());
    NDArray laplacian =
        grid.matMul(secondX).add(ConstantMatrix.times(secondY, grid)).reshape(fields.getShape());
    NDList parts = fields.split(2, 1);
    NDArray u = parts.get(0);
    NDArray v = parts.get(1);
    NDArray modulus = u.square().add(v.square());
    NDArray turning = modulus.mul(beta);
    NDArray turned = NDArrays.concat(new NDList(turning.mul(v), turning.mul(u).neg()), 1);
    return Scalars.scale(laplacian, equation.mu()).add(fields).sub(fields.mul(modulus)).add(turned);
  }
}
