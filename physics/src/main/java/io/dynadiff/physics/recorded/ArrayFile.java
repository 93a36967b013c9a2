package io.dynadiff.physics.recorded;

import java.util.List;

/**
 * A file of named arrays, free of any convention about what they mean.
 *
 * <p>Not thread-safe; closed by whoever opened it.
 */
interface ArrayFile extends AutoCloseable {

  /** All arrays of the root group. */
  List<ArrayVariable> variables();

  @Override
  void close();
}
