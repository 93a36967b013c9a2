package io.dynadiff.producers.feed;

import java.util.OptionalLong;

/**
 * Where a feed stands.
 *
 * @param runId the run
 * @param committed frames committed since this start
 * @param resumedFrom frames that were in the topic already when it started
 * @param total frames of the whole run; empty for a feed without end
 * @param eventTimeMillis event time of the newest frame published
 * @param lagMillis wall time by which that frame was later than its pace asks, 0 or more
 */
public record FeedProgress(
    String runId,
    long committed,
    long resumedFrom,
    OptionalLong total,
    long eventTimeMillis,
    long lagMillis) {

  /** Frames in the topic, from this start and earlier ones. */
  public long done() {
    return committed + resumedFrom;
  }
}
