package io.dynadiff.streams;

import io.dynadiff.schemas.serde.AvroSerdes;
import io.dynadiff.streams.config.OnlineConfiguration;
import io.dynadiff.streams.generate.BundleGenerator;
import io.dynadiff.streams.generate.GenerateThread;
import io.dynadiff.streams.role.ReadPosition;
import io.dynadiff.streams.role.StreamsApplication;
import io.dynadiff.streams.role.Topics;
import io.dynadiff.streams.systems.OpenedBundles;
import io.dynadiff.streams.systems.RecordLimits;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/** Writes weights for the windows it is asked about. */
public final class GenerateRole implements OnlineRole {

  private final OnlineConfiguration configuration;
  private final OpenedBundles bundles;
  private GenerateThread thread;

  /**
   * Prepares the role.
   *
   * @param bundles the bundles that the configuration names, opened
   * @throws IllegalArgumentException if weights of a bundle would not fit into their topic, or the
   *     device is not there
   */
  public GenerateRole(OnlineConfiguration configuration, OpenedBundles bundles) {
    this.configuration = configuration;
    this.bundles = bundles;
    configuration.generate().device().require();
    RecordLimits.requireWeightsFit(
        bundles.systems().all(),
        configuration.generate().ensemble(),
        configuration.generate().weightsDtype());
  }

  private String group() {
    return StreamsApplication.applicationId(name(), configuration);
  }

  @Override
  public String name() {
    return "generate";
  }

  @Override
  public synchronized void start() {
    Topics.ensure(configuration);
    AvroSerdes serdes = configuration.connection().serdes();
    thread =
        GenerateThread.start(
            group(),
            configuration.connection(),
            configuration.topics(),
            serdes,
            bundles,
            bundle ->
                new BundleGenerator(
                    bundle, configuration.generate().ensemble(), configuration.generate().device()),
            configuration.generate());
  }

  @Override
  public synchronized boolean ready() {
    return thread != null && thread.ready();
  }

  @Override
  public synchronized boolean idle() {
    if (!ready()) {
      return false;
    }
    try (Admin admin = Admin.create(configuration.connection().adminProperties())) {
      return ReadPosition.atEnd(admin, group(), thread.positions());
    }
  }

  @Override
  public synchronized Optional<Throwable> failure() {
    return thread == null ? Optional.empty() : thread.failure();
  }

  @Override
  public synchronized void close() {
    if (thread != null) {
      thread.close(configuration.streams().drainDeadline());
    }
  }
}
