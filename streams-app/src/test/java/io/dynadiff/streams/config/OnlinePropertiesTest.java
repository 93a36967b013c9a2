package io.dynadiff.streams.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.TopicCatalogue;
import io.dynadiff.streams.metrics.MetricsSettings;
import io.dynadiff.streams.shift.DetectorKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class OnlinePropertiesTest {

  private static final KafkaConnection CONNECTION =
      new KafkaConnection(
          "localhost:9092", "http://localhost:8081", Map.of("sasl.jaas.config", "password=secret"));

  @Test
  void shouldKeepDefaultsWhenNothingIsGiven() {
    assertThat(read(Map.of()))
        .isEqualTo(
            OnlineConfiguration.of(
                CONNECTION,
                TopicCatalogue.singleBroker(4),
                Path.of("state"),
                List.of(Path.of("bundles"))));
  }

  @Test
  void shouldTakeWhatIsGiven() {
    OnlineConfiguration configuration =
        read(
            Map.of(
                "adapt.grace-intervals", "7",
                "adapt.cusum.threshold", " 3.5 ",
                "forecast.trial-frames", "0",
                "verify.forecast-wait-ms", "30000"));
    assertThat(configuration.adapt().graceIntervals()).isEqualTo(7);
    assertThat(configuration.adapt().shift().cusum().threshold()).isEqualTo(3.5);
    assertThat(configuration.forecast().trialFrames()).isZero();
    assertThat(configuration.verify().forecastWait()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void shouldServeMetricsToThisMachineOnlyWhenOnlyAPortIsGiven() {
    assertThat(read(Map.of("metrics.port", "9404")).metrics())
        .isEqualTo(new MetricsSettings(OptionalInt.of(9404), "127.0.0.1", 200));
    assertThatThrownBy(() -> read(Map.of("metrics.port", "-1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("metrics.port: expected 0 (any free one) to 65535, found -1");
  }

  @Test
  void shouldChooseTheShiftDetectorByName() {
    assertThat(read(Map.of("adapt.detector", "page-hinkley")).adapt().shift().detector())
        .isEqualTo(DetectorKind.PAGE_HINKLEY);
    assertThatThrownBy(() -> read(Map.of("adapt.detector", "oracle")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "configuration: expected for adapt.detector one of [cusum, page-hinkley, adwin], found"
                + " \"oracle\"");
  }

  @Test
  void shouldTakeWhatIsSaidAboutEnsemblesAndTrials() {
    OnlineConfiguration configuration =
        read(
            Map.of(
                "generate.ensemble", "4",
                "generate.weights-dtype", "float16",
                "generate.device", "cpu",
                "generate.batch-bytes", "1000",
                "forecast.members", "false",
                "forecast.rollback.margin", "0.5"));
    assertThat(configuration.generate().ensemble()).isEqualTo(4);
    assertThat(configuration.generate().weightsDtype()).isEqualTo(DType.FLOAT16);
    assertThat(configuration.generate().batchBytes()).isEqualTo(1000);
    assertThat(configuration.forecast().ensemble().publishMembers()).isFalse();
    assertThat(configuration.forecast().rollBack().margin()).isEqualTo(0.5);
  }

  @Test
  void shouldNameTheChoicesWhenAValueIsNoneOfThem() {
    assertThatThrownBy(() -> read(Map.of("generate.device", "tpu")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("configuration: expected one of [CPU, GPU] for generate.device, found \"tpu\"");
    assertThatThrownBy(() -> read(Map.of("forecast.members", "yes")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected one of [true, false] for forecast.members");
  }

  @Test
  void shouldRefuseWhenATrialIsTooShortToUndoASwap() {
    assertThatThrownBy(() -> read(Map.of("forecast.trial-frames", "7")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("forecast.rollback.patience, that is 10")
        .hasMessageEndingWith("found 7");
  }

  @Test
  void shouldNameTheKeyWhenItIsNotKnown() {
    assertThatThrownBy(() -> read(Map.of("adapt.grace-interval", "7")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("adapt.grace-intervals")
        .hasMessageEndingWith("found [adapt.grace-interval]; remove or correct them");
  }

  @Test
  void shouldNameTheKeyWhenItsValueIsNoNumber() {
    assertThatThrownBy(() -> read(Map.of("forecast.swap-margin", "some")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("configuration: expected a number for forecast.swap-margin, found \"some\"");
  }

  @Test
  void shouldRefuseWhenAValueIsImpossible() {
    assertThatThrownBy(() -> read(Map.of("forecast.swap-margin", "-1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("swapMargin >= 0");
  }

  @Test
  void shouldRefuseWhenFramesCannotWaitLongEnoughForForecasts() {
    assertThatThrownBy(() -> read(Map.of("verify.forecast-wait-ms", "225")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("that is 225, found 225");
  }

  @Test
  void shouldNotShowSecretsWhenItDescribesItself() {
    assertThat(OnlineProperties.describe(read(Map.of())).toString())
        .contains("sasl.jaas.config")
        .doesNotContain("secret");
  }

  private static OnlineConfiguration read(Map<String, String> properties) {
    return OnlineProperties.configuration(
        CONNECTION,
        TopicCatalogue.singleBroker(4),
        Path.of("state"),
        List.of(Path.of("bundles")),
        properties);
  }
}
