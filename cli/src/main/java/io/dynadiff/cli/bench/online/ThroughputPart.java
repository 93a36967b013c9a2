package io.dynadiff.cli.bench.online;

import io.dynadiff.cli.bench.measure.BenchPart;
import io.dynadiff.cli.bench.measure.BenchRun;
import io.dynadiff.cli.bench.measure.Figures;
import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.streams.systems.OpenedBundles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Frames per second through admission and window, under both guarantees, beside what Kafka's own
 * tools write and read on the same broker; all take turns in every round.
 */
final class ThroughputPart implements BenchPart {

  private static final int ENVIRONMENTS = 16;
  private static final double MEBIBYTE = 1 << 20;

  private static final String EXACTLY_ONCE = "exactly-once";
  private static final String AT_LEAST_ONCE = "at-least-once";
  private static final String PRODUCER = "stock-producer";
  private static final String CONSUMER = "stock-consumer";

  private final int rounds;
  private final int frames;

  /**
   * @param rounds turns of each that count; one more before them warms up
   * @param frames in each turn
   */
  ThroughputPart(int rounds, int frames) {
    this.rounds = rounds;
    this.frames = frames;
  }

  @Override
  public String name() {
    return "throughput";
  }

  @Override
  public double expectedSeconds(BenchRun run) {
    return run.sized(60, 10 + (rounds + 1) * frames / 900);
  }

  @Override
  public void measure(BenchRun run) throws Exception {
    int measured = run.sized(1, rounds);
    int records = run.sized(4000, frames);
    run.configure(
        name(),
        new TreeMap<>(
            Map.of(
                "rounds",
                measured,
                "framesPerTurn",
                records,
                "environments",
                ENVIRONMENTS,
                "partitions",
                LiveSystem.PARTITIONS,
                "streamThreads",
                1,
                "settings",
                run.settings())));
    Map<String, List<Double>> rates = new TreeMap<>();
    Map<String, List<Double>> processor = new TreeMap<>();
    List<Double> ratios = new ArrayList<>();
    double recordBytes = 0;
    try (EmbeddedKafka kafka = LiveSystem.kafka(run)) {
      AdaptPath path = new AdaptPath(kafka, run, OpenedBundles.open(List.of(run.bundle())));
      AdaptPath.Source source = AdaptPath.lambdaOmega();
      for (int round = 0; round <= measured; round++) {
        Map<String, Double> turn = new TreeMap<>();
        for (Map.Entry<String, String> guarantee :
            Map.of(EXACTLY_ONCE, "exactly_once_v2", AT_LEAST_ONCE, "at_least_once").entrySet()) {
          AdaptPath.Passage passage =
              path.pass(source, ENVIRONMENTS, records, guarantee.getValue(), LiveSystem.PARTITIONS);
          turn.put(guarantee.getKey(), passage.recordsPerSecond());
          recordBytes = passage.recordBytes();
          if (round > 0) {
            processor
                .computeIfAbsent(guarantee.getKey(), g -> new ArrayList<>())
                .add(passage.processorMillis());
          }
        }
        stock(kafka, round, records, (int) Math.round(recordBytes), turn);
        run.within((round + 1.0) / (measured + 1));
        if (round > 0) {
          turn.forEach((who, rate) -> rates.computeIfAbsent(who, w -> new ArrayList<>()).add(rate));
          ratios.add(turn.get(EXACTLY_ONCE) / Math.min(turn.get(PRODUCER), turn.get(CONSUMER)));
        }
      }
    }
    processor.forEach(
        (who, values) ->
            run.figures().putSpread("throughput." + who + ".processorMillisPerFrame", values));
    put(rates, ratios, recordBytes, run.figures());
  }

  private static void stock(
      EmbeddedKafka kafka, int round, int records, int recordBytes, Map<String, Double> turn)
      throws Exception {
    String topic = "stock-" + round;
    StockTools tools = new StockTools(kafka.bootstrapServers());
    try (Admin admin = Admin.create(kafka.connection().adminProperties())) {
      admin
          .createTopics(List.of(new NewTopic(topic, LiveSystem.PARTITIONS, (short) 1)))
          .all()
          .get();
      // As many as the topology has to start up with.
      turn.put(PRODUCER, tools.produce(topic, records, records / 4, recordBytes));
      turn.put(CONSUMER, tools.consume(topic, records));
      admin.deleteTopics(List.of(topic)).all().get();
    }
  }

  private static void put(
      Map<String, List<Double>> rates, List<Double> ratios, double recordBytes, Figures figures) {
    rates.forEach(
        (who, values) -> {
          figures.putSpread("throughput." + who + ".framesPerSecond", values);
          figures.putSpread(
              "throughput." + who + ".mebibytesPerSecond",
              values.stream().map(rate -> rate * recordBytes / MEBIBYTE).toList());
        });
    figures.put("throughput.recordBytes", recordBytes);
    figures.putSpread("throughput.ratio", ratios);
    figures.putSpread(
        "throughput.to-producer.ratio", ratio(rates.get(EXACTLY_ONCE), rates.get(PRODUCER)));
    figures.putSpread(
        "throughput.to-consumer.ratio", ratio(rates.get(EXACTLY_ONCE), rates.get(CONSUMER)));
    figures.putSpread(
        "throughput.to-at-least-once.ratio",
        ratio(rates.get(EXACTLY_ONCE), rates.get(AT_LEAST_ONCE)));
  }

  /** Round by round, so that what else the machine did falls on both. */
  private static List<Double> ratio(List<Double> ours, List<Double> theirs) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < ours.size(); i++) {
      ratios.add(ours.get(i) / theirs.get(i));
    }
    return ratios;
  }
}
