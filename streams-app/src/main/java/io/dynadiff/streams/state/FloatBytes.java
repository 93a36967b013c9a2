package io.dynadiff.streams.state;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Float32 arrays as little-endian bytes, for state stores. */
public final class FloatBytes {

  private FloatBytes() {}

  /** Encodes values. */
  public static ByteBuffer write(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  /** Decodes values, leaving the buffer's position alone. */
  public static float[] read(ByteBuffer bytes) {
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
