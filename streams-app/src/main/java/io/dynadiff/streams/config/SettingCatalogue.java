package io.dynadiff.streams.config;

import static io.dynadiff.streams.config.Setting.choice;
import static io.dynadiff.streams.config.Setting.flag;
import static io.dynadiff.streams.config.Setting.list;
import static io.dynadiff.streams.config.Setting.number;
import static io.dynadiff.streams.config.Setting.text;
import static io.dynadiff.streams.config.Setting.whole;

import io.dynadiff.models.device.ComputeDevice;
import io.dynadiff.schemas.avro.DType;
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
import io.dynadiff.streams.verify.VerifySettings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every setting there is, in the order in which they are shown. */
final class SettingCatalogue {

  /** Below this section every key is one of Kafka's or of the registry client's. */
  static final String CLIENT = "kafka.client";

  private static final String MS = "milliseconds";
  private static final String FRAMES = "frames";
  private static final Range FROM_0 = Range.atLeast(0);
  private static final Range FROM_1 = Range.atLeast(1);
  private static final Range ABOVE_0 = Range.above(0);
  private static final Range SHARE = Range.of(0, 1);

  private static final Map<String, Setting> SETTINGS =
      Stream.of(kafka(), streams(), adapt(), shift(), generate(), forecast(), rest())
          .flatMap(List::stream)
          .collect(Collectors.toMap(Setting::key, s -> s, (a, b) -> fail(a), LinkedHashMap::new));

  private SettingCatalogue() {}

  /** Settings by key. */
  static Map<String, Setting> settings() {
    return SETTINGS;
  }

  /** Whether the key is one of Kafka's own under {@link #CLIENT}. */
  static boolean belongsToClients(String key) {
    return key.startsWith(CLIENT + ".");
  }

  private static Setting fail(Setting twice) {
    throw new IllegalStateException(twice.key() + " is in the catalogue twice");
  }

  private static List<Setting> kafka() {
    return List.of(
        list("kafka.bootstrap-servers", "localhost:9092", "Kafka brokers, each as host:port"),
        text("kafka.schema-registry", "http://localhost:8081", "address of the Schema Registry"),
        text("kafka.topic-prefix", "", "put before the name of every topic and consumer group"),
        whole("kafka.partitions", "", 4, FROM_1, "partitions of topics that have to be created"),
        whole(
            "kafka.replication-factor",
            "",
            1,
            Range.of(1, Short.MAX_VALUE),
            "replicas of topics that have to be created"),
        text(
            "kafka.client-properties",
            "",
            "file of properties for every Kafka and registry client"),
        list("bundles", "", "bundles, or directories of bundles; one per system"),
        text("state-dir", ".dynadiff/state", "where roles keep their state, one process each"));
  }

  private static List<Setting> streams() {
    StreamsSettings d = StreamsSettings.DEFAULT;
    return List.of(
        whole("streams.threads", "", d.threads(), FROM_1, "stream threads of each role"),
        whole(
            "streams.commit-interval-ms",
            MS,
            d.commitInterval().toMillis(),
            FROM_1,
            "time between two transactions"),
        whole(
            "streams.drain-deadline-ms",
            MS,
            d.drainDeadline().toMillis(),
            FROM_0,
            "longest time that closing waits for frames in hand"));
  }

  private static List<Setting> adapt() {
    AdaptSettings d = AdaptSettings.DEFAULT;
    return List.of(
        whole(
            "adapt.grace-intervals",
            "",
            d.graceIntervals(),
            FROM_0,
            "frame intervals of event time that a missing frame is waited for"),
        whole(
            "adapt.grace-time-ms",
            MS,
            d.graceTime().toMillis(),
            FROM_1,
            "wall-clock time after which frames stop waiting for a missing one"),
        whole(
            "adapt.largest-lead-ms",
            MS,
            d.largestLead().toMillis(),
            Range.of(0, 1L << 50),
            "how far a leap may put the event time ahead of the wall clock"),
        whole(
            "adapt.frozen-frames",
            FRAMES,
            d.frozenFrames(),
            FROM_1,
            "repeats of a field in a row that are reported as a frozen feed"),
        whole(
            "adapt.frames-after-shift",
            FRAMES,
            d.framesAfterShift(),
            FROM_0,
            "frames a request after a shift needs; 0 is the bundle's window length, 1 is too few"),
        choice(
            "adapt.detector",
            d.shift().detector().text(),
            Arrays.stream(DetectorKind.values()).map(DetectorKind::text).toList(),
            "which shift detector watches the errors"));
  }

