package io.dynadiff.console;

import io.dynadiff.console.feed.FeedHealth;
import io.dynadiff.console.feed.TopicFeed;
import io.dynadiff.console.server.ConsoleServer;
import io.dynadiff.console.server.ServerSettings;
import io.dynadiff.console.state.ConsoleState;
import io.dynadiff.console.state.Limits;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.TopicCatalogue;
import java.io.IOException;
import java.util.Optional;

/**
 * A web page that shows what the topics say. It reads Kafka as any outside consumer would, and
 * writes nothing. The caller closes. Thread-safe.
 */
public final class Console implements AutoCloseable {

  private record Health(FeedHealth feed, ConsoleState.Totals totals) {}

  private final TopicFeed feed;
  private final ConsoleServer server;

  private Console(TopicFeed feed, ConsoleServer server) {
    this.feed = feed;
    this.server = server;
  }

  /**
   * Begins to read and to serve; does not wait for a broker.
   *
   * @throws IOException if the settings' address and port cannot be listened on
   */
  public static Console open(
      KafkaConnection connection, TopicCatalogue topics, ServerSettings settings, Limits limits)
      throws IOException {
    ConsoleState state = new ConsoleState(limits, System::currentTimeMillis);
    TopicFeed feed = TopicFeed.start(connection, topics, state);
    try {
      return new Console(
          feed,
          ConsoleServer.open(state, () -> new Health(feed.health(), state.totals()), settings));
    } catch (IOException | RuntimeException e) {
      feed.close();
      throw e;
    }
  }

  /** Address of the page. */
  public String url() {
    return server.url();
  }

  /** What ended the reading before its time, if anything did. */
  public Optional<Throwable> failure() {
    return feed.failure();
  }

  @Override
  public void close() {
    server.close();
    feed.close();
  }
}
