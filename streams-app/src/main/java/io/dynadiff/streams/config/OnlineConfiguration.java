package io.dynadiff.streams.config;

import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.TopicCatalogue;
import io.dynadiff.streams.adapt.AdaptSettings;
import io.dynadiff.streams.forecast.ForecastSettings;
import io.dynadiff.streams.generate.GenerateSettings;
import io.dynadiff.streams.metrics.MetricsSettings;
import io.dynadiff.streams.verify.VerifySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Everything a role is started with. Immutable.
 *
 * @param connection how to reach Kafka and the registry
 * @param topics how the topics are laid out
 * @param stateDirectory where the roles keep their state; one process at a time may use it
 * @param bundleDirectories the bundles, or directories of bundles; at least one
 * @param streams settings of the roles that are Streams applications
 * @param adapt settings of the adapt role
 * @param generate settings of the generate role
 * @param forecast settings of the forecast role
 * @param verify settings of the verify role
 * @param metrics where metrics and health are served
 */
public record OnlineConfiguration(
    KafkaConnection connection,
    TopicCatalogue topics,
    Path stateDirectory,
    List<Path> bundleDirectories,
    StreamsSettings streams,
    AdaptSettings adapt,
    GenerateSettings generate,
    ForecastSettings forecast,
    VerifySettings verify,
    MetricsSettings metrics) {

  public OnlineConfiguration {
    bundleDirectories = List.copyOf(bundleDirectories);
    if (bundleDirectories.isEmpty()) {
      throw new IllegalArgumentException("bundles: expected at least one directory, found none");
    }
    // A truth frame that stops waiting before a forecast can possibly be there scores nothing.
    Duration soonest = forecast.drainInterval().plus(streams.commitInterval().multipliedBy(2));
    if (verify.forecastWait().compareTo(soonest) <= 0) {
      throw new IllegalArgumentException(
          "verify.forecast-wait-ms: expected more than forecast.drain-interval-ms plus two"
              + " streams.commit-interval-ms, that is "
              + soonest.toMillis()
              + ", found "
              + verify.forecastWait().toMillis());
    }
  }

  /** Returns a configuration with default settings. */
  public static OnlineConfiguration of(
      KafkaConnection connection,
      TopicCatalogue topics,
      Path stateDirectory,
      List<Path> bundleDirectories) {
    return new OnlineConfiguration(
        connection,
        topics,
        stateDirectory,
        bundleDirectories,
        StreamsSettings.DEFAULT,
        AdaptSettings.DEFAULT,
        GenerateSettings.DEFAULT,
        ForecastSettings.DEFAULT,
        VerifySettings.DEFAULT,
        MetricsSettings.DEFAULT);
  }
}
