package io.dynadiff.streams;

import io.dynadiff.schemas.serde.AvroSerdes;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicCatalogue;
import io.dynadiff.streams.wire.SkipStrangers;
import io.dynadiff.streams.wire.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** A topology under test with a registry of its own. */
public final class TestTopology implements AutoCloseable {

  private final Wire wire;
  private final TopologyTestDriver driver;

  public TestTopology(Path stateDirectory, Function<Wire, Topology> topology) {
    wire = new Wire(TopicCatalogue.singleBroker(1), AvroSerdes.of("mock://" + UUID.randomUUID()));
    Properties properties = new Properties();
    properties.put("application.id", "test");
    properties.put("bootstrap.servers", "none:1");
    properties.put("state.dir", stateDirectory.toString());
    properties.put("processing.guarantee", "exactly_once_v2");
    properties.put("deserialization.exception.handler", SkipStrangers.class);
    driver = new TopologyTestDriver(topology.apply(wire), properties, Instant.ofEpochMilli(0));
  }

  public <T extends SpecificRecord> TestInputTopic<String, T> input(Topic topic, Class<T> type) {
    return driver.createInputTopic(
        wire.topics().name(topic), Serdes.String().serializer(), wire.serdes().serializer(type));
  }

  public TestInputTopic<byte[], byte[]> rawInput(Topic topic) {
    return driver.createInputTopic(
        wire.topics().name(topic), new ByteArraySerializer(), new ByteArraySerializer());
  }

  public TestOutputTopic<byte[], byte[]> rawOutput(Topic topic) {
    return driver.createOutputTopic(
        wire.topics().name(topic), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** What has been written to a topic since the last call. */
  public <T extends SpecificRecord> List<T> read(Topic topic, Class<T> type) {
    return records(topic, type).stream().map(TestRecord::value).toList();
  }

  public <T extends SpecificRecord> List<TestRecord<String, T>> records(
      Topic topic, Class<T> type) {
    TestOutputTopic<String, T> output =
        driver.createOutputTopic(
            wire.topics().name(topic),
            Serdes.String().deserializer(),
            wire.serdes().deserializer(type));
    return output.readRecordsToList();
  }

  /** A record's bytes as a producer would write them. */
  public <T extends SpecificRecord> byte[] bytes(Topic topic, Class<T> type, T value) {
    return wire.serdes().serializer(type).serialize(wire.topics().name(topic), value);
  }

  public void advance(Duration wallClock) {
    driver.advanceWallClockTime(wallClock);
  }

  @Override
  public void close() {
    driver.close();
  }
}
