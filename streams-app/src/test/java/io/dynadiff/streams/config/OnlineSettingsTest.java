package io.dynadiff.streams.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.commands.JsonDocument;
import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.TopicCatalogue;
import io.dynadiff.streams.metrics.MetricsSettings;
import io.dynadiff.streams.shift.DetectorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnlineSettingsTest {

  @TempDir private Path directory;

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
        .hasMessageContaining(
            "metrics.port: expected a whole number, at least 0 and at most 65535, found \"-1\"");
  }

  @Test
  void shouldChooseTheShiftDetectorByName() {
    assertThat(read(Map.of("adapt.detector", "cusum")).adapt().shift().detector())
        .isEqualTo(DetectorKind.CUSUM);
    refused(Map.of("adapt.detector", "oracle"))
        .hasMessage(
            "settings: adapt.detector: expected one of cusum, page-hinkley, adwin, found"
                + " \"oracle\"; correct it, or leave it out for the default page-hinkley");
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
    refused(Map.of("generate.device", "tpu")).hasMessageContaining("expected one of cpu, gpu");
    refused(Map.of("forecast.members", "yes")).hasMessageContaining("expected one of true, false");
  }

  @Test
  void shouldRefuseWhenATrialIsTooShortToUndoASwap() {
    assertThatThrownBy(() -> read(Map.of("forecast.trial-frames", "7")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("forecast.rollback.patience, that is 10")
        .hasMessageEndingWith("found 7");
  }

  @Test
  void shouldNameTheNearestKeyWhenOneIsNotKnown() {
    refused(Map.of("adapt.grace-interval", "7"))
        .hasMessage(
            "settings: expected the name of a setting, found adapt.grace-interval; did you mean"
                + " adapt.grace-intervals? dynadiff config show lists all");
  }

  @Test
  void shouldRefuseEverySettingThatLiesBelowItsRange() {
    SettingCatalogue.settings()
        .values()
        .forEach(
            setting ->
                setting
                    .range()
                    .ifPresent(
                        range ->
                            refused(Map.of(setting.key(), Long.toString((long) range.low() - 1)))
                                .hasMessageContaining(
                                    setting.key() + ": expected " + setting.expected())));
  }

  @Test
  void shouldRefuseWhenFramesCannotWaitLongEnoughForForecasts() {
    assertThatThrownBy(() -> read(Map.of("verify.forecast-wait-ms", "225")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("that is 225, found 225");
  }

  @Test
  void shouldNotShowSecretsWhenItDescribesItself() {
    Settings settings =
        new Settings(
            Map.of(
                "kafka.client.ssl.keystore.password", new GivenValue("secret", "--set"),
                "kafka.client.basic.auth.user.info", new GivenValue("me:secret", "--set"),
                "kafka.client.security.protocol", new GivenValue("SSL", "roles.yaml:3"),
                "kafka.client.ssl.key.password", new GivenValue("${env:KEY}", "roles.yaml:4"),
                "kafka.schema-registry", new GivenValue("http://me:secret@host:1", "--set")),
            Map.of("KEY", "secret"));
    assertThat(String.join("\n", settings.lines()))
        .doesNotContain("secret")
        .contains("= SSL (roles.yaml:3)", "= ${env:KEY} (roles.yaml:4)", "http://[hidden]@host:1");
    assertThat(settings.clientProperties()).containsEntry("ssl.key.password", "secret");
  }

  @Test
  void shouldNotShowWhatTheEnvironmentHoldsWhenItIsNotPossible() {
    assertThatThrownBy(
            () ->
                new Settings(
                    Map.of("kafka.partitions", new GivenValue("${env:N}", "roles.yaml:2")),
                    Map.of("N", "secret")))
        .hasMessageStartingWith("roles.yaml:2: kafka.partitions: expected a whole number")
        .hasMessageContaining("found \"${env:N}\"")
        .hasMessageNotContaining("secret");
  }

  @Test
  void shouldSayWhereASettingOfTheFileStandsWhenItIsWrong() throws IOException {
    Path file = directory.resolve("roles.yaml");
    Files.writeString(file, "adapt:\n  shift:\n    warm-up: 0\n");
    assertThatThrownBy(() -> new Settings(SettingsFile.read(file), Map.of()))
        .hasMessageStartingWith(file + ":3: adapt.shift.warm-up: expected a whole number of frames")
        .hasMessageContaining("found \"0\"");
  }

  @Test
  void shouldTakeListsAndClientPropertiesOfTheFile() throws IOException {
    Path file = directory.resolve("roles.yaml");
    Files.writeString(
        file,
        """
        bundles: [a, b]
        forecast:
        kafka:
          client:
            security.protocol: SSL
            num: {standby.replicas: 1}
        """);
    OnlineConfiguration read =
        OnlineSettings.configuration(new Settings(SettingsFile.read(file), Map.of()), Map.of());
    assertThat(read.bundleDirectories()).containsExactly(Path.of("a"), Path.of("b"));
    assertThat(read.connection().clientProperties())
        .isEqualTo(Map.of("security.protocol", "SSL", "num.standby.replicas", "1"));
  }

  @Test
  void shouldBeDescribedByTheSchemaInTheRepository() throws IOException {
    assertThat(Path.of("../docs/settings.schema.json"))
        .as("write it with: dynadiff config schema > docs/settings.schema.json")
        .hasContent(JsonDocument.text(SettingsSchema.document()));
  }

  @Test
  void shouldBeDescribedByTheReferenceInTheRepository() throws IOException {
    assertThat(Files.readString(Path.of("../docs/settings.md")))
        .as("write it with: dynadiff config reference > docs/settings.md")
        .isEqualTo(SettingsReference.markdown());
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(
      Map<String, String> settings) {
    return assertThatThrownBy(() -> read(settings)).isInstanceOf(IllegalArgumentException.class);
  }

  private static OnlineConfiguration read(Map<String, String> properties) {
    return OnlineSettings.configuration(
        CONNECTION,
        TopicCatalogue.singleBroker(4),
        Path.of("state"),
        List.of(Path.of("bundles")),
        Settings.of(properties));
  }
}
