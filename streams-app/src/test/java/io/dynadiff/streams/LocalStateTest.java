package io.dynadiff.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.dynadiff.models.bundle.UntrainedBundle;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.streams.config.OnlineConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a role that was ended in good order finds in its state directory. */
@Tag("slow")
class LocalStateTest {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Pattern RESTORED =
      Pattern.compile("Finished restoring changelog (\\S+) .* total number of (\\d+) records");

  private final Logger kafka =
      (Logger) LoggerFactory.getLogger("org.apache.kafka.streams.processor.internals");
  private final Level before = kafka.getLevel();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  @TempDir Path directory;
  private TestBroker broker;

  @BeforeEach
  void start() throws Exception {
    UntrainedBundle.write(directory.resolve("bundle"), Samples.SYSTEM, TestBroker.SHAPE, 1);
    broker = new TestBroker();
  }

  @AfterEach
  void stop() {
    kafka.detachAppender(log);
    kafka.setLevel(before);
    kafka.setAdditive(true);
    broker.close();
  }

  @Test
  void shouldGoOnWithItsLocalStateWhenSomeStoresWereNeverWritten() throws IOException {
    // In order and few: nothing has waited, and no score has come to calibrate a spread with.
    try (OnlineRoles roles = roles()) {
      broker.publishAll(0, 4);
      awaitScores(roles, 12);
    }
    log.start();
    kafka.addAppender(log);
    kafka.setLevel(Level.INFO);
    kafka.setAdditive(false);
    try (OnlineRoles roles = roles()) {
      broker.publishAll(4, 8);
      awaitScores(roles, 24);
    }
    assertThat(log.list)
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .extracting(ILoggingEvent::getFormattedMessage)
        .isEmpty();
    List<Matcher> restored =
        log.list.stream()
            .map(event -> RESTORED.matcher(event.getFormattedMessage()))
            .filter(Matcher::find)
            .toList();
    assertThat(restored)
        .as("changelogs of three roles whose ends were compared with the local state")
        .hasSizeGreaterThan(10)
        .allSatisfy(line -> assertThat(line.group(2)).as(line.group(1)).isEqualTo("0"));
  }

  private OnlineRoles roles() throws IOException {
    OnlineRoles roles =
        OnlineRoles.all(
            OnlineConfiguration.of(
                broker.kafka().connection(),
                broker.kafka().topics(),
                directory.resolve("state"),
                List.of(directory.resolve("bundle"))));
    roles.start();
    return roles;
  }

  private void awaitScores(OnlineRoles roles, int count) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertThat(roles.failure()).isEmpty();
              assertThat(broker.read(Topic.SCORES, ForecastScore.class)).hasSize(count);
            });
    await().atMost(LIMIT).until(roles::idle);
  }
}
