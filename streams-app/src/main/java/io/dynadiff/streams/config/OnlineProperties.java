package io.dynadiff.streams.config;

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
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Settings of the roles as text properties; what is not given keeps its default. */
public final class OnlineProperties {

  private final Map<String, String> given;
  private final Map<String, String> effective = new TreeMap<>();

  private OnlineProperties(Map<String, String> given) {
    this.given = given;
  }

  /**
   * Builds a configuration.
   *
   * @param properties for example {@code adapt.grace-intervals=5}
   * @throws IllegalArgumentException if a key is not known or a value is not possible
   */
  public static OnlineConfiguration configuration(
      KafkaConnection connection,
      TopicCatalogue topics,
      Path stateDirectory,
      List<Path> bundleDirectories,
      Map<String, String> properties) {
    OnlineProperties reader = new OnlineProperties(properties);
    OnlineConfiguration configuration =
        new OnlineConfiguration(
            connection,
            topics,
            stateDirectory,
            bundleDirectories,
            reader.streams(),
            reader.adapt(),
            reader.generate(),
            reader.forecast(),
            new VerifySettings(
                reader.millis("verify.forecast-wait-ms", VerifySettings.DEFAULT.forecastWait())),
            reader.metrics());
    TreeSet<String> unknown = new TreeSet<>(properties.keySet());
    unknown.removeAll(reader.effective.keySet());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "configuration: expected keys of "
              + reader.effective.keySet()
              + ", found "
              + unknown
              + "; remove or correct them");
    }
    return configuration;
  }

  /** The settings of a configuration as properties, for printing. */
  public static Map<String, String> describe(OnlineConfiguration c) {
    Map<String, String> text = new TreeMap<>();
    text.put("connection", c.connection().toString());
    text.put("topics", c.topics().toString());
    text.put("state-dir", c.stateDirectory().toString());
    text.put("bundles", c.bundleDirectories().toString());
    text.put("streams", c.streams().toString());
    text.put("adapt", c.adapt().toString());
    text.put("generate", c.generate().toString());
    text.put("forecast", c.forecast().toString());
    text.put("verify", c.verify().toString());
    text.put("metrics", c.metrics().toString());
    return text;
  }

  private StreamsSettings streams() {
    StreamsSettings d = StreamsSettings.DEFAULT;
    return new StreamsSettings(
        integer("streams.threads", d.threads()),
        millis("streams.commit-interval-ms", d.commitInterval()),
        millis("streams.drain-deadline-ms", d.drainDeadline()));
  }

  private AdaptSettings adapt() {
    AdaptSettings d = AdaptSettings.DEFAULT;
    return new AdaptSettings(
        integer("adapt.grace-intervals", d.graceIntervals()),
        millis("adapt.grace-time-ms", d.graceTime()),
        millis("adapt.largest-lead-ms", d.largestLead()),
        integer("adapt.frozen-frames", d.frozenFrames()),
        integer("adapt.frames-after-shift", d.framesAfterShift()),
        shift(d.shift()));
  }

  private ShiftSettings shift(ShiftSettings d) {
    MonitorSettings monitor = d.monitor();
    CusumSettings cusum = d.cusum();
    PageHinkleySettings pageHinkley = d.pageHinkley();
    AdwinSettings adwin = d.adwin();
    return new ShiftSettings(
        DetectorKind.of(text("adapt.detector", d.detector().text())),
        new MonitorSettings(
            number("adapt.shift.largest-excess", monitor.largestExcess()),
            integer("adapt.shift.warm-up", monitor.warmUp()),
            integer("adapt.shift.calibration-weight", monitor.calibrationWeight()),
            number("adapt.shift.adaptation", monitor.adaptation()),
            integer("adapt.shift.quiet-frames", monitor.quietFrames())),
        new CusumSettings(
            number("adapt.cusum.allowance", cusum.allowance()),
            number("adapt.cusum.threshold", cusum.threshold())),
        new PageHinkleySettings(
            number("adapt.page-hinkley.allowance", pageHinkley.allowance()),
            number("adapt.page-hinkley.threshold", pageHinkley.threshold()),
            number("adapt.page-hinkley.forgetting", pageHinkley.forgetting())),
        new AdwinSettings(
            number("adapt.adwin.confidence", adwin.confidence()),
            integer("adapt.adwin.smallest-part", adwin.smallestPart()),
            integer("adapt.adwin.longest-window", adwin.longestWindow())));
  }

  private GenerateSettings generate() {
    GenerateSettings d = GenerateSettings.DEFAULT;
    return new GenerateSettings(
        integer("generate.batch-limit", d.batchLimit()),
        value("generate.batch-bytes", d.batchBytes(), "a whole number of bytes", Long::parseLong),
        integer("generate.ensemble", d.ensemble()),
        choice("generate.weights-dtype", d.weightsDtype(), DType.values()),
        flag("generate.follow-bundles", d.followBundles()),
        choice("generate.device", d.device(), ComputeDevice.values()));
  }

  private ForecastSettings forecast() {
    ForecastSettings d = ForecastSettings.DEFAULT;
    RollBackSettings rollBack = d.rollBack();
    EnsembleSettings ensemble = d.ensemble();
    return new ForecastSettings(
        millis("forecast.drain-interval-ms", d.drainInterval()),
        integer("forecast.batch-limit", d.batchLimit()),
        number("forecast.swap-margin", d.swapMargin()),
        integer("forecast.trial-frames", d.trialFrames()),
        new RollBackSettings(
            number("forecast.rollback.margin", rollBack.margin()),
            integer("forecast.rollback.frames", rollBack.frames()),
            integer("forecast.rollback.patience", rollBack.patience())),
        new EnsembleSettings(
            integer("forecast.member-limit", ensemble.memberLimit()),
            flag("forecast.members", ensemble.publishMembers()),
            number("forecast.spread-adaptation", ensemble.spreadAdaptation()),
            integer("forecast.spread-warm-up", ensemble.spreadWarmUp())));
  }

  private MetricsSettings metrics() {
    MetricsSettings d = MetricsSettings.DEFAULT;
    int none = -1;
    int port = integer("metrics.port", none);
    return new MetricsSettings(
        given.containsKey("metrics.port") ? OptionalInt.of(port) : d.port(),
        value("metrics.address", d.address(), "a host name or an address", text -> text),
        integer("metrics.environment-limit", d.environmentLimit()));
  }

  private String text(String key, String fallback) {
    return value(key, fallback, "a word", Function.identity());
  }

  private int integer(String key, int fallback) {
    return value(key, fallback, "a whole number", Integer::parseInt);
  }

  private double number(String key, double fallback) {
    return value(key, fallback, "a number", Double::parseDouble);
  }

  private Duration millis(String key, Duration fallback) {
    return Duration.ofMillis(
        value(key, fallback.toMillis(), "a whole number of milliseconds", Long::parseLong));
  }

  private boolean flag(String key, boolean fallback) {
    return choice(key, fallback, new Boolean[] {true, false});
  }

  private <T> T choice(String key, T fallback, T[] choices) {
    return value(
        key,
        fallback,
        "one of " + Arrays.toString(choices),
        text ->
            Arrays.stream(choices)
                .filter(choice -> choice.toString().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new));
  }

  private <T> T value(String key, T fallback, String expected, Function<String, T> parser) {
    String text = given.get(key);
    effective.put(key, text == null ? fallback.toString() : text);
    if (text == null) {
      return fallback;
    }
    try {
      return parser.apply(text.trim());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "configuration: expected " + expected + " for " + key + ", found \"" + text + "\"", e);
    }
  }
}
