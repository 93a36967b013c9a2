package io.dynadiff.streams;

import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.streams.config.OnlineConfiguration;
import io.dynadiff.streams.role.StreamsApplication;
import io.dynadiff.streams.role.Topics;
import io.dynadiff.streams.systems.OpenedBundles;
import io.dynadiff.streams.verify.VerifyTopology;
import io.dynadiff.streams.wire.Wire;
import java.util.List;
import java.util.Optional;

/** Scores every admitted frame against the forecasts that are valid at it. */
public final class VerifyRole implements OnlineRole {

  private final OnlineConfiguration configuration;
  private final StreamsApplication application;

  /**
   * Prepares the role.
   *
   * @param bundles the bundles that the configuration names, opened
   */
  public VerifyRole(OnlineConfiguration configuration, OpenedBundles bundles) {
    this.configuration = configuration;
    this.application =
        new StreamsApplication(
            name(),
            VerifyTopology.build(
                new Wire(configuration.topics(), configuration.connection().serdes()),
                bundles.systems(),
                configuration.verify()),
            configuration,
            List.of(Topic.FRAMES_ADMITTED, Topic.FORECASTS));
  }

  @Override
  public String name() {
    return "verify";
  }

  @Override
  public void start() {
    Topics.ensure(configuration);
    application.start();
  }

  @Override
  public boolean ready() {
    return application.running();
  }

  @Override
  public boolean idle() {
    return application.idle();
  }

  @Override
  public Optional<Throwable> failure() {
    return application.failure();
  }

  @Override
  public void close() {
    // Frames that wait for a forecast stay in the state store, so nothing is in hand.
    application.close();
  }
}
