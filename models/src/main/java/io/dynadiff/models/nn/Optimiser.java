package io.dynadiff.models.nn;

/** The state of a training: parameters and what an optimiser remembers. */
public interface Optimiser extends AutoCloseable {

  /** Updates so far. */
  int steps();

  /** A copy of all that it takes to go on. */
  FlatAdam.State state();

  /** Puts back a state that {@link #state} returned. */
  void restore(FlatAdam.State state);

  /** A copy of the parameters. */
  float[] values();

  @Override
  void close();
}
