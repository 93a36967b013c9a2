package io.dynadiff.streams.config;

import io.dynadiff.commands.Addresses;
import io.dynadiff.commands.KafkaOptions;
import io.dynadiff.models.device.ComputeDevice;
import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.TopicCatalogue;
import io.dynadiff.streams.adapt.AdaptSettings;
import io.dynadiff.streams.forecast.EnsembleSettings;
import io.dynadiff.streams.forecast.ForecastSettings;
import io.dynadiff.streams.forecast.RollBackSettings;
import io.dynadiff.streams.generate.GenerateSettings;
import io.dynadiff.streams.metrics.MetricsSettings;
import io.dynadiff.streams.shift.AdwinSettings;
import io.dynadiff.streams.shift.CusumSettings;
import io.dynadiff.streams.shift.DetectorKind;
import io.dynadiff.streams.shift.MonitorSettings;
import io.dynadiff.streams.shift.PageHinkleySettings;
import io.dynadiff.streams.shift.ShiftSettings;
import io.dynadiff.streams.verify.VerifySettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Makes of checked settings what the roles are started with. */
public final class OnlineSettings {

  private final Settings s;

  private OnlineSettings(Settings settings) {
    this.s = settings;
  }

  /**
   * The configuration that settings ask for, with how to reach Kafka.
   *
   * @param environment variables that the file of client properties may refer to, by name
   * @throws IllegalArgumentException if settings contradict each other, or the client properties
   *     cannot be read
   */
  public static OnlineConfiguration configuration(
      Settings settings, Map<String, String> environment) {
    String file = settings.text("kafka.client-properties");
    Map<String, String> properties = new TreeMap<>();
    if (!file.isEmpty()) {
      properties.putAll(KafkaOptions.readClientProperties(Path.of(file), environment));
    }
    properties.putAll(settings.clientProperties());
    return configuration(
        new KafkaConnection(
            Addresses.brokers(
                settings.where("kafka.bootstrap-servers"),
                String.join(",", settings.list("kafka.bootstrap-servers"))),
            Addresses.registry(
                settings.where("kafka.schema-registry"), settings.text("kafka.schema-registry")),
            properties),
        topics(settings),
        Path.of(settings.text("state-dir")),
        settings.list("bundles").stream().map(Path::of).toList(),
        settings);
  }

  /**
   * The configuration for a Kafka that is known; of the settings those of the roles are taken.
   *
   * @throws IllegalArgumentException if settings contradict each other
   */
  public static OnlineConfiguration configuration(
      KafkaConnection connection,
      TopicCatalogue topics,
      Path stateDirectory,
      List<Path> bundleDirectories,
      Settings settings) {
    OnlineSettings reader = new OnlineSettings(settings);
    return new OnlineConfiguration(
        connection,
        topics,
        stateDirectory,
        bundleDirectories,
        reader.streams(),
        reader.adapt(),
        reader.generate(),
        reader.forecast(),
        new VerifySettings(settings.millis("verify.forecast-wait-ms")),
        reader.metrics());
  }

  private static TopicCatalogue topics(Settings settings) {
    try {
      return new TopicCatalogue(
          settings.integer("kafka.partitions"),
          (short) settings.integer("kafka.replication-factor"),
          settings.text("kafka.topic-prefix"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          settings.where("kafka.topic-prefix")
              + ": expected up to 100 letters, digits, dots, underscores and hyphens, found \""
              + settings.text("kafka.topic-prefix")
              + "\"; correct it",
          e);
    }
  }

  private StreamsSettings streams() {
    return new StreamsSettings(
        s.integer("streams.threads"),
        s.millis("streams.commit-interval-ms"),
        s.millis("streams.drain-deadline-ms"));
  }

  private AdaptSettings adapt() {
    return new AdaptSettings(
        s.integer("adapt.grace-intervals"),
        s.millis("adapt.grace-time-ms"),
        s.millis("adapt.largest-lead-ms"),
        s.integer("adapt.frozen-frames"),
        s.integer("adapt.frames-after-shift"),
        shift());
  }

  private ShiftSettings shift() {
    return new ShiftSettings(
        DetectorKind.of(s.text("adapt.detector").toLowerCase(Locale.ROOT)),
        new MonitorSettings(
            s.number("adapt.shift.largest-excess"),
            s.integer("adapt.shift.warm-up"),
            s.integer("adapt.shift.calibration-weight"),
            s.number("adapt.shift.adaptation"),
            s.integer("adapt.shift.quiet-frames")),
        new CusumSettings(s.number("adapt.cusum.allowance"), s.number("adapt.cusum.threshold")),
        new PageHinkleySettings(
            s.number("adapt.page-hinkley.allowance"),
            s.number("adapt.page-hinkley.threshold"),
            s.number("adapt.page-hinkley.forgetting")),
        new AdwinSettings(
            s.number("adapt.adwin.confidence"),
            s.integer("adapt.adwin.smallest-part"),
            s.integer("adapt.adwin.longest-window")));
  }

  private GenerateSettings generate() {
    return new GenerateSettings(
        s.integer("generate.batch-limit"),
        s.whole("generate.batch-bytes"),
        s.integer("generate.ensemble"),
        s.choice("generate.weights-dtype", DType.class),
        s.flag("generate.follow-bundles"),
        s.choice("generate.device", ComputeDevice.class));
  }

  private ForecastSettings forecast() {
    return new ForecastSettings(
        s.millis("forecast.drain-interval-ms"),
        s.integer("forecast.batch-limit"),
        s.number("forecast.swap-margin"),
        s.integer("forecast.trial-frames"),
        new RollBackSettings(
            s.number("forecast.rollback.margin"),
            s.integer("forecast.rollback.frames"),
            s.integer("forecast.rollback.patience")),
        new EnsembleSettings(
            s.integer("forecast.member-limit"),
            s.flag("forecast.members"),
            s.number("forecast.spread-adaptation"),
            s.integer("forecast.spread-warm-up")));
  }

  private MetricsSettings metrics() {
    return new MetricsSettings(
        s.present("metrics.port") ? OptionalInt.of(s.integer("metrics.port")) : OptionalInt.empty(),
        s.text("metrics.address"),
        s.integer("metrics.environment-limit"));
  }
}
