package io.dynadiff.schemas.tensor;

/** Says that a tensor contradicts itself: what was expected, what was found, and where. */
public final class TensorFormatException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  public TensorFormatException(String message) {
    super(message);
  }
}
