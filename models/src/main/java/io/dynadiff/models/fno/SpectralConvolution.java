package io.dynadiff.models.fno;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.physics.field.FieldShape;

/**
 * Products in truncated Fourier space, the kernels of many experts at once.
 *
 * <p>Each transform is one product with a constant matrix for all experts, channels and samples,
 * and the kernels are one batched product over experts and wavenumbers. Confined to one thread; the
 * constants belong to the manager it is made with.
 */
final class SpectralConvolution {

  private final int modes;
  private final NDArray analysis;
  private final NDArray synthesis;

  SpectralConvolution(FieldShape shape, Wavenumbers wavenumbers, NDManager manager) {
    this.modes = wavenumbers.count();
    this.analysis =
        manager.create(
            FourierBasis.analysis(shape, wavenumbers), new Shape(shape.points(), 2L * modes));
    this.synthesis =
        manager.create(
            FourierBasis.synthesis(shape, wavenumbers), new Shape(2L * modes, shape.points()));
  }

  /**
   * Convolves every expert's channels with its own kernels.
   *
   * @param kernels axes [expert, out, (in, mode, re/im)]
   * @param u axes [expert, in, batch, point]
   * @return axes [expert, out, batch, point], in the manager of {@code u}
   */
  NDArray apply(NDArray kernels, NDArray u) {
    long experts = u.getShape().get(0);
    long in = u.getShape().get(1);
    long batch = u.getShape().get(2);
    long out = kernels.getShape().get(1);
    NDArray coefficients =
        u.matMul(analysis)
            .reshape(experts, in, batch, 2, modes)
            .transpose(0, 4, 2, 3, 1)
            .reshape(experts, modes, batch, 2 * in);
    return coefficients
        .matMul(realBlocks(kernels, experts, in, out))
        .reshape(experts, modes, batch, 2, out)
        .transpose(0, 4, 2, 3, 1)
        .reshape(experts, out, batch, 2L * modes)
        .matMul(synthesis);
  }

  /** Complex kernels as real blocks [[Re, Im], [-Im, Re]], axes [expert, mode, 2 in, 2 out]. */
  private NDArray realBlocks(NDArray kernels, long experts, long in, long out) {
    NDList parts = kernels.reshape(experts, out, in, modes, 2).transpose(0, 3, 4, 2, 1).split(2, 2);
    NDArray re = parts.get(0).squeeze(2);
    NDArray im = parts.get(1).squeeze(2);
    return re.concat(im, 3).concat(im.neg().concat(re, 3), 2);
  }
}
