package io.dynadiff.streams.admit;

import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.streams.admit.WaitingFrames.Waiting;
import io.dynadiff.streams.state.OrderState;
import io.dynadiff.streams.state.SequenceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts the frames of one environment in sequence order, each once.
 *
 * <pre>
 *   offered   0 1 3 4 2 2 5    ->  admitted 0 1 2 3 4 5, the second 2 is a DUPLICATE
 *   offered   0 1 3 4 5 6 7 8  ->  admitted 0 1, then a gap 2..2 once frame 2 is overdue, 3 4 ...
 * </pre>
 *
 * <p>A missing frame is overdue when the newest frame is more than {@code graceIntervals} frame
 * intervals of event time later, or when its successors have waited {@code graceMillis} on the wall
 * clock, so that a feed that stalls behind a gap is released.
 *
 * <p>Sources may leave out time, replays lie in the past, and simulations may outrun the clock from
 * frame to frame; but a frame that leaps over more than {@code largestLeadMillis} and ends that far
 * ahead of the wall clock has a wrong clock. It is rejected, so that it does not hold up the frames
 * after it, which bear the right time. The first frame of a run has nothing to leap from. Works on
 * a state and a buffer that it is given, so it holds nothing that must survive. Not thread-safe.
 */
public final class EnvironmentOrder {

  private static final int REMEMBERED = 64;

  private final int graceIntervals;
  private final long graceMillis;
  private final long largestLeadMillis;

  public EnvironmentOrder(int graceIntervals, long graceMillis, long largestLeadMillis) {
    this.graceIntervals = graceIntervals;
    this.graceMillis = graceMillis;
    this.largestLeadMillis = largestLeadMillis;
  }

  /** State of an environment before its first frame. */
  public static OrderState unseen(FieldFrame first) {
    OrderState state = new OrderState();
    state.setFinishedRuns(new ArrayList<>());
    begin(state, first);
    return state;
  }

  /**
   * Offers a frame that passed {@link FrameRules}; updates state and buffer.
   *
   * @param ingestedAt record timestamp, in milliseconds since the epoch
   * @param now wall-clock time, likewise
   */
  public List<Outcome> offer(
      OrderState state, WaitingFrames waiting, FieldFrame frame, long ingestedAt, long now) {
    List<Outcome> outcomes = new ArrayList<>();
    if (!frame.getRunId().equals(state.getRunId())) {
      if (state.getFinishedRuns().contains(frame.getRunId())) {
        return List.of(
            rejected(
                RejectionReason.FINISHED_RUN,
                "expected run "
                    + state.getRunId()
                    + ", found "
                    + frame.getRunId()
                    + ", which it has replaced"));
      }
      while (state.getWaiting() > 0) {
        skipToFirstWaiting(state, waiting, now, outcomes);
      }
      state.getFinishedRuns().add(state.getRunId());
      forgetOldest(state.getFinishedRuns());
      begin(state, frame);
    }
    Optional<Rejection> objection = objection(state, waiting, frame, now);
    if (objection.isPresent()) {
      outcomes.add(new Outcome.Rejected(objection.get()));
      return outcomes;
    }
    if (frame.getSequence() > state.getNewestSequence()) {
      state.setNewestSequence(frame.getSequence());
      state.setNewestEventTime(millis(frame));
    }
    if (frame.getSequence() == state.getNextSequence()) {
      admit(state, new Waiting(frame, ingestedAt), outcomes);
      admitFollowing(state, waiting, now, outcomes);
    } else {
      if (state.getWaiting() == 0) {
        state.setBlockedSince(now);
      }
      waiting.add(new Waiting(frame, ingestedAt), now);
      state.setWaiting(state.getWaiting() + 1);
    }
    while (state.getWaiting() > 0 && missingFrameIsOverdue(state, frame.getIntervalMs(), waiting)) {
      skipToFirstWaiting(state, waiting, now, outcomes);
    }
    return outcomes;
  }

  /** Gives up a gap whose successors have waited long enough on the wall clock. */
  public List<Outcome> expire(OrderState state, WaitingFrames waiting, long now) {
    List<Outcome> outcomes = new ArrayList<>();
    while (state.getWaiting() > 0 && now - state.getBlockedSince() >= graceMillis) {
      skipToFirstWaiting(state, waiting, now, outcomes);
    }
    return outcomes;
  }

  private static void begin(OrderState state, FieldFrame first) {
    state.setRunId(first.getRunId());
    state.setSystem(first.getSystem());
    state.setNextSequence(0);
    state.setReleasedSequence(-1);
    state.setReleasedEventTime(0);
    state.setNewestSequence(-1);
    state.setNewestEventTime(0);
    state.setWaiting(0);
    state.setBlockedSince(0);
    state.setSkipped(new ArrayList<>());
  }

