package io.dynadiff.trainer.functional;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.physics.field.FieldShape;

/**
 * Energy of fields by band of wavenumbers: the mean, then 1, 2 to 3, 4 to 7 and so on waves per
 * shorter side. The energies of a channel add up to its mean square.
 *
 * <p>On a domain that is not periodic the jump between opposite edges counts as structure of every
 * size; two fields with the same edges share it. Confined to one thread; the constants belong to
 * the manager it is made with.
 */
final class BandEnergies {

  /** Energy below which a band of normalised fields counts as empty. */
  private static final float FLOOR = 1e-6f;

  private final FieldShape shape;
  private final NDArray analysisX;
  private final NDArray analysisY;
  private final NDArray bands;

  BandEnergies(FieldShape shape, NDManager manager) {
    this.shape = shape;
    int height = shape.height();
    int width = shape.width();
    this.analysisX = manager.create(new RealFourier(width).values(width), new Shape(width, width));
    this.analysisY =
        manager
            .create(new RealFourier(height).values(height), new Shape(height, height))
            .transpose();
    this.bands = manager.create(membership(shape), new Shape(shape.points(), count(shape)));
  }

  private static int count(FieldShape shape) {
    int shorter = Math.min(shape.height(), shape.width());
    double highest = Math.hypot(shape.height() / 2, shape.width() / 2);
    return 1 + band(highest * shorter / Math.max(shape.height(), shape.width()), shorter);
  }

  private static int band(double waves, int shorter) {
    // Corners of the spectrum join the last full ring.
    double most = Math.max(1, shorter / 2);
    return waves < 0.5
        ? 0
        : 1 + (int) Math.floor(Math.log(Math.min(Math.max(waves, 1), most)) / Math.log(2) + 1e-9);
  }

  private static float[] membership(FieldShape shape) {
    int shorter = Math.min(shape.height(), shape.width());
    int count = count(shape);
    float[] matrix = new float[shape.points() * count];
    for (int y = 0, p = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++, p++) {
        double waves =
            Math.hypot(
                RealFourier.wavenumber(y) * (double) shorter / shape.height(),
                RealFourier.wavenumber(x) * (double) shorter / shape.width());
        matrix[p * count + band(waves, shorter)] = 1f / shape.points();
      }
    }
    return matrix;
  }

  /**
   * Energies.
   *
   * @param fields axes [expert, channel, batch, point]
   * @return axes [(expert, channel, batch), band]
   */
  NDArray of(NDArray fields) {
    long count = fields.getShape().size() / shape.points();
    NDArray alongX = fields.reshape(count * shape.height(), shape.width()).matMul(analysisX);
    NDArray coefficients =
        ConstantMatrix.times(analysisY, alongX.reshape(count, shape.height(), shape.width()));
    return coefficients.square().reshape(count, shape.points()).matMul(bands);
  }

  /** Mean square difference of the logarithms of two fields' energies: a number without unit. */
  NDArray difference(NDArray fields, NDArray others) {
    return of(fields).add(FLOOR).log().sub(of(others).add(FLOOR).log()).square().mean();
  }
}
