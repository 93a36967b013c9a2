package io.dynadiff.trainer.data;

/** The equation behind a system's frames, on a periodic square, as a function of the conditions. */
public sealed interface Equation permits VorticityEquation, LambdaOmegaEquation {

  /** Side of the square, in the system's unit of length. */
  double domainLength();
}
