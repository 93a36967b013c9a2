package io.dynadiff.schemas.tensor;

import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.avro.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns arrays of numbers into {@link Tensor} records and back: row-major, little-endian.
 *
 * <p>Stateless, safe for use by many threads. Values need not be finite; whoever needs finite
 * values checks them. A Python reader needs one line: {@code numpy.frombuffer(data,
 * '<f4').reshape(shape)}.
 */
public final class TensorCodec {

  private TensorCodec() {}

  /**
   * Returns a tensor that holds {@code values} in row-major order.
   *
   * @param shape length of each axis, slowest first, each at least 1; no axis for a single number
   * @throws TensorFormatException if the shape does not hold exactly {@code values.length} numbers
   */
  public static Tensor encode(float[] values, DType dtype, int... shape) {
    List<Integer> axes = new ArrayList<>(shape.length);
    for (int length : shape) {
      axes.add(length);
    }
    long count = elementCount(axes);
    if (count != values.length) {
      throw new TensorFormatException(
          "Shape %s holds %d values, found %d; give the shape of the array that is encoded."
              .formatted(Arrays.toString(shape), count, values.length));
    }
    ByteBuffer data =
        ByteBuffer.allocate(Math.multiplyExact(values.length, elementSize(dtype)))
            .order(ByteOrder.LITTLE_ENDIAN);
    switch (dtype) {
      case FLOAT32 -> data.asFloatBuffer().put(values);
      case FLOAT16 -> {
        for (float value : values) {
          data.putShort(HalfPrecision.toFloat16(value));
        }
      }
      case BFLOAT16 -> {
        for (float value : values) {
          data.putShort(HalfPrecision.toBfloat16(value));
        }
      }
    }
    return new Tensor(dtype, axes, data.rewind().order(ByteOrder.BIG_ENDIAN));
  }

  /**
   * Returns the values of a tensor in row-major order; the tensor is left as it was.
   *
   * @throws TensorFormatException if an axis is not positive, the product of the shape overflows,
   *     or the bytes are not exactly as many as shape and element type ask for
   */
  public static float[] decode(Tensor tensor) {
    DType dtype = tensor.getDtype();
    long count = elementCount(tensor.getShape());
    ByteBuffer data = tensor.getData().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    long expectedBytes = count * elementSize(dtype);
    if (data.remaining() != expectedBytes) {
      throw new TensorFormatException(
          "Tensor of %s %s needs %d bytes, found %d."
              .formatted(dtype, tensor.getShape(), expectedBytes, data.remaining()));
    }
    float[] values = new float[(int) count];
    switch (dtype) {
      case FLOAT32 -> data.asFloatBuffer().get(values);
      case FLOAT16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = HalfPrecision.fromFloat16(data.getShort());
        }
      }
      case BFLOAT16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = HalfPrecision.fromBfloat16(data.getShort());
        }
      }
    }
    return values;
  }

  /** Returns the length of each axis, slowest first, as an array of the caller's own. */
  public static int[] shape(Tensor tensor) {
    return tensor.getShape().stream().mapToInt(Integer::intValue).toArray();
  }

  /** Returns the bytes that one element takes on the wire: 4 or 2. */
  public static int elementSize(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> 4;
      case FLOAT16, BFLOAT16 -> 2;
    };
  }

  /** The product of the axes; at most 2^31 - 1, so that its bytes fit a long and it an array. */
  private static long elementCount(List<Integer> shape) {
    long count = 1;
    for (int axis = 0; axis < shape.size(); axis++) {
      int length = shape.get(axis);
      if (length < 1) {
        throw new TensorFormatException(
            "Axis %d of shape %s is %d, expected at least 1.".formatted(axis, shape, length));
      }
      count *= length;
      if (count > Integer.MAX_VALUE) {
        throw new TensorFormatException(
            "Shape %s holds more than %d values, the most a tensor may hold."
                .formatted(shape, Integer.MAX_VALUE));
      }
    }
    return count;
  }
}