  private static List<Setting> shift() {
    MonitorSettings monitor = MonitorSettings.DEFAULT;
    CusumSettings cusum = CusumSettings.DEFAULT;
    PageHinkleySettings page = PageHinkleySettings.DEFAULT;
    AdwinSettings adwin = AdwinSettings.DEFAULT;
    return List.of(
        number(
            "adapt.shift.largest-excess",
            monitor.largestExcess(),
            ABOVE_0,
            "bound on the excess of every error, as a logarithm"),
        whole(
            "adapt.shift.warm-up",
            FRAMES,
            monitor.warmUp(),
            FROM_1,
            "errors after a swap from which the expert's usual error is learnt"),
        whole(
            "adapt.shift.calibration-weight",
            FRAMES,
            monitor.calibrationWeight(),
            FROM_0,
            "how many errors the bundle's calibration counts for in that"),
        number(
            "adapt.shift.adaptation",
            monitor.adaptation(),
            SHARE,
            "share of each error that moves the reference while there is no evidence"),
        whole(
            "adapt.shift.quiet-frames",
            FRAMES,
            monitor.quietFrames(),
            FROM_0,
            "frames after a detection in which nothing is reported"),
        number("adapt.cusum.allowance", cusum.allowance(), FROM_0, "excess that is no evidence"),
        number(
            "adapt.cusum.threshold",
            cusum.threshold(),
            ABOVE_0,
            "sum of excesses that makes a change certain"),
        number(
            "adapt.page-hinkley.allowance",
            page.allowance(),
            FROM_0,
            "excess over the mean that is no evidence"),
        number(
            "adapt.page-hinkley.threshold",
            page.threshold(),
            ABOVE_0,
            "rise of the cumulative deviation that makes a change certain"),
        number(
            "adapt.page-hinkley.forgetting",
            page.forgetting(),
            SHARE,
            "share of each excess that enters the mean; 0 is a mean over all alike"),
        number(
            "adapt.adwin.confidence",
            adwin.confidence(),
            SHARE.withoutLow().withoutHigh(),
            "bound on the probability of a false alarm"),
        whole(
            "adapt.adwin.smallest-part",
            FRAMES,
            adwin.smallestPart(),
            FROM_1,
            "excesses that each of the two compared parts must have"),
        whole(
            "adapt.adwin.longest-window",
            FRAMES,
            adwin.longestWindow(),
            Range.of(2, 1000),
            "excesses that are kept, at least two smallest parts"));
  }

  private static List<Setting> generate() {
    GenerateSettings d = GenerateSettings.DEFAULT;
    return List.of(
        whole(
            "generate.batch-limit",
            "",
            d.batchLimit(),
            FROM_1,
            "most environments answered in one batch"),
        whole(
            "generate.batch-bytes",
            "bytes",
            d.batchBytes(),
            Range.of(1, 1L << 50),
            "size of the requests held at once"),
        whole(
            "generate.ensemble",
            "",
            d.ensemble(),
            FROM_0,
            "how many of the best candidates are published; 0 is what the bundle says"),
        choice(
            "generate.weights-dtype",
            lower(d.weightsDtype()),
            lower(DType.values()),
            "numbers that weights travel as"),
        flag("generate.follow-bundles", d.followBundles(), "whether announced bundles are loaded"),
        choice(
            "generate.device",
            lower(d.device()),
            lower(ComputeDevice.values()),
            "where the networks run"));
  }

  private static List<Setting> forecast() {
    ForecastSettings d = ForecastSettings.DEFAULT;
    RollBackSettings rollBack = RollBackSettings.DEFAULT;
    EnsembleSettings ensemble = EnsembleSettings.DEFAULT;
    return List.of(
        whole(
            "forecast.drain-interval-ms",
            MS,
            d.drainInterval().toMillis(),
            FROM_1,
            "time between two batches"),
        whole("forecast.batch-limit", FRAMES, d.batchLimit(), FROM_1, "most frames of one batch"),
        number(
            "forecast.swap-margin",
            d.swapMargin(),
            FROM_0,
            "how much worse than the incumbent a challenger may score, as a share"),
        whole(
            "forecast.trial-frames",
            FRAMES,
            d.trialFrames(),
            FROM_0,
            "frames after a swap for which the retired expert runs beside; 0 never undoes a swap"),
        number(
            "forecast.rollback.margin",
            rollBack.margin(),
            ABOVE_0,
            "share of the retired expert's error by which the new one must be worse"),
        whole(
            "forecast.rollback.frames",
            FRAMES,
            rollBack.frames(),
            FROM_1,
            "scored frames of the trial before anything is undone"),
        whole(
            "forecast.rollback.patience",
            FRAMES,
            rollBack.patience(),
            FROM_1,
            "scored frames in a row after which the new expert must stand worse"),
        whole(
            "forecast.member-limit",
            "",
            ensemble.memberLimit(),
            FROM_1,
            "most members of an ensemble that are run"),
        flag(
            "forecast.members",
            ensemble.publishMembers(),
            "whether forecasts carry every member; without them scores have no CRPS"),
        number(
            "forecast.spread-adaptation",
            ensemble.spreadAdaptation(),
            SHARE.withoutLow(),
            "weight of the latest score in what the spread is calibrated by"),
        whole(
            "forecast.spread-warm-up",
            "",
            ensemble.spreadWarmUp(),
            FROM_1,
            "scores of a lead before its spread is calibrated"));
  }

  private static List<Setting> rest() {
    MetricsSettings d = MetricsSettings.DEFAULT;
    return List.of(
        whole(
            "verify.forecast-wait-ms",
            MS,
            VerifySettings.DEFAULT.forecastWait().toMillis(),
            FROM_1,
            "time a frame waits for forecasts while none of its environment comes"),
        whole(
                "metrics.port",
                "",
                0,
                Range.of(0, 65535),
                "where metrics and health are served; 0 takes a free port, none serves nothing")
            .withoutDefault(),
        text("metrics.address", d.address(), "host name or address to listen on"),
        whole(
            "metrics.environment-limit",
            "",
            d.environmentLimit(),
            FROM_0,
            "environments that have series of their own"));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static List<String> lower(Enum<?>[] values) {
    return Arrays.stream(values).map(SettingCatalogue::lower).toList();
  }
}
