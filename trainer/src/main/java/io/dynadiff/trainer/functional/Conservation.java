package io.dynadiff.trainer.functional;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.trainer.data.LinearInvariant;
import java.util.List;

/**
 * What steps change of quantities that the dynamics leave as they are. Confined to one thread; the
 * constants belong to the manager it is made with.
 */
final class Conservation {

  private final FieldShape shape;
  private final NDArray weights;

  /**
   * @param invariants at least one; each counts the same whatever its unit, because its weights on
   *     normalised values are scaled to a sum of 1
   */
  Conservation(
      FieldShape shape,
      FieldNormalisation normalisation,
      List<LinearInvariant> invariants,
      NDManager manager) {
    this.shape = shape;
    int count = invariants.size();
    float[] matrix = new float[shape.size() * count];
    for (int k = 0; k < count; k++) {
      double sum = 0;
      for (int i = 0; i < shape.size(); i++) {
        double weight = invariants.get(k).weights()[i] * normalisation.scales()[i / shape.points()];
        matrix[i * count + k] = (float) weight;
        sum += Math.abs(weight);
      }
      for (int i = 0; i < shape.size(); i++) {
        matrix[i * count + k] /= (float) sum;
      }
    }
    this.weights = manager.create(matrix, new Shape(shape.size(), count));
  }

  /**
   * Mean square change.
   *
   * @param before normalised fields, axes [expert, channel, batch, point]
   * @param after same axes
   */
  NDArray violation(NDArray before, NDArray after) {
    long fields = before.getShape().size() / shape.size();
    return after
        .sub(before)
        .transpose(0, 2, 1, 3)
        .reshape(fields, shape.size())
        .matMul(weights)
        .square()
        .mean();
  }
}
