package io.dynadiff.producers.feed;

import java.util.Map;

/**
 * What a feed did.
 *
 * @param runId the run
 * @param committed frames committed since this start
 * @param committedByEnvironment the same, per environment
 * @param resumedFrom frames that were in the topic already when it started
 * @param complete true when the last frame of every series is in the topic, false when stopped
 */
public record FeedSummary(
    String runId,
    long committed,
    Map<String, Long> committedByEnvironment,
    long resumedFrom,
    boolean complete) {

  public FeedSummary {
    committedByEnvironment = Map.copyOf(committedByEnvironment);
  }
}
