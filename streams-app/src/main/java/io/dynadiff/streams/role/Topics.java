package io.dynadiff.streams.role;

import io.dynadiff.schemas.topics.TopicContradiction;
import io.dynadiff.streams.config.OnlineConfiguration;
import org.apache.kafka.clients.admin.Admin;

/** The topics that every role needs before it starts. */
public final class Topics {

  private Topics() {}

  /**
   * Creates missing topics and checks those that exist.
   *
   * @throws TopicContradiction if an existing one contradicts the catalogue
   */
  public static void ensure(OnlineConfiguration configuration) {
    try (Admin admin = Admin.create(configuration.connection().adminProperties())) {
      configuration.topics().ensure(admin);
    }
  }
}
