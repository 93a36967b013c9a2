package io.dynadiff.models.safetensors;

/**
 * A tensor with its name, row-major.
 *
 * @param name its path, for example {@code fno_blocks.convs.0.weight}
 * @param shape length of each axis
 * @param values as many values as the shape says
 */
public record NamedTensor(String name, long[] shape, float[] values) {

  public NamedTensor {
    long size = 1;
    for (long axis : shape) {
      if (axis < 0) {
        throw new IllegalArgumentException("tensor " + name + ": negative axis " + axis);
      }
      size = Math.multiplyExact(size, axis);
    }
    if (size != values.length) {
      throw new IllegalArgumentException(
          "tensor " + name + ": expected " + size + " values, found " + values.length);
    }
  }
}
