package io.dynadiff.producers.publish;

import io.dynadiff.schemas.avro.FieldFrame;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** A publisher on Kafka's own mock producer, and what a reader of committed frames would see. */
public final class MockFrames {
  public final MockProducer<String, FieldFrame> producer =
      new MockProducer<>(true, null, new StringSerializer(), (topic, frame) -> new byte[1]);

  public FramePublisher publisher() {
    return new FramePublisher(producer, "frames");
  }

  /** Committed frames as environment:sequence, in order. */
  public List<String> committed() {
    return producer.history().stream().map(ProducerRecord::value).map(MockFrames::name).toList();
  }

  static String name(FieldFrame frame) {
    return frame.getEnvironmentId() + ":" + frame.getSequence();
  }
}
