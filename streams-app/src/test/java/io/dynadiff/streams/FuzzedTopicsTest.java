package io.dynadiff.streams;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.dynadiff.models.forecast.RolloutStart;
import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.schemas.avro.ControlAction;
import io.dynadiff.schemas.avro.ControlCommand;
import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.avro.LeadScore;
import io.dynadiff.schemas.avro.Normalisation;
import io.dynadiff.schemas.avro.RequestReason;
import io.dynadiff.schemas.avro.SamplerSettings;
import io.dynadiff.schemas.avro.Tensor;
import io.dynadiff.schemas.serde.AvroSerdes;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.streams.adapt.AdaptSettings;
import io.dynadiff.streams.adapt.AdaptTopology;
import io.dynadiff.streams.forecast.ForecastSettings;
import io.dynadiff.streams.forecast.ForecastTopology;
import io.dynadiff.streams.forecast.Rollouts;
import io.dynadiff.streams.verify.VerifySettings;
import io.dynadiff.streams.verify.VerifyTopology;
import io.dynadiff.streams.weights.WeightsId;
import io.dynadiff.streams.weights.WeightsInbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.TestInputTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Mutated and random records on every topic that a role reads: none may stop a role. How many, and
 * by which seed, is said by the properties {@code dynadiff.fuzz.records} and {@code
 * dynadiff.fuzz.seed}.
 */
class FuzzedTopicsTest {

  private static final int RECORDS = Integer.getInteger("dynadiff.fuzz.records", 500);
  private static final long SEED = Long.getLong("dynadiff.fuzz.seed", 1);

  /** Valid frames between the others, so that they meet stores that hold something. */
  private static final int VALID_EVERY = 5;

  /** Every other record would leave a line, or the trace of an exception. */
  private final List<Logger> loggers =
      Stream.of("io.dynadiff.streams", "org.apache.kafka.streams.processor.internals")
          .map(name -> (Logger) LoggerFactory.getLogger(name))
          .toList();

  private final Random random = new Random(SEED);
  private final AvroSerdes serdes = AvroSerdes.of("mock://fuzzed");
  private long sequence;

  @TempDir private Path stateDirectory;

  @BeforeEach
  void silence() {
    loggers.forEach(logger -> logger.setLevel(Level.OFF));
  }

  @AfterEach
  void speak() {
    loggers.forEach(logger -> logger.setLevel(null));
  }

  @Test
  void shouldAdmitOrRejectEveryRecordWhenFramesAreMutated() {
    AdaptSettings settings = AdaptSettings.DEFAULT;
    try (TestTopology topology =
        new TestTopology(
            stateDirectory, wire -> AdaptTopology.build(wire, Samples.systems(), settings))) {
      TestInputTopic<byte[], byte[]> frames = topology.rawInput(Topic.FRAMES);
      Mutations mutations = mutations(topology);
      long admitted = 0;
      long rejected = 0;
      long reasons = 0;
      for (int i = 0; i < RECORDS; i++) {
        byte[] valid = topology.bytes(Topic.FRAMES, FieldFrame.class, frame());
        boolean spoil = i % VALID_EVERY != 0;
        frames.pipeInput(key("e"), spoil ? mutations.next(valid) : valid, 1000 + i);
        sequence += spoil ? 0 : 1;
        if (i % 1000 == 999 || i == RECORDS - 1) {
          // No frame waits any longer for one before it.
          topology.advance(settings.graceTime().multipliedBy(2));
          admitted += topology.rawOutput(Topic.FRAMES_ADMITTED).readRecordsToList().size();
          var refused = topology.rawOutput(Topic.FRAMES_REJECTED).readRecordsToList();
          rejected += refused.size();
          reasons +=
              refused.stream()
                  .filter(r -> r.headers().lastHeader("dynadiff.reason") != null)
                  .count();
          topology.rawOutput(Topic.PROMPTS).readRecordsToList();
          topology.rawOutput(Topic.ADAPTATIONS).readRecordsToList();
        }
      }
      assertThat(admitted + rejected).as("seed %d", SEED).isEqualTo(RECORDS);
      assertThat(reasons).isEqualTo(rejected);
      assertThat(admitted).as("valid frames between them").isPositive();
    }
  }

