package io.dynadiff.models.expert;

/** What an expert's network predicts of the next normalised state. */
public enum Prediction {

  /** The change: the next state is {@code x + residualScale * f(x)}. */
  RESIDUAL,

  /** The next state itself, {@code f(x)}, as in the paper. */
  DIRECT
}
