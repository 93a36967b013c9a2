package io.dynadiff.console.feed;

import java.util.List;

/**
 * How the reading of the topics goes.
 *
 * @param brokers address of the brokers
 * @param connected whether brokers and registry answered when last asked
 * @param trouble what is wrong, in a sentence, or null
 * @param caughtUp whether everything that stood in the topics at the start has been read
 * @param topics one entry for each topic
 */
public record FeedHealth(
    String brokers, boolean connected, String trouble, boolean caughtUp, List<TopicHealth> topics) {

  /**
   * How the reading of one topic goes.
   *
   * @param records read since the start
   * @param perSecond records read per second lately
   * @param lag records that are there and not read yet, -1 while unknown
   * @param unreadable records that are not what belongs on the topic, passed over
   */
  public record TopicHealth(
      String topic, long records, double perSecond, long lag, long unreadable) {}
}
