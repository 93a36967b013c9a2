package io.dynadiff.streams.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.ControlAction;
import io.dynadiff.schemas.avro.Forecast;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObeyControlsTest {

  @TempDir private Path stateDirectory;
  private ForecasterUnderTest forecaster;

  @BeforeEach
  void start() {
    forecaster = new ForecasterUnderTest(stateDirectory);
  }

  @AfterEach
  void stop() {
    forecaster.close();
  }

  @Test
  void shouldKeepThePinnedVersionUntilItIsReleasedWhenABetterOneComes() {
    swap(1, 0.5f);
    forecaster.order(ControlAction.PIN, null);
    forecaster.experts.hand("a", 2, 1f);
    assertThat(forecaster.frames(2)).extracting(Forecast::getWeightsVersion).containsOnly(1L);
    assertThat(forecaster.named()).containsExactly("PINNED 1");
    forecaster.order(ControlAction.RELEASE, null);
    assertThat(forecaster.frames(1)).extracting(Forecast::getWeightsVersion).containsOnly(2L);
    assertThat(forecaster.named()).containsExactly("RELEASED 1", "ACCEPTED 2");
  }

  @Test
  void shouldNotRollBackWhenThePinnedVersionRealisesWorse() {
    swap(1, 1f);
    forecaster.order(ControlAction.PIN, null);
    for (int frame = 0; frame < 5; frame++) {
      forecaster.score(1, 0.4, 0L, 0.2);
    }
    assertThat(forecaster.frames(1)).extracting(Forecast::getWeightsVersion).containsOnly(1L);
  }

  @Test
  void shouldPinTheVersionBeforeOrTheBaseWhenTheyAreOrdered() {
    swap(1, 0.5f);
    swap(2, 1f);
    forecaster.order(ControlAction.PIN, 1L);
    assertThat(forecaster.frames(1)).extracting(Forecast::getWeightsVersion).containsOnly(1L);
    forecaster.order(ControlAction.PIN, 0L);
    assertThat(forecaster.frames(1)).extracting(Forecast::getWeightsVersion).containsOnly(0L);
    assertThat(forecaster.named()).containsExactly("PINNED 1", "PINNED 0");
  }

  @Test
  void shouldPinTheNewestOnTheTopicWhenTheGuardHasTurnedItDown() {
    forecaster.frames(3);
    forecaster.experts.hand("a", 1, 9f);
    forecaster.frames(1);
    assertThat(forecaster.named()).containsExactly("KEPT_INCUMBENT 1");
    forecaster.order(ControlAction.PIN, 1L);
    assertThat(forecaster.frames(1)).extracting(Forecast::getWeightsVersion).containsOnly(1L);
  }

  @Test
  void shouldRefuseWhenTheVersionIsNowhere() {
    swap(1, 1f);
    forecaster.order(ControlAction.PIN, 7L);
    assertThat(forecaster.decisions())
        .extracting(Adaptation::getReason)
        .containsExactly(
            "order order-1 to PIN: expected the version in use (1), the one before it (0), the"
                + " newest valid one on the weights topic (1) or 0 for the base expert, found 7");
  }

  @Test
  void shouldGoBackOneVersionWhenARollBackIsOrdered() {
    swap(1, 0.5f);
    swap(2, 1f);
    forecaster.order(ControlAction.ROLL_BACK, null);
    assertThat(forecaster.frames(1)).extracting(Forecast::getWeightsVersion).containsOnly(1L);
    forecaster.order(ControlAction.ROLL_BACK, null);
    assertThat(forecaster.named()).containsExactly("ROLLED_BACK 2", "REFUSED null");
  }

  @Test
  void shouldRefuseWhenThereIsNothingToReleaseOrAPinnedVersionIsRolledBack() {
    swap(1, 1f);
    forecaster.order(ControlAction.RELEASE, null);
    forecaster.order(ControlAction.PIN, null);
    forecaster.order(ControlAction.ROLL_BACK, null);
    assertThat(forecaster.decisions())
        .extracting(Adaptation::getReason)
        .containsExactly(
            "order order-1 to RELEASE: expected a pinned version, found none",
            "order order-1 to PIN",
            "order order-1 to ROLL_BACK: version 1 is pinned; release it");
  }

  @Test
  void shouldRefuseWhenNoFrameHasComeFromTheEnvironment() {
    forecaster.order("elsewhere", ControlAction.PIN, null);
    assertThat(forecaster.decisions())
        .extracting(d -> d.getEnvironmentId() + ": " + d.getReason())
        .containsExactly(
            "elsewhere: order order-1 to PIN: expected an environment with an admitted frame,"
                + " found none yet");
  }

  @Test
  void shouldLeaveRegenerationToTheRoleThatAdapts() {
    swap(1, 1f);
    forecaster.order(ControlAction.REGENERATE, null);
    assertThat(forecaster.decisions()).isEmpty();
  }

  private void swap(long version, float step) {
    forecaster.frames(3);
    forecaster.experts.hand("a", version, step);
    forecaster.frames(1);
    assertThat(forecaster.named()).containsExactly("ACCEPTED " + version);
  }
}
