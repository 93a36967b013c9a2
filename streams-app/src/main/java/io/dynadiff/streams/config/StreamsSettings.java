package io.dynadiff.streams.config;

import java.time.Duration;

/**
 * Settings of every role that is a Streams application.
 *
 * @param threads stream threads of each role, at least 1
 * @param commitInterval wall-clock time between two transactions, positive; what a role writes is
 *     seen by the others after it
 * @param drainDeadline longest time that closing waits for frames in hand
 */
public record StreamsSettings(int threads, Duration commitInterval, Duration drainDeadline) {

  public static final StreamsSettings DEFAULT =
      new StreamsSettings(1, Duration.ofMillis(100), Duration.ofSeconds(10));

  public StreamsSettings {
    if (threads < 1 || commitInterval.toMillis() < 1 || drainDeadline.isNegative()) {
      throw new IllegalArgumentException(
          "streams: expected threads >= 1, commitInterval >= 1 ms and drainDeadline >= 0, found "
              + threads
              + ", "
              + commitInterval
              + " and "
              + drainDeadline);
    }
  }
}