  @Test
  void shouldGoOnAdmittingWhenScoresAndOrdersAreMutated() {
    try (TestTopology topology =
        new TestTopology(
            stateDirectory,
            wire -> AdaptTopology.build(wire, Samples.systems(), AdaptSettings.DEFAULT))) {
      long sent =
          mutate(
              topology, Topic.FRAMES, Topic.FRAMES_ADMITTED, List.of(Topic.SCORES, Topic.CONTROLS));
      assertThat(sent).isPositive();
    }
  }

  @Test
  void shouldGoOnForecastingWhenScoresOrdersAndWeightsAreMutated() {
    WeightsInbox inbox =
        new WeightsInbox(serdes.deserializer(ExpertWeights.class), Samples.systems());
    byte[] weights = serdes.serializer(ExpertWeights.class).serialize("weights", weights());
    Mutations mutations = new Mutations(random, List.of(weights));
    for (int i = 0; i < RECORDS; i++) {
      inbox.offer(new ConsumerRecord<>("weights", 0, i, "e", mutations.next(weights)));
    }
    assertThat(inbox.refusals("e")).as("seed %d", SEED).isNotEmpty();
    try (TestTopology topology =
        new TestTopology(
            stateDirectory,
            wire ->
                ForecastTopology.build(
                    wire,
                    Samples.systems(),
                    ForecastSettings.DEFAULT,
                    system -> new Persistence(),
                    inbox,
                    new AtomicLong()))) {
      mutate(
          topology, Topic.FRAMES_ADMITTED, Topic.FORECASTS, List.of(Topic.SCORES, Topic.CONTROLS));
    }
  }

  @Test
  void shouldGoOnScoringWhenForecastsAreMutated() {
    try (TestTopology topology =
        new TestTopology(
            stateDirectory,
            wire -> VerifyTopology.build(wire, Samples.systems(), VerifySettings.DEFAULT))) {
      mutate(topology, Topic.FRAMES_ADMITTED, Topic.SCORES, List.of(Topic.FORECASTS));
    }
  }

  /** Sends mutated records between valid frames, each of which must come out in another topic. */
  private long mutate(TestTopology topology, Topic input, Topic output, List<Topic> mutated) {
    Mutations mutations = mutations(topology);
    Duration pause = Duration.ofSeconds(1);
    long found = 0;
    for (int i = 0; i < RECORDS; i++) {
      if (i % VALID_EVERY == 0) {
        topology.input(input, FieldFrame.class).pipeInput("e", frame(), 1000 + i);
        sequence++;
      }
      Topic topic = mutated.get(random.nextInt(mutated.size()));
      topology
          .rawInput(topic)
          .pipeInput(key("e"), mutations.next(value(topology, topic)), 1000 + i);
      if (i % 1000 == 999 || i == RECORDS - 1) {
        topology.advance(VerifySettings.DEFAULT.forecastWait().multipliedBy(2));
        int drained;
        do {
          // A batch of forecasts has a limit.
          topology.advance(pause);
          drained = topology.rawOutput(output).readRecordsToList().size();
          found += drained;
        } while (drained > 0);
        if (output != Topic.SCORES) {
          topology.rawOutput(Topic.ADAPTATIONS).readRecordsToList();
        }
      }
    }
    assertThat(found).as("seed %d", SEED).isEqualTo(sequence);
    return found;
  }

  private Mutations mutations(TestTopology topology) {
    return new Mutations(
        random,
        List.of(
            topology.bytes(Topic.FRAMES, FieldFrame.class, frame()),
            value(topology, Topic.SCORES),
            value(topology, Topic.CONTROLS),
            value(topology, Topic.FORECASTS)));
  }

  private byte[] value(TestTopology topology, Topic topic) {
    return switch (topic) {
      case SCORES -> bytes(topology, topic, ForecastScore.class, score());
      case CONTROLS -> bytes(topology, topic, ControlCommand.class, order());
      case FORECASTS -> bytes(topology, topic, Forecast.class, forecast());
      default -> throw new IllegalArgumentException(topic.name());
    };
  }