  private Optional<Rejection> objection(
      OrderState state, WaitingFrames waiting, FieldFrame frame, long now) {
    long sequence = frame.getSequence();
    if (!frame.getSystem().equals(state.getSystem())) {
      return Optional.of(
          new Rejection(
              RejectionReason.UNKNOWN_SYSTEM,
              "expected system \""
                  + state.getSystem()
                  + "\" as at the beginning of run "
                  + state.getRunId()
                  + ", found \""
                  + frame.getSystem()
                  + "\""));
    }
    if (sequence < state.getNextSequence()) {
      boolean skipped =
          state.getSkipped().stream()
              .anyMatch(gap -> gap.getFirst() <= sequence && sequence <= gap.getLast());
      return Optional.of(
          skipped
              ? new Rejection(
                  RejectionReason.LATE,
                  "expected sequence "
                      + state.getNextSequence()
                      + " or later, found "
                      + sequence
                      + ", which was given up as missing")
              : duplicate(sequence));
    }
    Optional<Waiting> below = waiting.atOrBelow(sequence);
    if (below.isPresent() && below.get().frame().getSequence() == sequence) {
      return Optional.of(duplicate(sequence));
    }
    return below
        .map(w -> spacing(w.frame().getSequence(), millis(w.frame()), frame, now))
        .orElseGet(
            () ->
                state.getReleasedSequence() < 0
                    ? Optional.empty()
                    : spacing(
                        state.getReleasedSequence(), state.getReleasedEventTime(), frame, now))
        .or(
            () ->
                waiting
                    .above(sequence)
                    .flatMap(w -> spacing(sequence, millis(frame), w.frame(), now))
                    .map(
                        r ->
                            new Rejection(
                                r.reason(), "the successor that waits already: " + r.detail())));
  }

  /** Each sequence step takes at least one interval; otherwise a sequence or a time is wrong. */
  private Optional<Rejection> spacing(long sequence, long eventTime, FieldFrame later, long now) {
    long steps = later.getSequence() - sequence;
    long elapsed = millis(later) - eventTime;
    boolean rising = millis(later) >= eventTime && elapsed >= 0;
    if (rising && elapsed / later.getIntervalMs() >= steps) {
      return leap(elapsed - steps * later.getIntervalMs(), later, now);
    }
    // Times as far apart as a long reaches must not pass by overflow: found is then negative.
    return Optional.of(
        new Rejection(
            RejectionReason.BAD_EVENT_TIME,
            "expected sequence "
                + later.getSequence()
                + " at least "
                + steps
                + " intervals of "
                + later.getIntervalMs()
                + " ms after sequence "
                + sequence
                + ", found it "
                + elapsed
                + " ms after it"));
  }

  private Optional<Rejection> leap(long leftOut, FieldFrame frame, long now) {
    long lead = millis(frame) - now;
    if (leftOut <= largestLeadMillis || lead <= largestLeadMillis) {
      return Optional.empty();
    }
    return Optional.of(
        new Rejection(
            RejectionReason.FUTURE_EVENT_TIME,
            "expected an event time at most "
                + largestLeadMillis
                + " ms ahead of the clock after a leap, found sequence "
                + frame.getSequence()
                + " "
                + lead
                + " ms ahead of it after leaving out "
                + leftOut
                + " ms"));
  }

  private boolean missingFrameIsOverdue(OrderState state, long interval, WaitingFrames waiting) {
    FieldFrame first = waiting.first().orElseThrow().frame();
    long behind = (state.getNewestEventTime() - millis(first)) / interval;
    long missing = first.getSequence() - state.getNextSequence();
    return behind + missing > graceIntervals;
  }

  private static void skipToFirstWaiting(
      OrderState state, WaitingFrames waiting, long now, List<Outcome> outcomes) {
    FieldFrame first = waiting.first().orElseThrow().frame();
    long from = state.getNextSequence();
    long to = first.getSequence() - 1;
    outcomes.add(new Outcome.Gap(from, to, first, Math.max(0, now - state.getBlockedSince())));
    state.getSkipped().add(new SequenceRange(from, to));
    forgetOldest(state.getSkipped());
    state.setNextSequence(first.getSequence());
    admitFollowing(state, waiting, now, outcomes);
  }

  private static void admitFollowing(
      OrderState state, WaitingFrames waiting, long now, List<Outcome> outcomes) {
    while (state.getWaiting() > 0) {
      Waiting first = waiting.first().orElseThrow();
      if (first.frame().getSequence() != state.getNextSequence()) {
        // What waits now waits behind another gap, which gets its own time.
        state.setBlockedSince(now);
        return;
      }
      waiting.remove(first.frame().getSequence());
      state.setWaiting(state.getWaiting() - 1);
      admit(state, first, outcomes);
    }
  }

  private static void admit(OrderState state, Waiting waiting, List<Outcome> outcomes) {
    FieldFrame frame = waiting.frame();
    outcomes.add(new Outcome.Admitted(frame, waiting.ingestedAt()));
    state.setReleasedSequence(frame.getSequence());
    state.setReleasedEventTime(millis(frame));
    state.setNextSequence(frame.getSequence() + 1);
  }

  private static Rejection duplicate(long sequence) {
    return new Rejection(
        RejectionReason.DUPLICATE, "expected each sequence once, found " + sequence + " again");
  }

  private static Outcome rejected(RejectionReason reason, String detail) {
    return new Outcome.Rejected(new Rejection(reason, detail));
  }

  private static long millis(FieldFrame frame) {
    return frame.getEventTime().toEpochMilli();
  }

  private static void forgetOldest(List<?> list) {
    if (list.size() > REMEMBERED) {
      list.remove(0);
    }
  }
}
