package io.dynadiff.models.expert;

/** What an expert is told of where a point lies. */
public enum Coordinates {
  /** Nothing: right where every place is like every other. */
  NONE,
  /** y and x from 0 to 1: right where the domain has edges. */
  LINEAR,
  /** Sine and cosine of both: right where opposite edges meet but places differ. */
  CYCLIC;

  /** Number of input channels. */
  public int channels() {
    return switch (this) {
      case NONE -> 0;
      case LINEAR -> 2;
      case CYCLIC -> 4;
    };
  }
}
