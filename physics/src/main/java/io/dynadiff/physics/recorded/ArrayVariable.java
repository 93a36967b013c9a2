package io.dynadiff.physics.recorded;

import java.util.List;
import java.util.Optional;

/** One named array of a file, with the names of its axes and its attributes. */
interface ArrayVariable {

  String name();

  /** Names of the axes, slowest first; an axis without a name is called "?". */
  List<String> dimensions();

  /** Lengths of the axes, slowest first. */
  int[] shape();

  /** False for texts and compounds, which {@link #read} refuses. */
  boolean numeric();

  /** A text attribute. */
  Optional<String> text(String attribute);

  /** A numeric attribute; the first element of an array. */
  Optional<Double> number(String attribute);

  /**
   * Raw numbers of a block, row-major, exactly as stored (not unpacked).
   *
   * @param offset first index along each axis
   * @param count number of indices along each axis, at least 1
   */
  double[] read(int[] offset, int[] count);
}
