package io.dynadiff.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.models.bundle.ConditionSpec;
import io.dynadiff.models.prompt.Boundary;
import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Condition;
import io.dynadiff.trainer.preset.FeedPresets;
import io.dynadiff.trainer.preset.Preset;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows of 10 frames, rollouts of 6. */
class FeedDataTest {

  @TempDir Path temp;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private Path store() {
    return temp.resolve("store");
  }

  private void record(int environments, int frames) {
    for (int i = 0; i < environments; i++) {
      StoredFeed.of("waves/e" + i, 0.1 * (i + 1)).record(store(), frames);
    }
  }

  private FeedData open(String... unseen) {
    return FeedData.open(store(), "waves", Optional.empty(), List.of(unseen));
  }

  private SystemData load(FeedData feed) {
    return feed.load(6, 10, new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  @Test
  void shouldTrainOnTheFirstFramesAndTestOnTheLast() {
    record(4, 100);
    SystemData data = load(open());
    assertThat(data.seen())
        .extracting(EnvironmentData::id)
        .containsExactly("waves/e0", "waves/e1", "waves/e3");
    assertThat(data.unseen()).extracting(EnvironmentData::id).containsExactly("waves/e2");
    EnvironmentData first = data.seen().get(0);
    // 100 frames: 16 tests at least, 15 of every 100 for validation, the rest for training.
    assertThat(first.training()).extracting(Trajectory::length).containsExactly(69);
    assertThat(first.validation()).extracting(Trajectory::length).containsExactly(15);
    assertThat(first.test()).extracting(Trajectory::length).containsExactly(16);
    assertThat(first.test().get(0).firstTimeMillis()).isEqualTo(84 * 600_000L);
    assertThat(first.cases()).hasSize(1);
    assertThat(first.cases().get(0).windowLast()).isEqualTo(9);
    // Sine waves of amplitudes 1 to 1.7: a mean square of about 0.94.
    assertThat(data.normalisation().scales()[0]).isBetween(0.9, 1.05);
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("height (m) on 8 x 8 points every 10m, 100 to 100 frames", "held out: waves/e2");
  }

  @Test
  void shouldTakeTheConditionsThatTellEnvironmentsApart() {
    record(4, 60);
    List<ConditionSpec> conditions = load(open()).conditions();
    assertThat(conditions).extracting(ConditionSpec::name).containsExactly("speed");
    assertThat(conditions.get(0).mean()).isEqualTo((0.1 + 0.2 + 0.4) / 3);
  }

  @Test
  void shouldKnowNoConditionsWhenFramesSayNoneOrNobodyWantsThem() {
    record(4, 60);
    FeedData unwanted = FeedData.open(store(), "waves", Optional.of("unknown"), List.of());
    assertThat(load(unwanted).conditions()).isEmpty();
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("conditions: unknown, labels");
    assertThat(unwanted.key()).isNotEqualTo(open().key());
    StoredFeed.of("waves/e0", 1).saying().record(temp.resolve("other"), 60);
    StoredFeed.of("waves/e1", 2).saying().record(temp.resolve("other"), 60);
    FeedData silent = FeedData.open(temp.resolve("other"), "waves", Optional.empty(), List.of());
    assertThat(load(silent).conditions()).isEmpty();
  }

  @Test
  void shouldTakeConditionsOfAFile() throws IOException {
    record(4, 60);
    Path file =
        Files.writeString(
            temp.resolve("c.csv"),
            "environment, inflow (m s-1), shape\nwaves/e0,1,7\nwaves/e1,2,7\nwaves/e2,,\n"
                + "waves/e3,4,7\nelsewhere,9,9\n");
    FeedData feed = FeedData.open(store(), "waves", Optional.of(file.toString()), List.of());
    SystemData data = load(feed);
    assertThat(data.conditions()).extracting(ConditionSpec::name).containsExactly("inflow");
    assertThat(data.conditions().get(0).unit()).isEqualTo("m s-1");
    assertThat(data.seen().get(2).conditions()).containsExactly(4);
    assertThat(data.unseen().get(0).conditions()).containsExactly(Double.NaN);
  }

  @Test
  void shouldJoinStretchesAndUseNoWindowAcrossAGap() {
    record(2, 100);
    StoredFeed.of("waves/gaps", 0.5).record(store(), 104, i -> i < 30 || i >= 34);
    EnvironmentData gaps = load(open()).seen().get(2);
    assertThat(gaps.training()).extracting(Trajectory::length).containsExactly(30, 39);
    assertThat(gaps.training().get(1).firstTimeMillis()).isEqualTo(34 * 600_000L);
  }

  @Test
  void shouldFitThePresetToTheFrames() {
    record(4, 60);
    Preset preset = FeedPresets.of(open(), "laptop");
    assertThat(preset.expert().sizes()).containsEntry("modesY", 1).containsEntry("modesX", 1);
    assertThat(preset.expert().clockPeriodMillis()).isZero();
    assertThat(preset.prompt().boundary()).isEqualTo(Boundary.BOUNDED);
    assertThat(preset.data().channels()).containsExactly("height");
    assertThat(FeedPresets.of(open(), "smoke").base().steps()).isEqualTo(20);
    assertThatThrownBy(() -> FeedPresets.of(open(), "paper"))
        .hasMessageContaining("expected laptop or smoke for data of your own, found \"paper\"");
  }

  @Test
  void shouldSayWhatIsMissingWhenThereAreTooFewFrames() {
    record(3, 45);
    assertThatThrownBy(() -> load(open()))
        .hasMessageContaining("environment waves/e0: expected at least 46 frames")
        .hasMessageContaining("found 45; record for longer");
  }

  @Test
  void shouldSayWhereGapsAreWhenNoStretchIsLongEnough() {
    record(2, 100);
    StoredFeed.of("waves/gaps", 0.5).record(store(), 110, i -> i % 11 != 0);
    assertThatThrownBy(() -> load(open()))
        .hasMessageContaining("environment waves/gaps: expected 16 frames in a row for tests")
        .hasMessageContaining("found at most 10 (gaps before [1970-01-01T16:40:00Z])")
        .hasMessageContaining("a larger --radius");
  }

  @Test
  void shouldRefuseFramesOfDifferentForms() {
    record(2, 60);
    StoredFeed.of("waves/z", 1).with(new Channel("height", "cm")).record(store(), 60);
    assertThatThrownBy(() -> open())
        .hasMessageContaining("expected the same channels in every environment")
        .hasMessageContaining("unit=m]")
        .hasMessageContaining("waves/e0/from-19700101T000000Z")
        .hasMessageContaining("waves/z/from-19700101T000000Z");
    assertThatThrownBy(
            () -> {
              Path other = temp.resolve("other");
              StoredFeed.of("waves/a", 1).record(other, 60);
              StoredFeed.of("waves/b", 1).every(1000).record(other, 60);
              FeedData.open(other, "waves", Optional.empty(), List.of());
            })
        .hasMessageContaining("expected the same interval in ms in every environment")
        .hasMessageContaining("600000")
        .hasMessageContaining("1000");
  }

  @Test
  void shouldRefuseAChannelThatNeverChanges() {
    for (String id : List.of("waves/a", "waves/b")) {
      StoredFeed.of(id, 1)
          .with(new Channel("height", "m"), new Channel("coverage", "1"))
          .record(store(), 60);
    }
    assertThatThrownBy(() -> load(open()))
        .hasMessageContaining("channel coverage: expected values that vary, found 0.0 everywhere")
        .hasMessageContaining("without --mask-channel");
  }

  @Test
  void shouldRefuseWhatCannotBeToldApart() {
    record(1, 60);
    assertThatThrownBy(() -> open())
        .hasMessageContaining("expected at least 2 environments to train on, found [waves/e0]");
    assertThatThrownBy(() -> FeedData.open(store(), "wave", Optional.empty(), List.of()))
        .hasMessageContaining("expected trajectories of system wave, found systems [waves]");
    assertThatThrownBy(() -> open("waves/e7"))
        .hasMessageContaining("--unseen: expected environments out of [waves/e0], found waves/e7");
    StoredFeed.of("waves/e1", 1).saying(new Condition("speed", 2, "1")).record(store(), 30);
    StoredFeed.of("waves/e1", 1)
        .saying(new Condition("speed", 3, "1"))
        .record(store(), 90, i -> i > 30);
    assertThatThrownBy(() -> open())
        .hasMessageContaining("environment waves/e1: expected the same conditions throughout")
        .hasMessageContaining("environments of their own");
  }

  @Test
  void shouldSayWhatIsWrongWithAFileOfConditions() throws IOException {
    record(3, 60);
    assertFile("name,speed\n", "expected a first line like environment,reynolds");
    assertFile(
        "environment,speed\nwaves/e0,fast\n", "line 2: expected a number or nothing, found 'fast'");
    assertFile("environment,speed\nwaves/e0\n", "line 2: expected 2 columns, found 1");
    assertFile("environment,speed\nwaves/e0,1\nwaves/e0,1\n", "found waves/e0 again");
    assertFile("environment,speed\nwaves/e0,1\n", "expected a line for environment waves/e1");
    assertFile(
        "environment,speed\nwaves/e0,1\nwaves/e1,\nwaves/e2,2\n",
        "environment waves/e1: expected a value of each of [speed]");
    assertFile(
        "environment,speed\nwaves/e0,1\nwaves/e1,1\nwaves/e2,1\n",
        "expected a condition that differs between environments");
  }

  private void assertFile(String content, String message) throws IOException {
    Path file = Files.writeString(temp.resolve("c.csv"), content);
    assertThatThrownBy(
            () -> FeedData.open(store(), "waves", Optional.of(file.toString()), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
