package io.dynadiff.streams;

import io.dynadiff.streams.health.RoleHealth;
import java.util.Optional;

/**
 * One of the four parts of the online side. Roles share nothing but Kafka, so any of them may run
 * in this process, in another, or several times. Safe for use by many threads.
 */
public interface OnlineRole extends RoleHealth, AutoCloseable {

  /** Name of the role: adapt, generate, forecast or verify. */
  @Override
  String name();

  /**
   * Begins; returns before the role is {@link #ready()}.
   *
   * @throws RuntimeException if Kafka does not answer or contradicts the topic catalogue
   */
  void start();

  /** Whether it takes part: it has its partitions and everything loaded, and has not failed. */
  @Override
  boolean ready();

  /** Whether everything that was committed for it to read has been worked off and committed. */
  boolean idle();

  /** Why it has ended by itself, if it has. */
  @Override
  Optional<Throwable> failure();

  /** Finishes what it has in hand, within the configured deadline, and ends. */
  @Override
  void close();
}
