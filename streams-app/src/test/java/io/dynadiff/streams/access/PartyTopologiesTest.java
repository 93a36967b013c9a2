package io.dynadiff.streams.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.schemas.serde.AvroSerdes;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicCatalogue;
import io.dynadiff.streams.Samples;
import io.dynadiff.streams.adapt.AdaptSettings;
import io.dynadiff.streams.adapt.AdaptTopology;
import io.dynadiff.streams.forecast.ForecastSettings;
import io.dynadiff.streams.forecast.ForecastTopology;
import io.dynadiff.streams.verify.VerifySettings;
import io.dynadiff.streams.verify.VerifyTopology;
import io.dynadiff.streams.wire.Wire;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.junit.jupiter.api.Test;

/** What roles are granted is what their topologies do: a topic more or less is seen here. */
class PartyTopologiesTest {

  private static final Wire WIRE =
      new Wire(TopicCatalogue.singleBroker(1), AvroSerdes.of("mock://party-topologies"));

  @Test
  void shouldGrantWhatTheTopologiesReadAndWrite() {
    assertGranted(
        Party.ADAPT, AdaptTopology.build(WIRE, Samples.systems(), AdaptSettings.DEFAULT), Set.of());
    assertGranted(
        Party.FORECAST,
        ForecastTopology.build(
            WIRE, Samples.systems(), ForecastSettings.DEFAULT, null, null, new AtomicLong()),
        // Read beside the topology.
        Set.of(Topic.WEIGHTS));
    assertGranted(
        Party.VERIFY,
        VerifyTopology.build(WIRE, Samples.systems(), VerifySettings.DEFAULT),
        Set.of());
  }

  private static void assertGranted(Party party, Topology topology, Set<Topic> besides) {
    Set<String> reads = new TreeSet<>(names(besides));
    Set<String> writes = new TreeSet<>();
    topology.describe().subtopologies().stream()
        .flatMap(sub -> sub.nodes().stream())
        .forEach(
            node -> {
              if (node instanceof Source source) {
                reads.addAll(source.topicSet());
              } else if (node instanceof Sink sink) {
                writes.add(sink.topic());
              }
            });
    // Announcements of bundles are for every role, whether it listens yet or not.
    reads.add(Topic.BUNDLES.topicName());
    assertThat(names(party.reads())).as("%s reads", party).isEqualTo(reads);
    assertThat(names(party.writes())).as("%s writes", party).isEqualTo(writes);
  }

  private static Set<String> names(Set<Topic> topics) {
    return Arrays.stream(Topic.values())
        .filter(topics::contains)
        .map(Topic::topicName)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
