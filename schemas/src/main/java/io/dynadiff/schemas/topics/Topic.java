package io.dynadiff.schemas.topics;

import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.BundleAnnouncement;
import io.dynadiff.schemas.avro.ControlCommand;
import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.avro.PromptRequest;
import io.dynadiff.schemas.avro.ZooResult;
import io.dynadiff.schemas.avro.ZooTask;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * The topics of dynadiff and what each must promise.
 *
 * <p>The key is the environment's id in UTF-8 everywhere, except on {@link #BUNDLES}, whose key is
 * the system, and on the topics of the zoo, whose key is the identity of a stack's result.
 * Retention counts from the time of ingest, which is every record's timestamp; event time travels
 * inside the records.
 */
public enum Topic {
  /** Frames as producers publish them. */
  FRAMES("frames", FieldFrame.class, Cleanup.DELETE, Duration.ofDays(7), 4),
  /** The original bytes of refused frames, the reason in headers; larger than frames by them. */
  FRAMES_REJECTED("frames.rejected", null, Cleanup.DELETE, Duration.ofDays(30), 5),
  /** The frames that passed admission, in sequence order, once each. */
  FRAMES_ADMITTED("frames.admitted", FieldFrame.class, Cleanup.DELETE, Duration.ofDays(7), 5),
  /** Requests for weights, each with its window. */
  PROMPTS("prompts", PromptRequest.class, Cleanup.DELETE, Duration.ofDays(1), 32),
  /** The weights of every environment's expert; the newest of each is kept for ever. */
  WEIGHTS("weights", ExpertWeights.class, Cleanup.COMPACT, null, 32),
  /** One forecast per admitted frame. */
  FORECASTS("forecasts", Forecast.class, Cleanup.DELETE, Duration.ofDays(7), 16),
  /** One verification per admitted frame. */
  SCORES("scores", ForecastScore.class, Cleanup.DELETE, Duration.ofDays(7), 1),
  /** Every decision about an expert. */
  ADAPTATIONS("adaptations", Adaptation.class, Cleanup.DELETE, Duration.ofDays(30), 1),
  /** What a person orders about an environment's expert. */
  CONTROLS("controls", ControlCommand.class, Cleanup.DELETE, Duration.ofDays(7), 1),
  /** The bundles that may be used. */
  BUNDLES("bundles", BundleAnnouncement.class, Cleanup.COMPACT, null, 1),
  /** Stacks of zoo experts that workers are asked to train. */
  ZOO_TASKS("zoo.tasks", ZooTask.class, Cleanup.DELETE, Duration.ofDays(7), 32),
  /** What workers have trained; the same stack may be there more than once, in the same bytes. */
  ZOO_RESULTS("zoo.results", ZooResult.class, Cleanup.DELETE, Duration.ofDays(7), 32);

  /** The largest record of any topic, in bytes; every client is set up for it. */
  public static final int LARGEST_RECORD_BYTES = 32 << 20;

  /** How a topic forgets. */
  enum Cleanup {
    DELETE("delete"),
    COMPACT("compact");

    private final String policy;

    Cleanup(String policy) {
      this.policy = policy;
    }

    String policy() {
      return policy;
    }
  }

  private final String topicName;
  private final Class<? extends SpecificRecord> valueType;
  private final Cleanup cleanup;
  private final Duration retention;
  private final int maxMessageBytes;

  Topic(
      String topicName,
      Class<? extends SpecificRecord> valueType,
      Cleanup cleanup,
      Duration retention,
      int maxMessageMebibytes) {
    this.topicName = topicName;
    this.valueType = valueType;
    this.cleanup = cleanup;
    this.retention = retention;
    this.maxMessageBytes = maxMessageMebibytes << 20;
  }

  /** Returns the topic's name without a catalogue's prefix. */
  public String topicName() {
    return topicName;
  }

  /** Returns the record type of the values, or empty where the values are bytes as received. */
  public Optional<Class<? extends SpecificRecord>> valueType() {
    return Optional.ofNullable(valueType);
  }

  /** Returns true where only the newest record of each key is kept. */
  public boolean compacted() {
    return cleanup == Cleanup.COMPACT;
  }

  /** Returns how long a record is kept after ingest, or empty for a compacted topic. */
  public Optional<Duration> retention() {
    return Optional.ofNullable(retention);
  }

  /** Returns the size of the largest record batch the topic must take, in bytes. */
  public int maxMessageBytes() {
    return maxMessageBytes;
  }

  /** Returns the topic configuration with which a missing topic is created. */
  Map<String, String> configuration(int replicationFactor) {
    Map<String, String> configuration = new LinkedHashMap<>();
    configuration.put("cleanup.policy", cleanup.policy());
    configuration.put("max.message.bytes", Integer.toString(maxMessageBytes));
    if (replicationFactor >= 3) {
      configuration.put("min.insync.replicas", "2");
    }
    if (compacted()) {
      // The active segment is never compacted: small segments and a bound on the lag keep a topic
      // of large records from growing by every version ever written.
      configuration.put("segment.bytes", Integer.toString(256 << 20));
      configuration.put("max.compaction.lag.ms", Long.toString(Duration.ofHours(6).toMillis()));
      configuration.put("delete.retention.ms", Long.toString(Duration.ofDays(1).toMillis()));
    } else {
      configuration.put("retention.ms", Long.toString(retention.toMillis()));
    }
    return configuration;
  }
}
