package io.dynadiff.trainer.functional;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.nn.Scalars;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.trainer.data.VorticityEquation;
import java.util.List;

/**
 * The vorticity equation, axes [expert, batch, y, x]. Advection is taken on half as many points
 * again, so that products of two fields do not alias; what a frame's grid does not resolve is not
 * in it.
 */
final class VorticityRate implements EquationRate {

  private final VorticityEquation equation;
  private final FieldShape shape;
  private final double scale;
  private final Axis alongX;
  private final Axis alongY;
  private final NDArray square;
  private final NDArray inverseSquare;

  /** A constant matrix and its transpose. */
  private record Matrix(NDArray rows, NDArray columns) {

    static Matrix of(float[] values, int rows, int columns, NDManager manager) {
      NDArray matrix = manager.create(values, new Shape(rows, columns));
      return new Matrix(matrix, matrix.transpose());
    }
  }

  /** Constant matrices along one axis; "fine" is the grid with half as many points again. */
  private record Axis(Matrix values, Matrix fine, Matrix slope, Matrix projection) {

    static Axis of(int points, double length, NDManager manager) {
      int places = (3 * points + 1) / 2;
      RealFourier basis = new RealFourier(points);
      return new Axis(
          Matrix.of(basis.values(points), points, points, manager),
          Matrix.of(basis.values(places), places, points, manager),
          Matrix.of(basis.derivatives(places, length), places, points, manager),
          Matrix.of(basis.projection(places), places, points, manager));
    }
  }

  VorticityRate(
      VorticityEquation equation,
      FieldShape shape,
      FieldNormalisation normalisation,
      NDManager manager) {
    this.equation = equation;
    this.shape = shape;
    this.scale = normalisation.scales()[equation.channel()];
    this.alongX = Axis.of(shape.width(), equation.domainLength(), manager);
    this.alongY = Axis.of(shape.height(), equation.domainLength(), manager);
    float[] squares = new float[shape.points()];
    float[] inverses = new float[shape.points()];
    double unit = 2 * Math.PI / equation.domainLength();
    for (int p = 0; p < squares.length; p++) {
      double waves =
          Math.hypot(
              RealFourier.wavenumber(p / shape.width()), RealFourier.wavenumber(p % shape.width()));
      squares[p] = (float) Math.pow(unit * waves, 2);
      inverses[p] = squares[p] > 0 ? 1 / squares[p] : 0;
    }
    this.square = manager.create(squares, new Shape(shape.height(), shape.width()));
    this.inverseSquare = manager.create(inverses, new Shape(shape.height(), shape.width()));
  }

  // Flows keep their zero when they are normalised.
  @Override
  public NDArray physical(NDArray frames) {
    NDArray vorticity =
        frames
            .split(shape.channels(), 1)
            .get(equation.channel())
            .reshape(
                frames.getShape().get(0), frames.getShape().get(2), shape.height(), shape.width());
    return Scalars.scale(vorticity, scale);
  }

  @Override
  public NDArray normalised(NDArray differences) {
    return Scalars.scale(differences, 1 / scale);
  }

  @Override
  public NDArray of(NDArray vorticity, List<double[]> conditions) {
    NDManager scope = vorticity.getManager();
    int experts = conditions.size();
    float[] viscosities = new float[experts];
    float[] forces = new float[experts * shape.points()];
    for (int e = 0; e < experts; e++) {
      viscosities[e] = (float) equation.viscosity().applyAsDouble(conditions.get(e));
      System.arraycopy(
          equation.force().apply(conditions.get(e)), 0, forces, e * shape.points(), shape.points());
    }
    NDArray modes = product(alongY.values.columns, vorticity, alongX.values.rows);
    NDArray stream = modes.mul(inverseSquare);
    NDArray advection =
        fine(alongY.slope, stream, alongX.fine)
            .mul(fine(alongY.fine, modes, alongX.slope))
            .sub(
                fine(alongY.fine, stream, alongX.slope)
                    .mul(fine(alongY.slope, modes, alongX.fine)));
    NDArray diffusion =
        modes.mul(square).mul(scope.create(viscosities, new Shape(experts, 1, 1, 1)));
    NDArray change =
        product(alongY.projection.columns, advection, alongX.projection.rows).add(diffusion);
    NDArray force = scope.create(forces, new Shape(experts, 1, shape.height(), shape.width()));
    return force.sub(product(alongY.values.rows, change, alongX.values.columns));
  }

  private static NDArray fine(Matrix alongY, NDArray modes, Matrix alongX) {
    return product(alongY.rows, modes, alongX.columns);
  }

  private static NDArray product(NDArray left, NDArray fields, NDArray right) {
    return ConstantMatrix.times(left, fields.matMul(right));
  }
}
