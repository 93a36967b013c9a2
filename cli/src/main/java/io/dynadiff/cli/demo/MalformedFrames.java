package io.dynadiff.cli.demo;

import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicCatalogue;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Frames that must be refused, each for a reason of its own, made from a good one. */
final class MalformedFrames {

  private MalformedFrames() {}

  /**
   * Returns the value bytes of one malformed frame for each reason.
   *
   * @param good an admitted frame, which is left as it is
   */
  static Map<String, byte[]> of(FieldFrame good, Serializer<FieldFrame> serializer, String topic) {
    Map<String, byte[]> malformed = new LinkedHashMap<>();
    byte[] bytes = serializer.serialize(topic, good);

    byte[] wrongMagicByte = bytes.clone();
    wrongMagicByte[0] = 0x7b;
    malformed.put("WRONG_MAGIC_BYTE", wrongMagicByte);

    malformed.put("MALFORMED_AVRO", Arrays.copyOf(bytes, bytes.length * 2 / 3));

    int[] shape = TensorCodec.shape(good.getField());
    float[] values = TensorCodec.decode(good.getField());
    values[values.length / 2] = Float.NaN;
    malformed.put(
        "NON_FINITE",
        serializer.serialize(
            topic,
            FieldFrame.newBuilder(good)
                .setField(TensorCodec.encode(values, DType.FLOAT32, shape))
                .build()));

    // A tensor that is well-formed in itself, but has one row less than the grid.
    int[] smaller = shape.clone();
    smaller[1]--;
    int count = Arrays.stream(smaller).reduce(1, (a, b) -> a * b);
    malformed.put(
        "SHAPE_MISMATCH",
        serializer.serialize(
            topic,
            FieldFrame.newBuilder(good)
                .setField(TensorCodec.encode(new float[count], DType.FLOAT32, smaller))
                .build()));
    return malformed;
  }

  /**
   * Publishes the malformed frames under the key of the good one and waits until the broker has
   * them.
   *
   * @return the reason for which each must be rejected
   */
  static Stream<String> publish(
      KafkaConnection connection, TopicCatalogue topics, FieldFrame good) {
    String topic = topics.name(Topic.FRAMES);
    Properties properties = connection.producerProperties();
    properties.put("client.id", "demo-malformed");
    try (Serializer<FieldFrame> serializer = connection.serdes().serializer(FieldFrame.class);
        KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
      Map<String, byte[]> malformed = of(good, serializer, topic);
      for (byte[] value : malformed.values()) {
        Future<RecordMetadata> sent =
            producer.send(new ProducerRecord<>(topic, good.getEnvironmentId(), value));
        sent.get();
      }
      return malformed.keySet().stream();
    } catch (ExecutionException e) {
      throw new KafkaException("A malformed frame could not be sent", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Interrupted while sending malformed frames", e);
    }
  }
}
