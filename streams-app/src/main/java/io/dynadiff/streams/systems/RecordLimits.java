package io.dynadiff.streams.systems;

import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.topics.Topic;
import java.util.Collection;

/**
 * Whether what the roles write about a system fits into the records of its topic. Sizes are upper
 * bounds before compression, which is what a producer's limit counts.
 */
public final class RecordLimits {

  /** Room for names, grid, channels, conditions and the framing of all tensors of a record. */
  private static final long SURROUNDINGS_BYTES = 64 << 10;

  /** Room for a member's checksum, score and the framing of its tensor. */
  private static final long MEMBER_BYTES = 256;

  private RecordLimits() {}

  /**
   * Checks the generator's records.
   *
   * @param members experts of an ensemble; 0 is what each bundle says
   * @throws IllegalArgumentException if a record of weights could be larger than its topic takes
   */
  public static void requireWeightsFit(Collection<ServedSystem> systems, int members, DType dtype) {
    for (ServedSystem served : systems) {
      int count = members == 0 ? served.ensemble() : members;
      long bytes = weightsBytes(served, count, dtype);
      if (bytes > Topic.WEIGHTS.maxMessageBytes()) {
        throw new IllegalArgumentException(
            "weights of "
                + served.system()
                + ": expected records of at most "
                + Topic.WEIGHTS.maxMessageBytes()
                + " bytes on topic "
                + Topic.WEIGHTS.topicName()
                + ", found "
                + bytes
                + " for "
                + count
                + " members of "
                + served.expertSpec().parameterCount()
                + " weights as "
                + dtype
                + "; give a smaller generate.ensemble or generate.weights-dtype=FLOAT16");
      }
    }
  }

  /**
   * Checks the forecaster's records for what bundles generate by themselves.
   *
   * @param memberLimit most members that are run
   * @param withMembers whether forecasts carry every member
   * @throws IllegalArgumentException if a forecast, or an expert in the state store, could be
   *     larger than its topic takes
   */
  public static void requireForecastsFit(
      Collection<ServedSystem> systems, int memberLimit, boolean withMembers) {
    for (ServedSystem served : systems) {
      int count = Math.min(memberLimit, served.ensemble());
      int most = forecastMembers(served, withMembers);
      if (count > most) {
        throw new IllegalArgumentException(
            "forecasts of "
                + served.system()
                + ": expected at most "
                + most
                + " members, so that a forecast fits into "
                + Topic.FORECASTS.maxMessageBytes()
                + " bytes on topic "
                + Topic.FORECASTS.topicName()
                + " and an expert into "
                + Topic.LARGEST_RECORD_BYTES
                + " bytes in the state store, found "
                + count
                + "; give a smaller forecast.member-limit"
                + (withMembers ? " or forecast.members=false" : ""));
      }
    }
  }

  /**
   * Most members whose forecasts fit into a record and whose weights fit into the state store; 0
   * where not even one does.
   */
  public static int forecastMembers(ServedSystem served, boolean withMembers) {
    long stored =
        (Topic.LARGEST_RECORD_BYTES - SURROUNDINGS_BYTES)
            / ((long) served.expertSpec().parameterCount() * Float.BYTES + MEMBER_BYTES);
    long room = Topic.FORECASTS.maxMessageBytes() - SURROUNDINGS_BYTES;
    long fields = (long) served.leadCount() * served.shape().size() * Float.BYTES;
    // A mean each of the active and the retired expert; an ensemble also has a spread.
    long single = room >= 2 * fields ? 1 : 0;
    long spare = room - 3 * fields;
    long forecast;
    if (spare < 0) {
      forecast = single;
    } else {
      forecast = withMembers ? Math.max(single, spare / fields) : Integer.MAX_VALUE;
    }
    return (int) Math.min(stored, forecast);
  }

  /** Most bytes of a record of weights. */
  static long weightsBytes(ServedSystem served, int members, DType dtype) {
    long each = dtype == DType.FLOAT32 ? Float.BYTES : Short.BYTES;
    return SURROUNDINGS_BYTES
        + members * (served.expertSpec().parameterCount() * each + MEMBER_BYTES);
  }
}
