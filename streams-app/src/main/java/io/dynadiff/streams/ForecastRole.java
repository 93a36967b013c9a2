package io.dynadiff.streams;

import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.streams.config.OnlineConfiguration;
import io.dynadiff.streams.forecast.ForecastTopology;
import io.dynadiff.streams.forecast.StackedRollouts;
import io.dynadiff.streams.role.StreamsApplication;
import io.dynadiff.streams.role.Topics;
import io.dynadiff.streams.systems.OpenedBundles;
import io.dynadiff.streams.systems.RecordLimits;
import io.dynadiff.streams.weights.WeightsFollower;
import io.dynadiff.streams.weights.WeightsInbox;
import io.dynadiff.streams.wire.Wire;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Forecasts from every admitted frame, and swaps experts as weights come in. */
public final class ForecastRole implements OnlineRole {

  private static final Duration WARM_UP_LIMIT = Duration.ofMinutes(10);

  private final OnlineConfiguration configuration;
  private final AtomicLong pending = new AtomicLong();
  private final StreamsApplication application;
  private final WeightsInbox inbox;
  private final Object lifecycle = new Object();
  private WeightsFollower follower;
  private Thread starter;
  private boolean closed;
  private volatile Throwable startFailure;

  /**
   * Prepares the role.
   *
   * @param bundles the bundles that the configuration names, opened
   * @throws IllegalArgumentException if forecasts of a bundle would not fit into their topic
   */
  public ForecastRole(OnlineConfiguration configuration, OpenedBundles bundles) {
    this.configuration = configuration;
    RecordLimits.requireForecastsFit(
        bundles.systems().all(),
        configuration.forecast().ensemble().memberLimit(),
        configuration.forecast().ensemble().publishMembers());
    this.inbox =
        new WeightsInbox(
            configuration.connection().serdes().deserializer(ExpertWeights.class),
            bundles.systems());
    this.application =
        new StreamsApplication(
            name(),
            ForecastTopology.build(
                new Wire(configuration.topics(), configuration.connection().serdes()),
                bundles.systems(),
                configuration.forecast(),
                StackedRollouts::new,
                inbox,
                pending),
            configuration,
            List.of(Topic.FRAMES_ADMITTED, Topic.SCORES, Topic.CONTROLS));
  }

  @Override
  public String name() {
    return "forecast";
  }

  @Override
  public void start() {
    Topics.ensure(configuration);
    Metrics.gauge("dynadiff.forecast.pending", pending);
    synchronized (lifecycle) {
      follower =
          new WeightsFollower(
              inbox,
              configuration.topics().name(Topic.WEIGHTS),
              configuration.connection().consumerProperties());
      follower.start();
      starter = new Thread(this::startWhenWarm, "forecast-starter");
      starter.setDaemon(true);
      starter.start();
    }
  }

  /** No frame is read before the weights that are there already are known. */
  private void startWhenWarm() {
    try {
      boolean warm = follower.awaitWarm(WARM_UP_LIMIT);
      synchronized (lifecycle) {
        if (closed) {
          return;
        }
        if (warm) {
          application.start();
        } else if (follower.failure().isEmpty()) {
          startFailure =
              new IllegalStateException(
                  "weights topic: expected to reach its end within "
                      + WARM_UP_LIMIT
                      + ", found it unread; check the broker");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      startFailure = e;
    }
  }

  @Override
  public boolean ready() {
    synchronized (lifecycle) {
      return follower != null && follower.warm() && application.running();
    }
  }

  @Override
  public boolean idle() {
    return ready() && application.idle() && pending.get() == 0;
  }

  @Override
  public Optional<Throwable> failure() {
    synchronized (lifecycle) {
      return Optional.ofNullable(startFailure)
          .or(() -> follower == null ? Optional.empty() : follower.failure())
          .or(application::failure);
    }
  }

  @Override
  public void close() {
    synchronized (lifecycle) {
      closed = true;
    }
    application.close(() -> pending.get() == 0, configuration.streams().drainDeadline());
    synchronized (lifecycle) {
      if (follower != null) {
        follower.close();
      }
    }
  }
}
