package io.dynadiff.producers.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Coordinates;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.producers.feed.ResumeException;
import io.dynadiff.producers.publish.MockFrames;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Intervals of 1000 ms on a grid of 1 x 2 points, a degree (111 km) apart; the present at 1e6. */
@Timeout(30)
class SensorFeedTest {
  private static final String HEADER = "station,time,lat,lon,value\n";

  private final MockFrames mock = new MockFrames();
  private final List<String> notices = new ArrayList<>();

  @Test
  void shouldPublishAFrameForEachInterval() {
    SensorSummary summary =
        run(
            settings(100, 0.5, false),
            "a,900,0,0,10\nb,1000,0,1,20\na,1500,0,0,11\nb,1900,0,1,21\n");
    assertThat(frames()).extracting(FieldFrame::getSequence).containsExactly(0L, 1L);
    assertThat(frames())
        .extracting(f -> f.getEventTime().toEpochMilli())
        .containsExactly(1000L, 2000L);
    assertThat(values(0)).containsExactly(10, 20);
    assertThat(values(1)).containsExactly(11, 21);
    assertThat(frames().get(0).getChannels()).hasSize(1);
    assertThat(frames().get(0).getConditions().get(1).getValue()).isEqualTo(0.5);
    assertThat(summary.published()).isEqualTo(2);
    assertThat(summary.taken()).isEqualTo(4);
    assertThat(summary.complete()).isTrue();
    assertThat(notices).isEmpty();
  }

  @Test
  void shouldAddTheMaskAsAChannelWhenAsked() {
    run(settings(100, 0, true), "a,900,0,0,10\n");
    FieldFrame frame = frames().get(0);
    assertThat(frame.getChannels().get(1).getName()).isEqualTo("coverage");
    assertThat(TensorCodec.shape(frame.getField())).containsExactly(2, 1, 2);
    assertThat(values(0)).containsExactly(10, 10, 1, 0);
  }

  @Test
  void shouldWithholdAFrameOfTooLittleCoverageAndKeepSequencesWithoutGap() {
    SensorSummary summary =
        run(
            settings(100, 0.75, false),
            "a,900,0,0,10\nb,900,0,1,20\na,1900,0,0,11\na,2900,0,0,12\nb,2900,0,1,22\n");
    assertThat(frames()).extracting(FieldFrame::getSequence).containsExactly(0L, 1L);
    assertThat(frames())
        .extracting(f -> f.getEventTime().toEpochMilli())
        .containsExactly(1000L, 3000L);
    assertThat(summary.withheld()).isEqualTo(1);
    assertThat(notices)
        .containsExactly(
            "interval of 1970-01-01T00:00:02Z withheld: expected a coverage of at least 0.75, found"
                + " 0.50 from 1 stations");
  }

  @Test
  void shouldCountEveryObservationOnce() {
    SensorSummary summary =
        run(
            settings(1000, 0, false),
            "a,900,0,0,10\na,900,0,0,11\nb,3000,0,0,1\na,950,0,0,12\nc,9000000,0,0,1\nnonsense\n");
    assertThat(summary.taken()).isEqualTo(2);
    assertThat(summary.repeated()).isEqualTo(1);
    assertThat(summary.late()).isEqualTo(1);
    assertThat(summary.future()).isEqualTo(1);
    assertThat(summary.malformed()).isEqualTo(1);
    assertThat(values(0)).containsExactly(11, 11);
    assertThat(notices)
        .containsExactly("test, line 7: expected 5 columns, found 1; the line is left out");
  }

