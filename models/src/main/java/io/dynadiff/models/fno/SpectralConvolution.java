package io.dynadiff.models.fno;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.physics.field.FieldShape;

/**
 * Products in truncated Fourier space, the kernels of many experts at once.
 *
 * <p>The transform along either axis is one product with a constant matrix for all experts,
 * channels and samples; the kernels are one batched product over experts and wavenumbers, with all
 * samples in its rows. Confined to one thread; the constants belong to the manager it is made with.
 */
final class SpectralConvolution {

  private final int height;
  private final int width;
  private final int rows;
  private final int columns;
  private final NDArray analysisX;
  private final NDArray analysisY;
  private final NDArray synthesisY;
  private final NDArray synthesisX;

  SpectralConvolution(FieldShape shape, Wavenumbers kept, NDManager manager) {
    this.height = shape.height();
    this.width = shape.width();
    this.rows = kept.rows();
    this.columns = kept.columns();
    this.analysisX =
        manager.create(FourierBasis.analysisX(shape, kept), new Shape(width, 2L * columns));
    this.analysisY =
        manager.create(FourierBasis.analysisY(shape, kept), new Shape(2L * height, 2L * rows));
    this.synthesisY =
        manager.create(FourierBasis.synthesisY(shape, kept), new Shape(2L * rows, 2L * height));
    this.synthesisX =
        manager.create(FourierBasis.synthesisX(shape, kept), new Shape(2L * columns, width));
  }

  /**
   * Convolves every expert's channels with its own kernels.
   *
   * @param kernels axes [expert, out, (in, ky, kx, re/im)]
   * @param u axes [expert, in, batch, point]
   * @return axes [expert, out, batch, point], in the manager of {@code u}
   */
  NDArray apply(NDArray kernels, NDArray u) {
    long experts = u.getShape().get(0);
    long in = u.getShape().get(1);
    long batch = u.getShape().get(2);
    long out = kernels.getShape().get(1);
    // axes [(expert, kx, ky), (re/im, batch), in]
    NDArray coefficients =
        analyse(u, experts * in * batch)
            .reshape(experts, in, batch, columns, 2, rows)
            .transpose(0, 3, 5, 4, 2, 1)
            .reshape(experts * columns * rows, 2 * batch, in);
    // axes [(expert, kx, ky), in, (re/im, out)]
    NDArray factors =
        kernels
            .reshape(experts, out, in, rows, columns, 2)
            .transpose(0, 4, 3, 2, 5, 1)
            .reshape(experts * columns * rows, in, 2 * out);
    NDArray convolved =
        complex(coefficients.matMul(factors), batch, out)
            .reshape(experts, columns, rows, 2, batch, out)
            .transpose(0, 5, 4, 1, 3, 2);
    return synthesise(convolved, experts * out * batch)
        .reshape(experts, out, batch, (long) height * width);
  }

  /** Fields to coefficients, axes [(field, kx), (re/im, ky)]. */
  private NDArray analyse(NDArray u, long fields) {
    return u.reshape(fields * height, width)
        .matMul(analysisX)
        .reshape(fields, height, 2, columns)
        .transpose(0, 3, 2, 1)
        .reshape(fields * columns, 2L * height)
        .matMul(analysisY);
  }

  /** Coefficients, axes [.., kx, re/im, ky], to fields, axes [(field, y), x]. */
  private NDArray synthesise(NDArray coefficients, long fields) {
    return coefficients
        .reshape(fields * columns, 2L * rows)
        .matMul(synthesisY)
        .reshape(fields, columns, 2, height)
        .transpose(0, 3, 2, 1)
        .reshape(fields * height, 2L * columns)
        .matMul(synthesisX);
  }

  /**
   * Puts the four real products of two complex numbers together.
   *
   * @param products axes [wavenumber, (re/im of one, batch), (re/im of the other, out)]
   * @return axes [wavenumber, re/im, batch, out]
   */
  private static NDArray complex(NDArray products, long batch, long out) {
    long wavenumbers = products.getShape().get(0);
    NDList parts = products.reshape(wavenumbers, 2, batch, 2, out).split(2, 1);
    NDList re = parts.get(0).split(2, 3);
    NDList im = parts.get(1).split(2, 3);
    return re.get(0).sub(im.get(1)).concat(re.get(1).add(im.get(0)), 1);
  }
}
