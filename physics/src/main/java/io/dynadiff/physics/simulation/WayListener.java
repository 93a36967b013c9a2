package io.dynadiff.physics.simulation;

/** Is told how far a feed has come on the way to the first frame that it gives. */
@FunctionalInterface
public interface WayListener {

  /**
   * Called now and then on the thread that computes; what it throws ends the computation.
   *
   * @param done model time units computed
   * @param whole model time units of the whole way, the spin-up among them
   */
  void progressed(double done, double whole);
}
