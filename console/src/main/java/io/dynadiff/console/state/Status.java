package io.dynadiff.console.state;

/** What an environment's expert is about, as far as the decisions tell. */
public enum Status {
  /** Forecast by the bundle's base expert: no weights of its own yet. */
  BASE,
  /** Forecast by an expert that was generated for it. */
  ADAPTED,
  /** A shift was detected; the window after it is being filled. */
  SHIFTED,
  /** Weights were asked for. */
  GENERATING,
  /** Went back to the expert before, since the new one was worse. */
  ROLLED_BACK,
  /** A person holds the expert as it is. */
  PINNED,
  /** The sensor repeats one field. */
  FROZEN;

  /** The status after a decision of the kind. */
  Status after(String decision) {
    return switch (decision) {
      case "SHIFT_DETECTED" -> SHIFTED;
      case "REQUESTED", "GENERATED" -> GENERATING;
      case "ACCEPTED" -> ADAPTED;
      case "ROLLED_BACK" -> ROLLED_BACK;
      case "PINNED" -> PINNED;
      case "FROZEN" -> FROZEN;
      default -> this;
    };
  }
}
