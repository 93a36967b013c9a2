package io.dynadiff.streams.health;

import java.util.Optional;

/** What a role says about itself. Answers from any thread, at once. */
public interface RoleHealth {

  /** Name of the role. */
  String name();

  /** Whether it takes part: everything loaded and restored, partitions assigned, not failed. */
  boolean ready();

  /** Why it has ended by itself, if it has. */
  Optional<Throwable> failure();
}
