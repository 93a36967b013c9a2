package io.dynadiff.streams;

import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.streams.adapt.AdaptTopology;
import io.dynadiff.streams.config.OnlineConfiguration;
import io.dynadiff.streams.role.StreamsApplication;
import io.dynadiff.streams.role.Topics;
import io.dynadiff.streams.systems.OpenedBundles;
import io.dynadiff.streams.wire.Wire;
import java.util.List;
import java.util.Optional;

/** Admits frames, keeps windows, watches errors and asks for weights. */
public final class AdaptRole implements OnlineRole {

  private final OnlineConfiguration configuration;
  private final StreamsApplication application;

  /**
   * Prepares the role.
   *
   * @param bundles the bundles that the configuration names, opened
   */
  public AdaptRole(OnlineConfiguration configuration, OpenedBundles bundles) {
    this.configuration = configuration;
    this.application =
        new StreamsApplication(
            name(),
            AdaptTopology.build(
                new Wire(configuration.topics(), configuration.connection().serdes()),
                bundles.systems(),
                configuration.adapt()),
            configuration,
            List.of(Topic.FRAMES, Topic.SCORES, Topic.CONTROLS));
  }

  @Override
  public String name() {
    return "adapt";
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
    // Frames that wait for a missing one stay in the state store, so nothing is in hand.
    application.close();
  }
}
