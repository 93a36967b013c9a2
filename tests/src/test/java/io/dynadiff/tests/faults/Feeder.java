package io.dynadiff.tests.faults;

import io.dynadiff.physics.environments.LambdaOmegaEnvironments;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.lambdaomega.BetaSchedule;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSeries;
import io.dynadiff.producers.feed.FieldFeed;
import io.dynadiff.producers.pace.Pace;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.TopicCatalogue;
import java.util.ArrayList;
import java.util.List;

/** Feeds several environments, whose dynamics change again and again, until it is stopped. */
final class Feeder implements AutoCloseable {

  private static final int PARTITIONS = 4;

  /** Frames between two changes of an environment. */
  private static final long PHASE = 150;

  private static final int CHANGES = 5000;

  private final FieldFeed feed;
  private final Thread thread;
  private volatile Throwable failure;

  private Feeder(FieldFeed feed) {
    this.feed = feed;
    this.thread = new Thread(this::run, "feed");
  }

  static Feeder start(KafkaConnection connection, int environments, String speed) {
    Feeder feeder =
        new Feeder(
            FieldFeed.open(
                connection,
                TopicCatalogue.singleBroker(PARTITIONS),
                "faults",
                false,
                series(environments),
                Pace.parse(speed),
                progress -> {}));
    feeder.thread.start();
    return feeder;
  }

  private static List<FieldSeries> series(int environments) {
    LambdaOmegaEnvironments system = LambdaOmegaEnvironments.standard();
    List<FieldSeries> series = new ArrayList<>();
    for (int i = 0; i < environments; i++) {
      series.add(
          new LambdaOmegaSeries(
              "lambda-omega/" + i,
              system.parameters(),
              new BetaSchedule(changes(i)),
              i + 1,
              0,
              system.intervalMillis(),
              Long.MAX_VALUE));
    }
    return series;
  }

  /** Shifts all the time, at another frame in each environment, so that experts are swapped. */
  private static List<BetaSchedule.Change> changes(int environment) {
    List<BetaSchedule.Change> changes = new ArrayList<>();
    changes.add(new BetaSchedule.Change(0, 1.05 + 0.05 * (environment % 8)));
    for (int change = 1; change <= CHANGES; change++) {
      changes.add(
          new BetaSchedule.Change(
              change * PHASE + 10L * environment, change % 2 == 1 ? 1.45 : 1.1));
    }
    return changes;
  }

  private void run() {
    try {
      feed.run();
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  /** Publishes nothing more; returns when everything published is on the topic. */
  void stop() throws InterruptedException {
    feed.stop();
    thread.join();
    if (failure != null) {
      throw new IllegalStateException("the feed has ended by itself", failure);
    }
  }

  @Override
  public void close() {
    feed.stop();
    feed.close();
  }
}
