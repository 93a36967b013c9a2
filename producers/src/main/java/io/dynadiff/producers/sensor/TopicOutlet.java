package io.dynadiff.producers.sensor;

import io.dynadiff.physics.field.Snapshot;
import io.dynadiff.producers.publish.FrameEncoder;
import io.dynadiff.producers.publish.FramePublisher;

/** Publishes frames to the frames topic; commits are Kafka transactions. */
final class TopicOutlet implements FrameOutlet {
  private final FramePublisher publisher;
  private final FrameEncoder encoder;

  TopicOutlet(String runId, SensorSettings settings, FramePublisher publisher) {
    this.publisher = publisher;
    this.encoder = new FrameEncoder(runId, settings);
  }

  @Override
  public void add(long sequence, Snapshot frame) {
    publisher.publish(encoder.encode(sequence, frame));
  }

  @Override
  public int pending() {
    return publisher.pending();
  }

  @Override
  public void commit() {
    publisher.commit();
  }

  @Override
  public long committed() {
    return publisher.committed();
  }
}