  @Test
  void shouldReportStationsThatFallSilentAndComeBack() {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= 9; i++) {
      lines.append("a,").append(i * 1000).append(",0,0,1\n");
      if (i == 1 || i == 6) {
        lines.append("b,").append(i * 1000).append(",0,1,1\n");
      }
    }
    SensorSummary summary = run(settings(1000, 0, false, List.of("a", "z")), lines.toString());
    assertThat(notices)
        .containsExactly(
            "station z has given no data since 1970-01-01T00:00:00Z, the start of the feed",
            "station b has given no data since 1970-01-01T00:00:01Z",
            "station b is back at 1970-01-01T00:00:06Z",
            "station b has given no data since 1970-01-01T00:00:06Z");
    assertThat(summary.silent()).containsExactly("b", "z");
    assertThat(summary.stations()).isEqualTo(2);
  }

  @Test
  void shouldGoOnAfterItsLastFrameWhenStartedAgainOnTheSameFile() {
    String lines = "a,900,0,0,10\na,1900,0,0,11\na,2900,0,0,12\n";
    run(settings(1000, 0, false), "a,900,0,0,10\na,1900,0,0,11\n");
    FieldFrame last = frames().get(1);
    MockFrames second = new MockFrames();
    SensorSummary summary = run(second, settings(1000, 0, false), Optional.of(last), lines);
    assertThat(second.committed()).containsExactly("s/e:2");
    assertThat(summary.resumedFrom()).isEqualTo(2);
    assertThat(summary.beforeStart()).isEqualTo(2);
  }

  @Test
  void shouldRefuseToContinueWithOtherSettings() {
    run(settings(1000, 0, false), "a,900,0,0,10\n");
    Optional<FieldFrame> last = Optional.of(frames().get(0));
    assertThatThrownBy(() -> run(new MockFrames(), settings(1000, 0, true), last, ""))
        .isInstanceOf(ResumeException.class)
        .hasMessageContaining("another grid or other channels");
  }

  @Test
  void shouldCommitWhatCameBeforeAnInputThatFails() {
    assertThatThrownBy(
            () -> {
              try (ObservationInput input = stream("time,lat,lon,value\n")) {
                feed(mock, settings(1000, 0, false), Optional.empty(), input).run();
              }
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found no station");
  }

  @Test
  void shouldSayOnceThatNobodyGivesData() throws IOException {
    AtomicLong present = new AtomicLong();
    AtomicReference<SensorFeed> feed = new AtomicReference<>();
    try (PipedOutputStream nobody = new PipedOutputStream();
        ObservationInput input =
            ObservationInput.stream(new PipedInputStream(nobody), "test", "t2m")) {
      feed.set(
          new SensorFeed(
              "run",
              settings(1000, 0, false),
              input,
              new TopicOutlet("run", settings(1000, 0, false), mock.publisher()),
              Optional.empty(),
              progress -> {},
              notices::add,
              () -> {
                long now = present.addAndGet(1000);
                if (now == 6000) {
                  feed.get().stop();
                }
                return now;
              }));
      feed.get().run();
    }
    assertThat(notices).containsExactly("no station has given data for 3 s; still waiting");
  }

  @Test
  void shouldLeaveOpenIntervalsUnpublishedWhenStopped() {
    try (ObservationInput input = stream(HEADER + "a,900,0,0,10\n")) {
      SensorFeed feed = feed(mock, settings(1000, 0, false), Optional.empty(), input);
      feed.stop();
      SensorSummary summary = feed.run();
      assertThat(summary.complete()).isFalse();
      assertThat(mock.committed()).isEmpty();
    }
  }

  private SensorSummary run(SensorSettings settings, String lines) {
    return run(mock, settings, Optional.empty(), lines);
  }

  private SensorSummary run(
      MockFrames frames, SensorSettings settings, Optional<FieldFrame> last, String lines) {
    try (ObservationInput input = stream(HEADER + lines)) {
      return feed(frames, settings, last, input).run();
    }
  }

  private SensorFeed feed(
      MockFrames frames,
      SensorSettings settings,
      Optional<FieldFrame> last,
      ObservationInput input) {
    return new SensorFeed(
        "run",
        settings,
        input,
        new TopicOutlet("run", settings, frames.publisher()),
        last,
        progress -> {},
        notices::add,
        () -> 1_000_000);
  }

  private static ObservationInput stream(String text) {
    return ObservationInput.stream(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "test", "t2m");
  }

  private static SensorSettings settings(double radius, double coverage, boolean mask) {
    return settings(radius, coverage, mask, List.of());
  }

  private static SensorSettings settings(
      double radius, double coverage, boolean mask, List<String> expected) {
    return new SensorSettings(
        "s",
        "s/e",
        new Channel("t2m", "K"),
        new Grid(1, 2, 0, 0, -1, 1, "degrees", Coordinates.LATITUDE_LONGITUDE, false),
        1000,
        100,
        Gridding.NEAREST,
        radius,
        coverage,
        mask,
        3,
        expected);
  }

  private List<FieldFrame> frames() {
    return mock.producer.history().stream().map(ProducerRecord::value).toList();
  }

  private float[] values(int frame) {
    return TensorCodec.decode(frames().get(frame).getField());
  }
}