  private static <T extends SpecificRecord> byte[] bytes(
      TestTopology topology, Topic topic, Class<T> type, T value) {
    return topology.bytes(topic, type, value);
  }

  private static byte[] key(String environmentId) {
    return environmentId.getBytes(StandardCharsets.UTF_8);
  }

  private FieldFrame frame() {
    return Samples.frame("e", sequence);
  }

  private ControlCommand order() {
    ControlAction[] actions = ControlAction.values();
    return new ControlCommand(
        "e", "order", actions[random.nextInt(actions.length)], 1L, Instant.EPOCH);
  }

  private ForecastScore score() {
    LeadScore lead =
        LeadScore.newBuilder()
            .setLeadSteps(1)
            .setIssueSequence(sequence - 1)
            .setWeightsVersion(random.nextInt(2))
            .setRmse(List.of(0.1, 0.1))
            .setNormalisedRmse(random.nextDouble())
            .setBias(List.of(0.0, 0.0))
            .setSsim(1)
            .setCrps(0.1)
            .setPersistenceNormalisedRmse(1)
            .setSkill(0)
            .build();
    return ForecastScore.newBuilder()
        .setRunId("run-1")
        .setSystem(Samples.SYSTEM)
        .setEnvironmentId("e")
        .setSequence(sequence)
        .setEventTime(Instant.EPOCH)
        .setBundleId("bundle-1")
        .setLeads(List.of(lead))
        .setScoredAt(Instant.EPOCH)
        .build();
  }

  private Forecast forecast() {
    FieldFrame frame = frame();
    float[] values = new float[Samples.LEADS * Samples.SHAPE.size()];
    return Forecast.newBuilder()
        .setRunId("run-1")
        .setSystem(Samples.SYSTEM)
        .setEnvironmentId("e")
        .setIssueSequence(sequence)
        .setIssueTime(frame.getEventTime())
        .setIntervalMs(frame.getIntervalMs())
        .setLeadSteps(List.of(1, 2))
        .setWeightsVersion(1)
        .setWeightsId("w")
        .setBundleId("bundle-1")
        .setGrid(frame.getGrid())
        .setChannels(frame.getChannels())
        .setMembers(1)
        .setMean(TensorCodec.encode(values, DType.FLOAT32, Samples.LEADS, 2, 4, 4))
        .setFrameIngestedAt(Instant.EPOCH)
        .setProducedAt(Instant.EPOCH)
        .build();
  }

  private static ExpertWeights weights() {
    float[] weights = Samples.weights(0.5f);
    Tensor tensor = TensorCodec.encode(weights, DType.FLOAT32, weights.length);
    return ExpertWeights.newBuilder()
        .setRunId("run-1")
        .setSystem(Samples.SYSTEM)
        .setEnvironmentId("e")
        .setWeightsVersion(1)
        .setWeightsId(WeightsId.of(tensor.getData()))
        .setBundleId("bundle-1")
        .setExpertSpec(Samples.system().expertSpec().toJson())
        .setWeights(tensor)
        .setNormalisation(new Normalisation(List.of(0.0, 0.0), List.of(1.0, 1.0)))
        .setReason(RequestReason.FIRST_WINDOW)
        .setFirstSequence(0)
        .setLastSequence(2)
        .setInferredConditions(List.of())
        .setWindowScore(0.1)
        .setCandidateScores(List.of(0.1))
        .setSampler(new SamplerSettings("test", 1, 1.0, 1, 1L))
        .setTimingsMs(Map.of())
        .setWindowCompletedAt(Instant.EPOCH)
        .setGeneratedAt(Instant.EPOCH)
        .build();
  }

  /** Forecasts that nothing changes. */
  private static final class Persistence implements Rollouts {

    @Override
    public List<float[][]> rollout(List<RolloutStart> starts, int leads) {
      return starts.stream()
          .map(
              start -> {
                float[][] fields = new float[leads][];
                Arrays.fill(fields, start.frame());
                return fields;
              })
          .toList();
    }

    @Override
    public double[] windowScores(List<List<float[]>> experts, ObservationWindow window) {
      return new double[experts.size()];
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }
}
