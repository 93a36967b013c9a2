package io.dynadiff.streams.admit;

/** A record of the frames topic cannot become a frame. */
public final class UnacceptableFrameException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Rejection rejection;

  UnacceptableFrameException(RejectionReason reason, String detail, Throwable cause) {
    // No stack trace: this is a verdict on input, not a fault of the code.
    super(reason + ": " + detail, cause, false, false);
    this.rejection = new Rejection(reason, detail);
  }

  UnacceptableFrameException(RejectionReason reason, String detail) {
    this(reason, detail, null);
  }

  public Rejection rejection() {
    return rejection;
  }
}
