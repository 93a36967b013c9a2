package io.dynadiff.streams.systems;

import java.util.Collection;

/**
 * An admitted frame belongs to a system that this role has no bundle for: a configuration error.
 */
public final class UnservedSystemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnservedSystemException(String system, Collection<String> served) {
    super(
        "bundles: expected a bundle for system \""
            + system
            + "\" of an admitted frame, found bundles for "
            + served
            + "; start all roles with the same --bundles");
  }
}
