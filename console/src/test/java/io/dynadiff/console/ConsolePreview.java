package io.dynadiff.console;

import io.dynadiff.console.feed.FeedHealth;
import io.dynadiff.console.server.ConsoleServer;
import io.dynadiff.console.server.ServerSettings;
import io.dynadiff.console.state.ConsoleState;
import io.dynadiff.console.state.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Shows the page with made-up feeds, for work on its looks: no Kafka, no roles. */
public final class ConsolePreview {

  private ConsolePreview() {}

  /** Arguments: port, environments, frames per second of each, seconds (0 for ever). */
  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    double framesPerSecond = Double.parseDouble(arguments[2]);
    ConsoleState state = new ConsoleState(Limits.DEFAULT, System::currentTimeMillis);
    List<SyntheticFeed> feeds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      feeds.add(
          i % 4 == 3
              ? SyntheticFeed.tile(
                  "era5-uk/r%02dc%02d".formatted(i, i), 49 + i % 5, -10 + 5 * (i % 3))
              : SyntheticFeed.plane("lambda-omega/sensor-%03d".formatted(i)));
    }
    for (int frame = 0; frame < 95; frame++) {
      feeds.forEach(feed -> feed.advance(state));
    }
    try (ConsoleServer server =
        ConsoleServer.open(state, () -> health(state), ServerSettings.local(port))) {
      System.out.println(server.url());
      while (true) {
        TimeUnit.NANOSECONDS.sleep((long) (1e9 / framesPerSecond));
        feeds.forEach(feed -> feed.advance(state));
      }
    }
  }

  /** Health as a reader of topics would tell it. */
  public static Object health(ConsoleState state) {
    return Map.of(
        "feed",
        new FeedHealth(
            "localhost:9092",
            true,
            null,
            true,
            List.of(
                new FeedHealth.TopicHealth("frames.admitted", 12_034, 40.2, 0, 0),
                new FeedHealth.TopicHealth("forecasts", 12_033, 40.1, 1, 0),
                new FeedHealth.TopicHealth("scores", 12_001, 40.1, 0, 0),
                new FeedHealth.TopicHealth("adaptations", 61, 0, 0, 0),
                new FeedHealth.TopicHealth("weights", 12, 0, 0, 0),
                new FeedHealth.TopicHealth("frames.rejected", 4, 0, 0, 0))),
        "totals",
        state.totals());
  }
}
