package io.dynadiff.streams.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.avro.LeadScore;
import io.dynadiff.schemas.avro.PromptRequest;
import io.dynadiff.schemas.avro.RequestReason;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.streams.Samples;
import io.dynadiff.streams.TestTopology;
import io.dynadiff.streams.shift.AdwinSettings;
import io.dynadiff.streams.shift.CusumSettings;
import io.dynadiff.streams.shift.DetectorKind;
import io.dynadiff.streams.shift.MonitorSettings;
import io.dynadiff.streams.shift.PageHinkleySettings;
import io.dynadiff.streams.shift.ShiftSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdaptTopologyTest {

  private static final AdaptSettings SETTINGS =
      new AdaptSettings(
          2,
          Duration.ofSeconds(5),
          Duration.ofMinutes(10),
          3,
          0,
          new ShiftSettings(
              DetectorKind.CUSUM,
              new MonitorSettings(1.15, 3, 1, 0.02, 4),
              new CusumSettings(0.35, 2.0),
              PageHinkleySettings.DEFAULT,
              AdwinSettings.DEFAULT));

  @TempDir private Path stateDirectory;
  private TestTopology topology;
  private TestInputTopic<byte[], byte[]> frames;
  private TestInputTopic<String, ForecastScore> scores;

  @BeforeEach
  void start() {
    topology =
        new TestTopology(
            stateDirectory, wire -> AdaptTopology.build(wire, Samples.systems(), SETTINGS));
    frames = topology.rawInput(Topic.FRAMES);
    scores = topology.input(Topic.SCORES, ForecastScore.class);
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  @Test
  void shouldAdmitWithTheTimeOfIngestWhenFramesComeOutOfOrder() {
    send(Samples.frame("a", 0), 10);
    send(Samples.frame("a", 2), 20);
    send(Samples.frame("b", 0), 25);
    send(Samples.frame("a", 1), 30);
    assertThat(admitted())
        .extracting(r -> r.key() + r.value().getSequence() + "@" + r.timestamp())
        .containsExactly("a0@10", "b0@25", "a1@30", "a2@20");
  }

  @Test
  void shouldRejectTheOriginalBytesWithReasonAndPositionWhenARecordIsNoFrame() {
    byte[] good = bytes(Samples.frame("a", 1));
    byte[] wrongMagic = good.clone();
    wrongMagic[0] = 9;
    byte[] truncated = Arrays.copyOf(good, good.length - 7);
    send(Samples.frame("a", 0), 10);
    frames.pipeInput(key("a"), wrongMagic, 11);
    frames.pipeInput(key("a"), truncated, 12);
    frames.pipeInput(key("a"), null, 13);
    frames.pipeInput(null, good, 14);
    send(Samples.frame("a", 1), 15);

    List<TestRecord<byte[], byte[]>> rejected =
        topology.rawOutput(Topic.FRAMES_REJECTED).readRecordsToList();
    assertThat(rejected)
        .extracting(r -> header(r.headers(), "dynadiff.reason"))
        .containsExactly("WRONG_MAGIC_BYTE", "MALFORMED_AVRO", "EMPTY", "KEY_MISMATCH");
    assertThat(rejected)
        .extracting(TestRecord::value)
        .containsExactly(wrongMagic, truncated, null, good);
    TestRecord<byte[], byte[]> first = rejected.get(0);
    assertThat(first.key()).isEqualTo(key("a"));
    assertThat(header(first.headers(), "dynadiff.detail"))
        .isEqualTo("expected magic byte 0 first, found 9");
    assertThat(header(first.headers(), "dynadiff.topic")).isEqualTo("frames");
    assertThat(header(first.headers(), "dynadiff.partition")).isEqualTo("0");
    assertThat(header(first.headers(), "dynadiff.offset")).isEqualTo("1");
    assertThat(header(first.headers(), "dynadiff.timestamp")).isEqualTo("11");
    assertThat(admitted()).extracting(r -> r.value().getSequence()).containsExactly(0L, 1L);
  }

  @Test
  void shouldGoOnWithNeighboursWhenFramesBreakARule() {
    FieldFrame nan = Samples.frame("a", "run-1", 1, Double.NaN);
    FieldFrame unknown = Samples.frame("c", 0);
    unknown.setSystem("cylinder-flow");
    FieldFrame otherShape = Samples.frame(Samples.SYSTEM, Samples.OTHER_SHAPE, "d", "run-1", 0, 0);
    send(Samples.frame("a", 0), 0);
    send(nan, 1);
    send(unknown, 2);
    send(otherShape, 3);
    send(Samples.frame("a", 0), 4);
    send(Samples.frame("a", 1), 5);
    assertThat(reasons())
        .containsExactly("NON_FINITE", "UNKNOWN_SYSTEM", "OTHER_FORM", "DUPLICATE");
    assertThat(admitted()).extracting(r -> r.value().getSequence()).containsExactly(0L, 1L);
  }

  @Test
  void shouldReportTheGapAndRejectTheLateFrameWhenAFrameIsOverdue() {
    sendRange("a", 0, 1);
    sendRange("a", 3, 5);
    assertThat(admitted()).hasSize(5);
    send(Samples.frame("a", 2), 99);
    assertThat(reasons()).containsExactly("LATE");
    Adaptation gap = decisions(Decision.GAP).get(0);
    assertThat(gap.getNumbers())
        .containsEntry("firstMissing", 2.0)
        .containsEntry("lastMissing", 2.0)
        .containsEntry("missing", 1.0);
  }

  @Test
  void shouldReleaseWaitingFramesWhenTheFeedStalls() {
    sendRange("a", 0, 0);
    sendRange("a", 2, 2);
    topology.advance(Duration.ofMillis(4900));
    assertThat(admitted()).hasSize(1);
    topology.advance(Duration.ofMillis(600));
    assertThat(admitted()).extracting(r -> r.value().getSequence()).containsExactly(2L);
    assertThat(decisions(Decision.GAP)).hasSize(1);
  }

  @Test
  void shouldAskForWeightsOnceWhenTheFirstWindowIsFull() {
    sendRange("a", 0, 1);
    assertThat(prompts()).isEmpty();
    sendRange("a", 2, 9);
    List<PromptRequest> requests = prompts();
    assertThat(requests).hasSize(1);
    PromptRequest request = requests.get(0);
    assertThat(request.getReason()).isEqualTo(RequestReason.FIRST_WINDOW);
    assertThat(request.getRequestId()).isEqualTo("run-1/a/1");
    assertThat(request.getWeightsVersion()).isEqualTo(1);
    assertThat(request.getBundleId()).isEqualTo("bundle-1");
    assertThat(request.getFirstSequence()).isZero();
    assertThat(request.getLastSequence()).isEqualTo(2);
    assertThat(TensorCodec.shape(request.getWindow())).containsExactly(3, 2, 4, 4);
    assertThat(TensorCodec.decode(request.getWindow())[2 * 32]).isEqualTo(2f);
    assertThat(Prompts.window(request, Samples.SHAPE).eventTimesMillis())
        .containsExactly(0, 200, 400);
    assertThat(Prompts.features(request).spectra()).hasNumberOfRows(3);
    assertThat(decisions(Decision.REQUESTED)).hasSize(1);
  }

  @Test
  void shouldWaitForAWindowWithoutBreakWhenThereIsAGap() {
    sendRange("a", 0, 1);
    sendRange("a", 3, 5);
    List<PromptRequest> requests = prompts();
    assertThat(requests).hasSize(1);
    assertThat(requests.get(0).getFirstSequence()).isEqualTo(3);
  }

  @Test
  void shouldNotFillAWindowAcrossATimeThatTheSourceLeftOut() {
    sendRange("a", 0, 1);
    FieldFrame later = Samples.frame("a", 2);
    later.setEventTime(Instant.ofEpochMilli(10_000));
    send(later, 2);
    assertThat(admitted()).hasSize(3);
    assertThat(prompts()).isEmpty();
  }

  @Test
  void shouldWaitForFramesAfterTheChangeWhenAShiftIsDetected() {
    sendRange("a", 0, 9);
    prompts();
    for (long sequence = 1; sequence <= 7; sequence++) {
      score("a", sequence, 1, 0.1);
    }
    // Frames up to 9 are in; the shift begins with frame 8, is seen at frame 10.
    score("a", 8, 1, 1.0);
    score("a", 9, 1, 1.0);
    assertThat(prompts()).isEmpty();
    score("a", 10, 1, 1.0);
    Adaptation shift = decisions(Decision.SHIFT_DETECTED).get(0);
    assertThat(shift.getNumbers()).containsEntry("onsetSequence", 8.0);
    assertThat(shift.getIncumbentVersion()).isEqualTo(1);
    assertThat(prompts()).as("only frames 8 and 9 are of the new regime").isEmpty();
    sendRange("a", 10, 10);
    List<PromptRequest> requests = prompts();
    assertThat(requests).hasSize(1);
    assertThat(requests.get(0).getReason()).isEqualTo(RequestReason.SHIFT);
    assertThat(requests.get(0).getFirstSequence()).isEqualTo(8);
    assertThat(requests.get(0).getWeightsVersion()).isEqualTo(2);
    sendRange("a", 11, 15);
    assertThat(prompts()).isEmpty();
  }

  @Test
  void shouldAskAtOnceWhenTheWindowIsAlreadyOfTheNewRegime() {
    sendRange("a", 0, 14);
    prompts();
    for (long sequence = 1; sequence <= 7; sequence++) {
      score("a", sequence, 1, 0.1);
    }
    for (long sequence = 8; sequence <= 10; sequence++) {
      score("a", sequence, 1, 1.0);
    }
    List<PromptRequest> requests = prompts();
    assertThat(requests).hasSize(1);
    assertThat(requests.get(0).getFirstSequence()).isEqualTo(12);
    assertThat(requests.get(0).getLastSequence()).isEqualTo(14);
  }

  @Test
  void shouldRaiseTheVersionWhenANewRunBegins() {
    sendRange("a", 0, 2);
    for (long sequence = 0; sequence < 3; sequence++) {
      send(Samples.frame("a", "run-2", sequence, sequence), 50 + sequence);
    }
    assertThat(prompts())
        .extracting(PromptRequest::getRequestId)
        .containsExactly("run-1/a/1", "run-2/a/2");
  }

  @Test
  void shouldGoOnWhenThereHaveBeenVeryManyRuns() {
    for (int run = 0; run < 100; run++) {
      send(Samples.frame("a", "run-" + run, 0, 0), run);
    }
    assertThat(admitted()).hasSize(100);
    send(Samples.frame("a", "run-50", 1, 1), 100);
    assertThat(reasons()).containsExactly("FINISHED_RUN");
  }

  @Test
  void shouldIgnoreScoresWhenTheyAreOfAnotherRun() {
    sendRange("a", 0, 9);
    prompts();
    for (long sequence = 1; sequence <= 30; sequence++) {
      scores.pipeInput("a", score("a", "run-0", sequence, 1, sequence < 10 ? 0.1 : 5));
    }
    assertThat(decisions(Decision.SHIFT_DETECTED)).isEmpty();
  }

  @Test
  void shouldRejectTheFrameAndGoOnWhenItIsStampedInTheFuture() {
    FieldFrame future = Samples.frame("a", 1);
    future.setEventTime(Instant.ofEpochMilli(Duration.ofHours(2).toMillis()));
    send(Samples.frame("a", 0), 0);
    send(future, 1);
    sendRange("a", 1, 2);
    assertThat(reasons()).containsExactly("FUTURE_EVENT_TIME");
    assertThat(admitted()).extracting(r -> r.value().getSequence()).containsExactly(0L, 1L, 2L);
    assertThat(prompts()).hasSize(1);
  }

  @Test
  void shouldReportAFrozenFeedOnceAndKeepItOutOfWindowsWhenFieldsRepeat() {
    for (long sequence = 0; sequence <= 20; sequence++) {
      // Frames 2..11 repeat frame 1.
      double value = sequence < 2 ? sequence : Math.max(1, sequence - 10);
      send(Samples.frame("a", "run-1", sequence, value), sequence);
    }
    assertThat(admitted()).as("frozen frames are sound frames").hasSize(21);
    List<PromptRequest> requests = prompts();
    assertThat(requests).hasSize(1);
    assertThat(requests.get(0).getFirstSequence())
        .as("the step from the stale field is no dynamics either")
        .isEqualTo(12);
    List<Adaptation> reports = topology.read(Topic.ADAPTATIONS, Adaptation.class);
    assertThat(reports)
        .extracting(a -> a.getDecision() + "@" + a.getSequence())
        .containsExactly("FROZEN@4", "THAWED@12", "REQUESTED@14");
    assertThat(reports.get(1).getNumbers()).containsEntry("repeatedFrames", 10.0);
  }

  @Test
  void shouldBreakTheWindowWithoutReportWhenASingleFrameRepeats() {
    double[] values = {0, 1, 1, 2, 3, 4};
    for (int i = 0; i < values.length; i++) {
      send(Samples.frame("a", "run-1", i, values[i]), i);
    }
    assertThat(prompts()).extracting(PromptRequest::getFirstSequence).containsExactly(3L);
    assertThat(decisions(Decision.FROZEN)).isEmpty();
  }

  @Test
  void shouldSeeNoShiftWhenTheSensorFreezes() {
    sendRange("a", 0, 9);
    for (long sequence = 1; sequence <= 7; sequence++) {
      score("a", sequence, 1, 0.1);
    }
    for (long sequence = 8; sequence <= 30; sequence++) {
      ForecastScore score = score("a", "run-1", sequence, 1, 1.0);
      score.getLeads().get(0).setPersistenceNormalisedRmse(0.0);
      scores.pipeInput("a", score);
    }
    score("a", 31, 1, 1.0);
    score("a", 32, 1, 0.1);
    assertThat(decisions(Decision.SHIFT_DETECTED)).isEmpty();
  }

  private void sendRange(String environmentId, long from, long to) {
    for (long sequence = from; sequence <= to; sequence++) {
      send(Samples.frame(environmentId, sequence), sequence);
    }
  }

  private void send(FieldFrame frame, long ingestedAt) {
    frames.pipeInput(key(frame.getEnvironmentId()), bytes(frame), ingestedAt);
  }

  private void score(String environmentId, long sequence, long version, double error) {
    scores.pipeInput(environmentId, score(environmentId, "run-1", sequence, version, error));
  }

  private static ForecastScore score(
      String environmentId, String runId, long sequence, long version, double error) {
    LeadScore lead =
        LeadScore.newBuilder()
            .setLeadSteps(1)
            .setIssueSequence(sequence - 1)
            .setWeightsVersion(version)
            .setRmse(List.of(error, error))
            .setNormalisedRmse(error)
            .setBias(List.of(0.0, 0.0))
            .setSsim(1)
            .setCrps(error)
            .setPersistenceNormalisedRmse(1)
            .setSkill(0)
            .build();
    return ForecastScore.newBuilder()
        .setRunId(runId)
        .setSystem(Samples.SYSTEM)
        .setEnvironmentId(environmentId)
        .setSequence(sequence)
        .setEventTime(Instant.ofEpochMilli(sequence * Samples.INTERVAL))
        .setBundleId("bundle-1")
        .setLeads(List.of(lead))
        .setScoredAt(Instant.ofEpochMilli(0))
        .build();
  }

  private byte[] bytes(FieldFrame frame) {
    return topology.bytes(Topic.FRAMES, FieldFrame.class, frame);
  }

  private static byte[] key(String environmentId) {
    return environmentId.getBytes(StandardCharsets.UTF_8);
  }

  private List<TestRecord<String, FieldFrame>> admitted() {
    return topology.records(Topic.FRAMES_ADMITTED, FieldFrame.class);
  }

  private List<PromptRequest> prompts() {
    return topology.read(Topic.PROMPTS, PromptRequest.class);
  }

  private List<Adaptation> decisions(Decision decision) {
    return topology.read(Topic.ADAPTATIONS, Adaptation.class).stream()
        .filter(one -> one.getDecision() == decision)
        .toList();
  }

  private List<String> reasons() {
    return topology.rawOutput(Topic.FRAMES_REJECTED).readRecordsToList().stream()
        .map(record -> header(record.headers(), "dynadiff.reason"))
        .toList();
  }

  private static String header(Headers headers, String name) {
    return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
