package io.dynadiff.cli.bench.online;

import io.dynadiff.cli.bench.measure.BenchPart;
import io.dynadiff.cli.bench.measure.BenchRun;
import io.dynadiff.cli.bench.measure.PowerLaw;
import io.dynadiff.cli.bench.measure.Quantiles;
import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.models.bundle.UntrainedBundle;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.schemas.avro.Channel;
import io.dynadiff.schemas.avro.Coordinates;
import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.FieldGrid;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.streams.systems.OpenedBundles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Admission and window under exactly-once against partitions and the size of frames. */
final class KafkaPathPart implements BenchPart {

  private static final List<Integer> PARTITIONS = List.of(1, 2, 4, 8, 16);
  private static final List<Integer> SIDES = List.of(8, 16, 32, 64, 128);
  private static final int ENVIRONMENTS = 32;
  private static final String SYSTEM = "noise";
  private static final long INTERVAL_MILLIS = 200;
  private static final double MEBIBYTE = 1 << 20;

  /** So that a turn writes about as much whatever the size of its frames. */
  private static final long BYTES_PER_TURN = 64L << 20;

  private static final int FEWEST_FRAMES = 1500;
  private static final int MOST_FRAMES = 20_000;

  @Override
  public String name() {
    return "kafka-path";
  }

  @Override
  public double expectedSeconds(BenchRun run) {
    return run.sized(40, 20 * rounds(run) * (PARTITIONS.size() + SIDES.size()));
  }

  private static int rounds(BenchRun run) {
    return run.sized(1, 3);
  }

  @Override
  public void measure(BenchRun run) throws Exception {
    List<Integer> partitions = run.quick() ? List.of(1, 4) : PARTITIONS;
    List<Integer> sides = run.quick() ? List.of(16, 32) : SIDES;
    run.configure(
        name(),
        new TreeMap<>(
            Map.of(
                "environments",
                ENVIRONMENTS,
                "rounds",
                rounds(run),
                "partitions",
                partitions,
                "sides",
                sides,
                "fields",
                "2 channels of noise, float32",
                "settings",
                run.settings())));
    try (EmbeddedKafka kafka = LiveSystem.kafka(run)) {
      int all = partitions.size() + sides.size();
      double[] x = new double[sides.size()];
      double[] y = new double[sides.size()];
      for (int i = 0; i < sides.size(); i++) {
        String name = "kafka-path.side-" + sides.get(i);
        Measured measured = turns(run, kafka, sides.get(i), LiveSystem.PARTITIONS);
        put(run, name, measured);
        x[i] = measured.recordBytes;
        y[i] = Quantiles.of(measured.rates).median();
        run.within((i + 1.0) / all);
      }
      run.figures().putLaw("kafka-path.against-frame-bytes", PowerLaw.fit(x, y));
      double[] counts = partitions.stream().mapToDouble(Integer::doubleValue).toArray();
      double[] rates = new double[counts.length];
      for (int i = 0; i < counts.length; i++) {
        Measured measured = turns(run, kafka, 32, partitions.get(i));
        put(run, "kafka-path.partitions-" + partitions.get(i), measured);
        rates[i] = Quantiles.of(measured.rates).median();
        run.within((sides.size() + i + 1.0) / all);
      }
      run.figures().putLaw("kafka-path.against-partitions", PowerLaw.fit(counts, rates));
    }
  }

  private record Measured(List<Double> rates, List<Double> processor, double recordBytes) {}

  private static Measured turns(BenchRun run, EmbeddedKafka kafka, int side, int partitions)
      throws Exception {
    FieldShape shape = new FieldShape(2, side, side);
    Path bundle = Files.createTempDirectory(run.work(), "bundle-");
    UntrainedBundle.write(bundle, SYSTEM, shape, INTERVAL_MILLIS, 1);
    AdaptPath path = new AdaptPath(kafka, run, OpenedBundles.open(List.of(bundle)));
    AdaptPath.Source source = noise(shape);
    int frames =
        run.sized(
            FEWEST_FRAMES,
            (int)
                Math.max(
                    FEWEST_FRAMES,
                    Math.min(MOST_FRAMES, BYTES_PER_TURN / (shape.size() * Float.BYTES))));
    List<Double> rates = new ArrayList<>();
    List<Double> processor = new ArrayList<>();
    double recordBytes = 0;
    for (int round = 0; round < rounds(run); round++) {
      AdaptPath.Passage passage =
          path.pass(source, ENVIRONMENTS, frames, "exactly_once_v2", partitions);
      rates.add(passage.recordsPerSecond());
      processor.add(passage.processorMillis());
      recordBytes = passage.recordBytes();
    }
    return new Measured(rates, processor, recordBytes);
  }

  private static void put(BenchRun run, String name, Measured measured) {
    run.figures().putSpread(name + ".framesPerSecond", measured.rates);
    run.figures().putSpread(name + ".processorMillisPerFrame", measured.processor);
    run.figures()
        .put(
            name + ".mebibytesPerSecond",
            Quantiles.of(measured.rates).median() * measured.recordBytes / MEBIBYTE);
    run.figures().put(name + ".recordBytes", measured.recordBytes);
  }

  /** Frames of noise, which compress as badly as any. */
  private static AdaptPath.Source noise(FieldShape shape) {
    Random random = new Random(1);
    List<float[]> fields = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      float[] field = new float[shape.size()];
      for (int p = 0; p < field.length; p++) {
        field[p] = (float) random.nextGaussian();
      }
      fields.add(field);
    }
    FieldGrid grid =
        new FieldGrid(
            shape.height(), shape.width(), 0.0, 0.0, 1.0, 1.0, "1", Coordinates.PLANE, true);
    List<Channel> channels = List.of(new Channel("u", "1"), new Channel("v", "1"));
    return (environment, sequence) ->
        FieldFrame.newBuilder()
            .setRunId("throughput")
            .setSystem(SYSTEM)
            .setEnvironmentId("bench/" + environment)
            .setSequence(sequence)
            .setEventTime(Instant.ofEpochMilli(sequence * INTERVAL_MILLIS))
            .setIntervalMs(INTERVAL_MILLIS)
            .setGrid(grid)
            .setChannels(channels)
            .setField(
                TensorCodec.encode(
                    fields.get(sequence % fields.size()),
                    DType.FLOAT32,
                    shape.channels(),
                    shape.height(),
                    shape.width()))
            .setConditions(List.of())
            .build();
  }
}
