package io.dynadiff.models.bundle;

import java.io.IOException;

/** A bundle or one of its files is not what it must be; the message says where and what to do. */
public final class BundleFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  public BundleFormatException(String message) {
    super(message);
  }

  public BundleFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
