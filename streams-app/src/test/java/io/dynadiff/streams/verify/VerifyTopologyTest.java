package io.dynadiff.streams.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.avro.LeadScore;
import io.dynadiff.schemas.avro.RetiredForecast;
import io.dynadiff.schemas.avro.Tensor;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.streams.Samples;
import io.dynadiff.streams.TestTopology;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.streams.TestInputTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTopologyTest {

  private static final Duration WAIT = Duration.ofSeconds(10);

  @TempDir private Path stateDirectory;
  private TestTopology topology;
  private TestInputTopic<String, FieldFrame> frames;
  private TestInputTopic<String, Forecast> forecasts;

  @BeforeEach
  void start() {
    topology =
        new TestTopology(
            stateDirectory,
            wire -> VerifyTopology.build(wire, Samples.systems(), new VerifySettings(WAIT)));
    frames = topology.input(Topic.FRAMES_ADMITTED, FieldFrame.class);
    forecasts = topology.input(Topic.FORECASTS, Forecast.class);
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  @Test
  void shouldScoreTheFirstFrameAtOnceWhenNothingWasForecast() {
    frame(0);
    List<ForecastScore> scores = scores();
    assertThat(scores).hasSize(1);
    assertThat(scores.get(0).getLeads()).isEmpty();
    assertThat(scores.get(0).getBundleId()).isEqualTo("bundle-1");
  }

  @Test
  void shouldScoreEveryLeadWhenForecastsAreThere() {
    frame(0);
    forecast(0, 7, 0.25f);
    frame(1);
    forecast(1, 8, 0.5f);
    frame(2);
    List<ForecastScore> scores = scores();
    assertThat(scores).extracting(ForecastScore::getSequence).containsExactly(0L, 1L, 2L);
    List<LeadScore> leads = scores.get(2).getLeads();
    assertThat(leads).extracting(LeadScore::getLeadSteps).containsExactly(1, 2);
    LeadScore first = leads.get(0);
    assertThat(first.getIssueSequence()).isEqualTo(1);
    assertThat(first.getWeightsVersion()).isEqualTo(8);
    assertThat(first.getNormalisedRmse()).isCloseTo(0.5, within(1e-6));
    assertThat(first.getRmse()).allSatisfy(e -> assertThat(e).isCloseTo(0.5, within(1e-6)));
    assertThat(first.getBias()).allSatisfy(e -> assertThat(e).isCloseTo(-0.5, within(1e-6)));
    assertThat(first.getCrps()).isCloseTo(0.5, within(1e-6));
    assertThat(first.getPersistenceNormalisedRmse()).isCloseTo(1, within(1e-6));
    assertThat(first.getSkill()).isCloseTo(0.5, within(1e-6));
    assertThat(first.getRetiredWeightsVersion()).isNull();
    LeadScore second = leads.get(1);
    assertThat(second.getIssueSequence()).isZero();
    assertThat(second.getWeightsVersion()).isEqualTo(7);
    assertThat(second.getNormalisedRmse()).isCloseTo(1.5, within(1e-6));
    assertThat(second.getPersistenceNormalisedRmse()).isCloseTo(2, within(1e-6));
  }

  @Test
  void shouldScoreTheRetiredExpertBesideWhenASwapIsOnTrial() {
    frame(0);
    Forecast forecast = forecastOf("run-1", 0, 2, 1f);
    forecast.setRetired(new RetiredForecast(1L, fields(0, 0.5f)));
    forecasts.pipeInput("e", forecast);
    frame(1);
    LeadScore lead = scores().get(1).getLeads().get(0);
    assertThat(lead.getNormalisedRmse()).isCloseTo(0, within(1e-6));
    assertThat(lead.getRetiredWeightsVersion()).isEqualTo(1);
    assertThat(lead.getRetiredNormalisedRmse()).isCloseTo(0.5, within(1e-6));
  }

  @Test
  void shouldHoldAFrameWhenTheForecastFromTheFrameBeforeHasNotCome() {
    frame(0);
    frame(1);
    frame(2);
    assertThat(scores()).extracting(ForecastScore::getSequence).containsExactly(0L);
    forecast(0, 1, 1f);
    assertThat(scores()).extracting(ForecastScore::getSequence).containsExactly(1L);
    forecast(1, 1, 1f);
    List<ForecastScore> scores = scores();
    assertThat(scores).extracting(ForecastScore::getSequence).containsExactly(2L);
    assertThat(scores.get(0).getLeads()).hasSize(2);
  }

  @Test
  void shouldScoreWithWhatThereIsWhenAForecastDoesNotComeInTime() {
    frame(0);
    frame(1);
    scores();
    topology.advance(WAIT.minusMillis(500));
    assertThat(scores()).isEmpty();
    topology.advance(Duration.ofSeconds(1));
    List<ForecastScore> scores = scores();
    assertThat(scores).extracting(ForecastScore::getSequence).containsExactly(1L);
    assertThat(scores.get(0).getLeads()).isEmpty();
    forecast(0, 1, 1f);
    forecast(1, 1, 1f);
    frame(2);
    assertThat(scores().get(0).getLeads())
        .as("what comes too late for one frame still serves the next")
        .extracting(LeadScore::getIssueSequence)
        .containsExactly(1L, 0L);
  }

  @Test
  void shouldGoOnWaitingWhenTheForecasterIsSlowButAlive() {
    frame(0);
    frame(1);
    frame(2);
    topology.advance(WAIT.minusMillis(500));
    forecast(0, 1, 1f);
    topology.advance(WAIT.minusMillis(500));
    assertThat(scores()).extracting(ForecastScore::getSequence).containsExactly(0L, 1L);
    forecast(1, 1, 1f);
    assertThat(scores().get(0).getLeads()).hasSize(2);
  }

  @Test
  void shouldScoreOnceWhenAForecastIsSeenTwice() {
    frame(0);
    forecast(0, 1, 1f);
    forecast(0, 1, 1f);
    frame(1);
    forecast(0, 1, 1f);
    assertThat(scores()).hasSize(2);
  }

  @Test
  void shouldTakeForecastsThatComeBeforeTheirIssueFrameIsRead() {
    forecast(0, 1, 1f);
    forecast(1, 1, 1f);
    frame(0);
    frame(1);
    frame(2);
    assertThat(scores()).extracting(score -> score.getLeads().size()).containsExactly(0, 1, 2);
  }

  @Test
  void shouldCompareWithLongerLeadsOnlyWhenASequenceIsMissing() {
    frame(0);
    forecast(0, 1, 1f);
    frame(2);
    List<ForecastScore> scores = scores();
    assertThat(scores).hasSize(2);
    assertThat(scores.get(1).getLeads()).extracting(LeadScore::getLeadSteps).containsExactly(2);
  }

  @Test
  void shouldNotCompareWhenTheSourceLeftTimeOut() {
    frame(0);
    forecast(0, 1, 1f);
    FieldFrame later = Samples.frame("e", 1);
    later.setEventTime(Instant.ofEpochMilli(5000));
    frames.pipeInput("e", later);
    List<ForecastScore> scores = scores();
    assertThat(scores).hasSize(2);
    assertThat(scores.get(1).getLeads()).isEmpty();
  }

  @Test
  void shouldKeepRunsApartWhenANewOneBegins() {
    frame(0);
    forecast(0, 1, 1f);
    frame(1);
    forecast(1, 1, 1f);
    frames.pipeInput("e", Samples.frame("e", "run-2", 0, 0));
    frames.pipeInput("e", Samples.frame("e", "run-2", 1, 1));
    forecasts.pipeInput("e", forecastOf("run-1", 1, 1, 1f));
    assertThat(scores())
        .extracting(s -> s.getRunId() + "/" + s.getSequence() + "/" + s.getLeads().size())
        .containsExactly("run-1/0/0", "run-1/1/1", "run-2/0/0");
    forecasts.pipeInput("e", forecastOf("run-2", 0, 1, 1f));
    assertThat(scores())
        .extracting(s -> s.getRunId() + "/" + s.getSequence() + "/" + s.getLeads().size())
        .containsExactly("run-2/1/1");
  }

  @Test
  void shouldReportNotANumberWhenAForecastHasDiverged() {
    frame(0);
    forecast(0, 1, Float.NaN);
    frame(1);
    assertThat(scores().get(1).getLeads().get(0).getNormalisedRmse()).isNaN();
  }

  @Test
  void shouldPassOverAForecastWhenItContradictsItself() {
    frame(0);
    Forecast good = forecastOf("run-1", 0, 7, 1);
    List<Forecast> contradictory =
        List.of(
            Forecast.newBuilder(good).setLeadSteps(List.of()).build(),
            Forecast.newBuilder(good).setLeadSteps(List.of(2, 1)).build(),
            Forecast.newBuilder(good).setLeadSteps(List.of(1, 2, 3)).build(),
            Forecast.newBuilder(good).setIssueSequence(-1).build(),
            Forecast.newBuilder(good).setIssueSequence(Long.MAX_VALUE).build(),
            Forecast.newBuilder(good).setMembers(0).build(),
            Forecast.newBuilder(good).setMembers(2).setMemberFields(good.getMean()).build(),
            Forecast.newBuilder(good).setSpread(good.getMean()).build(),
            Forecast.newBuilder(good).setMean(Samples.frame("e", 0).getField()).build());
    contradictory.subList(0, 8).forEach(one -> forecasts.pipeInput("e", one));
    forecasts.pipeInput("another", good);
    // Half a field for each lead can be kept, but is compared with nothing.
    forecasts.pipeInput("e", contradictory.get(8));
    frame(1);
    assertThat(scores()).extracting(ForecastScore::getSequence).containsExactly(0L, 1L);
    forecasts.pipeInput("e", forecastOf("run-1", 1, 7, 1));
    frame(2);
    assertThat(scores()).hasSize(1).allSatisfy(s -> assertThat(s.getLeads()).hasSize(1));
  }

  private void frame(long sequence) {
    frames.pipeInput("e", Samples.frame("e", sequence));
  }

  private void forecast(long issueSequence, long version, float step) {
    forecasts.pipeInput("e", forecastOf("run-1", issueSequence, version, step));
  }

  /** A forecast that adds {@code step} at each lead; the truth adds 1. */
  private static Forecast forecastOf(String runId, long issueSequence, long version, float step) {
    FieldFrame frame = Samples.frame("e", runId, issueSequence, issueSequence);
    return Forecast.newBuilder()
        .setRunId(runId)
        .setSystem(frame.getSystem())
        .setEnvironmentId("e")
        .setIssueSequence(issueSequence)
        .setIssueTime(frame.getEventTime())
        .setIntervalMs(frame.getIntervalMs())
        .setLeadSteps(List.of(1, 2))
        .setWeightsVersion(version)
        .setWeightsId("w" + version)
        .setBundleId("bundle-1")
        .setGrid(frame.getGrid())
        .setChannels(frame.getChannels())
        .setMembers(1)
        .setMean(fields(issueSequence, step))
        .setFrameIngestedAt(Instant.EPOCH)
        .setProducedAt(Instant.EPOCH)
        .build();
  }

  private static Tensor fields(long issueSequence, float step) {
    int size = Samples.SHAPE.size();
    float[] values = new float[2 * size];
    Arrays.fill(values, 0, size, issueSequence + step);
    Arrays.fill(values, size, 2 * size, issueSequence + 2 * step);
    return TensorCodec.encode(values, DType.FLOAT32, 2, 2, 4, 4);
  }

  private List<ForecastScore> scores() {
    return topology.read(Topic.SCORES, ForecastScore.class);
  }
}
