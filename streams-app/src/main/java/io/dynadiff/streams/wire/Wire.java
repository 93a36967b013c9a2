package io.dynadiff.streams.wire;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.dynadiff.schemas.serde.AvroSerdes;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicCatalogue;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * The catalogue's topics as sources and sinks of a topology.
 *
 * @param topics how the topics are named
 * @param serdes how values are written
 */
public record Wire(TopicCatalogue topics, AvroSerdes serdes) {

  private static final int CACHED_SCHEMAS = 1000;

  /** Adds a source of records as bytes, whatever they are. */
  public void addRawSource(Topology topology, String name, Topic topic) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        name,
        new IngestTime(),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topics.name(topic));
  }

  /** Adds a source of records of one type under text keys. */
  public <T extends SpecificRecord> void addSource(
      Topology topology, String name, Topic topic, Class<T> type) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        name,
        new IngestTime(),
        Serdes.String().deserializer(),
        serdes.deserializer(type),
        topics.name(topic));
  }

  /** Adds a sink of records as bytes. */
  public void addRawSink(Topology topology, String name, Topic topic, String... parents) {
    topology.addSink(
        name, topics.name(topic), new ByteArraySerializer(), new ByteArraySerializer(), parents);
  }

  /** Adds a sink of records of one type under text keys. */
  public <T extends SpecificRecord> void addSink(
      Topology topology, String name, Topic topic, Class<T> type, String... parents) {
    topology.addSink(
        name,
        topics.name(topic),
        Serdes.String().serializer(),
        serdes.serializer(type),
        Arrays.copyOf(parents, parents.length));
  }

  /** Opens a client of the registry; the caller closes it. */
  public SchemaRegistryClient registryClient() {
    return SchemaRegistryClientFactory.newClient(
        List.of(serdes.registryUrl().split(",")),
        CACHED_SCHEMAS,
        List.of(new AvroSchemaProvider()),
        serdes.configuration(),
        null);
  }
}
