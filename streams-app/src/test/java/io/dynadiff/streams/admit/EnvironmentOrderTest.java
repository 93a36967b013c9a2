package io.dynadiff.streams.admit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.streams.Samples;
import io.dynadiff.streams.admit.WaitingFrames.Waiting;
import io.dynadiff.streams.state.OrderState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class EnvironmentOrderTest {

  private static final int GRACE = 5;
  private static final long GRACE_MILLIS = 5000;
  private static final long LARGEST_LEAD_MILLIS = 60_000;

  private final EnvironmentOrder order =
      new EnvironmentOrder(GRACE, GRACE_MILLIS, LARGEST_LEAD_MILLIS);
  private final Buffer buffer = new Buffer();
  private final List<String> log = new ArrayList<>();
  private OrderState state;
  private long now = 1_000_000;

  @Test
  void shouldAdmitAtOnceWhenFramesComeInOrder() {
    offer(0, 1, 2);
    assertThat(log).containsExactly("0", "1", "2");
  }

  @Test
  void shouldRestoreOrderWhenAFrameComesEarly() {
    offer(0, 1, 3, 4, 2, 5);
    assertThat(log).containsExactly("0", "1", "2", "3", "4", "5");
  }

  @Test
  void shouldRejectWhenAFrameWasAdmittedBefore() {
    offer(0, 1, 1, 0);
    assertThat(log).containsExactly("0", "1", "DUPLICATE", "DUPLICATE");
  }

  @Test
  void shouldRejectWhenAFrameWaitsAlready() {
    offer(0, 2, 2, 1);
    assertThat(log).containsExactly("0", "DUPLICATE", "1", "2");
  }

  @Test
  void shouldGiveUpAMissingFrameWhenTheNewestIsMoreThanTheGraceLater() {
    offer(0, 1, 3, 4, 5, 6, 7);
    assertThat(log).containsExactly("0", "1");
    offer(8);
    assertThat(log).containsExactly("0", "1", "gap 2..2", "3", "4", "5", "6", "7", "8");
  }

  @Test
  void shouldGiveUpAMissingFrameWhenTheFeedStalls() {
    offer(0, 2);
    now += GRACE_MILLIS - 1;
    expire();
    assertThat(log).containsExactly("0");
    now += 1;
    expire();
    assertThat(log).containsExactly("0", "gap 1..1", "2");
  }

  @Test
  void shouldTimeASecondGapByItselfWhenTheFirstIsGivenUp() {
    offer(0, 2, 4);
    now += GRACE_MILLIS;
    expire();
    assertThat(log).containsExactly("0", "gap 1..1", "2");
    now += GRACE_MILLIS;
    expire();
    assertThat(log).containsExactly("0", "gap 1..1", "2", "gap 3..3", "4");
  }

  @Test
  void shouldRejectAsLateWhenAFrameWasGivenUp() {
    offer(0, 2);
    now += GRACE_MILLIS;
    expire();
    offer(1);
    assertThat(log).containsExactly("0", "gap 1..1", "2", "LATE");
  }

  @Test
  void shouldSeeAGapWhenTheFirstFrameOfARunIsMissing() {
    offer(1, 2);
    now += GRACE_MILLIS;
    expire();
    assertThat(log).containsExactly("gap 0..0", "1", "2");
  }

  @Test
  void shouldAdmitWhatWaitsWhenANewRunBegins() {
    offer(0, 2);
    offer(Samples.frame("e", "run-2", 0, 0));
    assertThat(log).containsExactly("0", "gap 1..1", "2", "0");
  }

  @Test
  void shouldRejectWhenAFrameOfAFinishedRunComes() {
    offer(0);
    offer(Samples.frame("e", "run-2", 0, 0));
    offer(1);
    offer(Samples.frame("e", "run-2", 1, 0));
    assertThat(log).containsExactly("0", "0", "FINISHED_RUN", "1");
  }

  @Test
  void shouldRejectWhenTheSystemChangesWithinARun() {
    offer(0);
    offer(Samples.frame(Samples.OTHER_SYSTEM, Samples.OTHER_SHAPE, "e", "run-1", 1, 0));
    assertThat(log).containsExactly("0", "UNKNOWN_SYSTEM");
  }

  @Test
  void shouldRejectWhenEventTimeStandsStill() {
    offer(0);
    offer(at(1, 0));
    offer(at(1, Samples.INTERVAL));
    assertThat(log).containsExactly("0", "BAD_EVENT_TIME", "1");
  }

  @Test
  void shouldRejectWhenASequenceRunsAheadOfItsEventTime() {
    offer(0, 1);
    offer(at(1L << 40, 2 * Samples.INTERVAL));
    offer(2);
    assertThat(log).containsExactly("0", "1", "BAD_EVENT_TIME", "2");
  }

  @Test
  void shouldRejectWhenEventTimesAreTooFarApartForALong() {
    offer(at(0, Long.MAX_VALUE));
    offer(at(1, Long.MIN_VALUE));
    assertThat(log).containsExactly("0", "BAD_EVENT_TIME");
  }

  @Test
  void shouldGoOnWithTheRightTimeWhenAFrameIsStampedInTheFuture() {
    offer(at(0, now));
    offer(at(1, now + 7_200_000));
    offer(at(1, now + 200));
    offer(at(2, now + 400));
    assertThat(log).containsExactly("0", "FUTURE_EVENT_TIME", "1", "2");
  }

  @Test
  void shouldBelieveALeapWhenItEndsBeforeTheClock() {
    offer(at(0, now - 86_400_000));
    offer(at(1, now - 200));
    offer(at(2, now + LARGEST_LEAD_MILLIS));
    assertThat(log).containsExactly("0", "1", "2");
  }

  @Test
  void shouldBelieveAFeedWhenItOutrunsTheClockFromFrameToFrame() {
    for (int i = 0; i < 1000; i++) {
      offer(at(i, now + i * 3_600_000L, 3_600_000));
    }
    assertThat(log).hasSize(1000).doesNotContain("FUTURE_EVENT_TIME");
  }

  @Test
  void shouldRejectWhenAnEarlierFrameDoesNotFitBeforeTheOneThatWaits() {
    offer(0);
    offer(at(2, 2 * Samples.INTERVAL));
    offer(at(1, 2 * Samples.INTERVAL));
    assertThat(log).containsExactly("0", "BAD_EVENT_TIME");
    offer(1);
    assertThat(log).containsExactly("0", "BAD_EVENT_TIME", "1", "2");
  }

  @Property
  void shouldAccountForEveryFrameWhenTheyComeShuffledAndRepeated(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 60) int count,
      @ForAll @IntRange(min = 0, max = 12) int shuffle) {
    Random random = new Random(seed);
    TreeMap<Double, Long> arrival = new TreeMap<>();
    for (long sequence = 0; sequence < count; sequence++) {
      int copies = random.nextInt(6) == 0 ? 0 : 1 + random.nextInt(2);
      for (int copy = 0; copy < copies; copy++) {
        arrival.put(sequence + random.nextDouble() * shuffle, sequence);
      }
    }
    EnvironmentOrder fresh = new EnvironmentOrder(GRACE, GRACE_MILLIS, LARGEST_LEAD_MILLIS);
    Buffer waiting = new Buffer();
    List<Outcome> outcomes = new ArrayList<>();
    OrderState known = null;
    for (long sequence : arrival.values()) {
      FieldFrame frame = Samples.frame("e", sequence);
      known = known == null ? EnvironmentOrder.unseen(frame) : known;
      outcomes.addAll(fresh.offer(known, waiting, frame, 1, 1));
    }
    if (known != null) {
      outcomes.addAll(fresh.expire(known, waiting, 1 + GRACE_MILLIS));
      outcomes.addAll(fresh.expire(known, waiting, 1 + 2 * GRACE_MILLIS * count));
    }
    long lastOutcome = -1;
    long rejected = 0;
    long admitted = 0;
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Admitted one) {
        assertThat(one.frame().getSequence()).isEqualTo(lastOutcome + 1);
        lastOutcome = one.frame().getSequence();
        admitted++;
      } else if (outcome instanceof Outcome.Gap gap) {
        assertThat(gap.first()).isEqualTo(lastOutcome + 1);
        lastOutcome = gap.last();
      } else {
        rejected++;
      }
    }
    int left = known == null ? 0 : known.getWaiting();
    assertThat(left).isEqualTo(waiting.frames.size());
    assertThat(admitted + rejected + left).isEqualTo(arrival.size());
  }

  private static FieldFrame at(long sequence, long eventTime, long interval) {
    FieldFrame frame = at(sequence, eventTime);
    frame.setIntervalMs(interval);
    return frame;
  }

  private static FieldFrame at(long sequence, long eventTime) {
    FieldFrame frame = Samples.frame("e", sequence % 1000);
    frame.setSequence(sequence);
    frame.setEventTime(Instant.ofEpochMilli(eventTime));
    return frame;
  }

  private void offer(long... sequences) {
    for (long sequence : sequences) {
      offer(Samples.frame("e", sequence));
    }
  }

  private void offer(FieldFrame frame) {
    if (state == null) {
      state = EnvironmentOrder.unseen(frame);
    }
    order.offer(state, buffer, frame, now, now).forEach(this::note);
  }

  private void expire() {
    order.expire(state, buffer, now).forEach(this::note);
  }

  private void note(Outcome outcome) {
    if (outcome instanceof Outcome.Admitted admitted) {
      log.add(Long.toString(admitted.frame().getSequence()));
    } else if (outcome instanceof Outcome.Gap gap) {
      log.add("gap " + gap.first() + ".." + gap.last());
    } else if (outcome instanceof Outcome.Rejected rejected) {
      log.add(rejected.rejection().reason().name());
    }
  }

  private static final class Buffer implements WaitingFrames {

    private final TreeMap<Long, Waiting> frames = new TreeMap<>();

    @Override
    public Optional<Waiting> first() {
      return Optional.ofNullable(frames.firstEntry()).map(Map.Entry::getValue);
    }

    @Override
    public Optional<Waiting> atOrBelow(long sequence) {
      return Optional.ofNullable(frames.floorEntry(sequence)).map(Map.Entry::getValue);
    }

    @Override
    public Optional<Waiting> above(long sequence) {
      return Optional.ofNullable(frames.higherEntry(sequence)).map(Map.Entry::getValue);
    }

    @Override
    public void add(Waiting waiting, long now) {
      frames.put(waiting.frame().getSequence(), waiting);
    }

    @Override
    public void remove(long sequence) {
      frames.remove(sequence);
    }
  }
}
