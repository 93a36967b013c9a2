package io.dynadiff.console.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.console.SyntheticFeed;
import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConsoleStateTest {

  private static final String ID = "lambda-omega/a";

  private final AtomicLong clock = new AtomicLong(1_000_000);
  private final ConsoleState state = new ConsoleState(Limits.DEFAULT, clock::get);
  private final SyntheticFeed feed = SyntheticFeed.plane(ID);

  private void advance(int frames) {
    for (int i = 0; i < frames; i++) {
      clock.addAndGet(SyntheticFeed.INTERVAL_MS);
      feed.advance(state);
    }
  }

  private EnvironmentDetail detail() {
    return state.detail(ID, EnvironmentDetail.Seen.NOTHING).orElseThrow();
  }

  @Test
  void shouldGiveTheForecastBesideWhatCameTrueWhenAllItsLeadsAreThere() {
    advance(40);

    FieldSet fields = state.fields(ID, true).orElseThrow();

    assertThat(fields.issueSequence() + SyntheticFeed.LEADS).isLessThanOrEqualTo(39);
    assertThat(fields.truths()).hasSize(SyntheticFeed.LEADS).doesNotContainNull();
    for (int lead = 1; lead <= SyntheticFeed.LEADS; lead++) {
      assertThat(TensorCodec.decode(fields.truths().get(lead - 1)))
          .isEqualTo(feed.truth(fields.issueSequence() + lead));
    }
    assertThat(TensorCodec.decode(fields.issue())).isEqualTo(feed.truth(fields.issueSequence()));
  }

  @Test
  void shouldGiveNoTruthWhenALeadHasNotComeYet() {
    advance(40);

    FieldSet fields = state.fields(ID, false).orElseThrow();

    assertThat(fields.issueSequence()).isEqualTo(39);
    assertThat(fields.truths()).containsOnlyNulls();
  }

  @Test
  void shouldKeepFewFramesAndForecastsWhenManyHaveCome() {
    advance(30);
    long after30 = state.totals().fieldBytes();
    advance(300);

    assertThat(state.totals().fieldBytes()).isLessThanOrEqualTo(2 * after30);
    FieldSet newest = state.fields(ID, false).orElseThrow();
    long forecast = newest.mean().getData().remaining() + newest.spread().getData().remaining();
    long frame = newest.issue().getData().remaining();
    assertThat(state.totals().fieldBytes())
        .isLessThanOrEqualTo(3 * forecast + 2 * (SyntheticFeed.LEADS + 2) * frame);
  }

  @Test
  void shouldThinOutTheEnvironmentNobodyLooksAtWhenMemoryIsUsedUp() {
    ConsoleState small = new ConsoleState(new Limits(10, 150_000, 10, 10, 10), clock::get);
    SyntheticFeed looked = SyntheticFeed.plane("a/looked");
    SyntheticFeed other = SyntheticFeed.plane("a/other");
    looked.advance(small);
    small.lookedAt("a/looked");
    for (int i = 0; i < 30; i++) {
      looked.advance(small);
      other.advance(small);
    }

    assertThat(small.totals().fieldBytes()).isLessThanOrEqualTo(150_000);
    assertThat(small.fields("a/looked", true).isPresent()).isTrue();
    assertThat(small.fields("a/other", true).isPresent()).isFalse();
    assertThat(small.newestFrame("a/other").orElseThrow().getSequence()).isEqualTo(29);
  }

  @Test
  void shouldCountWhatIsBeyondTheLimitWhenThereAreTooManyEnvironments() {
    ConsoleState two = new ConsoleState(new Limits(2, 1 << 20, 10, 10, 10), clock::get);
    for (String id : List.of("a", "b", "c")) {
      two.frame(SyntheticFeed.plane(id).frame(0));
    }

    assertThat(two.rowsSince(-1)).extracting(EnvironmentRow::id).containsExactly("a", "b");
    assertThat(two.totals().recordsBeyondLimit()).isEqualTo(1);
  }

  @Test
  void shouldTellOnlyWhatChangedWhenAskedSinceARevision() {
    advance(3);
    SyntheticFeed.plane("lambda-omega/b").advance(state);
    long seen = state.revision();
    advance(1);

    assertThat(state.rowsSince(seen)).extracting(EnvironmentRow::id).containsExactly(ID);
    assertThat(state.rowsSince(state.revision())).isEmpty();
  }

  @Test
  void shouldGiveOnlyNewScoresAndDecisionsWhenAReaderHasSeenTheOthers() {
    advance(30);
    EnvironmentDetail first = detail();
    advance(2);

    EnvironmentDetail news = state.detail(ID, first.seen()).orElseThrow();

    assertThat(news.scores()).extracting(ScorePoint::sequence).containsExactly(30L, 31L);
    assertThat(news.decisions()).isEmpty();
    assertThat(news.experts()).as("no news of experts").isNull();
  }

  @Test
  void shouldAverageTheErrorsOfEachLeadWhenScored() {
    advance(3);

    // Scores of frames 1 and 2: two of lead 1, one of lead 2.
    List<LeadError> leads = detail().leads();
    assertThat(leads).extracting(LeadError::leadSteps).containsExactly(1, 2);
    assertThat(leads).extracting(LeadError::frames).containsExactly(2, 1);
    double expected =
        (feed.score(1).getLeads().get(0).getNormalisedRmse()
                + feed.score(2).getLeads().get(0).getNormalisedRmse())
            / 2;
    // Kept in single precision.
    assertThat(leads.get(0).error()).isCloseTo(expected, within(1e-7 * expected + 1e-9));
  }

  @Test
  void shouldFollowTheDecisionsWhenAnExpertIsShiftedSwappedAndFrozen() {
    advance(5);
    assertThat(detail().row().status()).isEqualTo(Status.BASE);
    advance(10);
    assertThat(detail().row().status()).isEqualTo(Status.ADAPTED);
    state.decision(feed.decision(Decision.SHIFT_DETECTED, null, "errors rose"));
    assertThat(detail().row().status()).isEqualTo(Status.SHIFTED);
    state.decision(feed.decision(Decision.REQUESTED, 2L, "window full"));
    assertThat(detail().row().status()).isEqualTo(Status.GENERATING);
    state.decision(feed.decision(Decision.KEPT_INCUMBENT, 2L, "not better"));
    assertThat(detail().row().status()).isEqualTo(Status.ADAPTED);
    state.decision(feed.decision(Decision.FROZEN, null, "the field repeats"));
    assertThat(detail().row().status()).isEqualTo(Status.FROZEN);
    state.decision(feed.decision(Decision.THAWED, null, "it moves again"));
    assertThat(detail().row().status()).isEqualTo(Status.ADAPTED);
  }

  @Test
  void shouldKeepWhereExpertsComeFromButNotTheirWeightsWhenRead() {
    advance(80);

    assertThat(detail().experts()).extracting(ExpertOrigin::version).containsExactly(1L, 2L);
    ExpertOrigin second = detail().experts().get(1);
    assertThat(second.parameters()).isEqualTo(1200);
    assertThat(second.reason()).isEqualTo("SHIFT");
    assertThat(second.inferred()).containsExactly(new Condition("beta", 1.392, "1"));
    assertThat(second.seed()).as("as text, whole").isEqualTo("8112345678901234567");
  }

  @Test
  void shouldNoteEachChangeOfTheKnownConditionsWhenFramesTellThem() {
    advance(80);

    assertThat(detail().known())
        .extracting(known -> known.conditions().get(0).value())
        .containsExactly(1.1, 1.4);
    assertThat(detail().known().get(1).sequence()).isEqualTo(60);
  }

  @Test
  void shouldBeginOverWhenANewRunComesAndPassOverWhatIsLeftOfTheOldOne() {
    advance(20);
    FieldFrame next = feed.frame(0);
    next.setRunId("run-2");
    state.frame(next);
    state.frame(feed.frame(20));

    EnvironmentDetail detail = detail();
    assertThat(detail.runId()).isEqualTo("run-2");
    assertThat(detail.row().sequence()).isZero();
    assertThat(detail.scores()).isEmpty();
    assertThat(detail.decisions()).as("decisions belong to all runs").isNotEmpty();
  }

  @Test
  void shouldMeasureTheRateWhenFramesArrive() {
    advance(60);

    assertThat(detail().row().framesPerSecond()).isCloseTo(5, within(0.5));
    clock.addAndGet(60_000);
    assertThat(detail().row().framesPerSecond()).isZero();
  }

  @Test
  void shouldLieOnTheGlobeWhenTheGridIsGeographic() {
    SyntheticFeed tile = SyntheticFeed.tile("era5-uk/t", 50, -8);
    tile.advance(state);

    Form.Box box =
        state.detail("era5-uk/t", EnvironmentDetail.Seen.NOTHING).orElseThrow().row().box();
    // 16 points, a quarter of a degree apart, each in the middle of its cell.
    assertThat(box).isEqualTo(new Form.Box(49.875, 53.875, -8.125, -4.125));
    advance(1);
    assertThat(detail().row().box()).isNull();
  }
}
