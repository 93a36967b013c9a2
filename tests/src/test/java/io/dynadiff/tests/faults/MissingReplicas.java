package io.dynadiff.tests.faults;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Topics have two replicas and ask for both in sync; again and again the second broker is killed,
 * so that the first refuses whatever the roles write until it is back.
 */
@Command(
    name = "missing-replicas",
    mixinStandardHelpOptions = true,
    description = {
      "Kill the second of two brokers, without which min.insync.replicas is not met, start it"
          + " again, and count what came of it."
    },
    footer = {"", "Example:", "  tests/faults/run missing-replicas --rounds=2"})
final class MissingReplicas extends FaultRun {

  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** All that roles write; frames go on coming. */
  private static final List<String> TOPICS =
      List.of("frames.admitted", "prompts", "weights", "forecasts", "scores", "adaptations");

  @Option(names = "--rounds", defaultValue = "2", description = "How often (default: 2).")
  private int rounds;

  @Option(
      names = "--missing-seconds",
      defaultValue = "30",
      description = "How long (default: ${DEFAULT-VALUE}).")
  private int missingSeconds;

  private final Durations recovery = new Durations();

  @Override
  void disturb(Installation installation, DeliveryLedger ledger) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", installation.bootstrap()));
        SecondBroker second = SecondBroker.of(admin, options.directory)) {
      second.start(admin);
      replicate(admin);
      say("two replicas of what roles write, both asked for");
      for (int round = 1; round <= rounds; round++) {
        ledger.awaitGrowth("scores", 20, LIMIT);
        second.kill();
        // What was committed before.
        ledger.read(Duration.ofSeconds(3));
        long before = ledger.count("forecasts");
        ledger.read(Duration.ofSeconds(missingSeconds));
        long meanwhile = ledger.count("forecasts") - before;
        if (meanwhile > 0) {
          throw new IllegalStateException(
              "forecasts: expected none without replicas, found " + meanwhile);
        }
        second.start(admin);
        long back = System.nanoTime();
        ledger.awaitAllEnvironments("scores", LIMIT);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - back);
        recovery.add(millis);
        say("round %d of %d: scores of all again after %d ms".formatted(round, rounds, millis));
      }
      // The rest is drained with both brokers.
      ledger.read(Duration.ofSeconds(1));
      require(admin, "1");
    }
  }

  private static void replicate(Admin admin) throws Exception {
    Map<TopicPartition, Optional<NewPartitionReassignment>> replicas = new HashMap<>();
    for (TopicDescription topic : admin.describeTopics(TOPICS).allTopicNames().get().values()) {
      topic
          .partitions()
          .forEach(
              partition ->
                  replicas.put(
                      new TopicPartition(topic.name(), partition.partition()),
                      Optional.of(new NewPartitionReassignment(List.of(1, SecondBroker.NODE_ID)))));
    }
    admin.alterPartitionReassignments(replicas).all().get();
    while (!admin.listPartitionReassignments().reassignments().get().isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
    require(admin, "2");
  }

  private static void require(Admin admin, String replicas) throws Exception {
    Map<ConfigResource, Collection<AlterConfigOp>> changes =
        TOPICS.stream()
            .collect(
                Collectors.toMap(
                    topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic),
                    topic ->
                        List.of(
                            new AlterConfigOp(
                                new ConfigEntry("min.insync.replicas", replicas),
                                AlterConfigOp.OpType.SET))));
    admin.incrementalAlterConfigs(changes).all().get();
  }

  @Override
  Map<String, Double> figures() {
    Map<String, Double> figures = new TreeMap<>(recovery.figures("replicasToAllEnvironments"));
    figures.put("rounds", (double) rounds);
    return figures;
  }

  @Override
  Map<String, Object> config() {
    return Map.of("rounds", rounds, "missingSeconds", missingSeconds);
  }
}
