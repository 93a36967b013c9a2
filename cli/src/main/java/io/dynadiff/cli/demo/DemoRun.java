package io.dynadiff.cli.demo;

import io.dynadiff.commands.GracefulStop;
import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.streams.OnlineRoles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One run of the demo: start the roles, feed them, spoil a few frames, drain, judge.
 *
 * <pre>
 *   ready     3/10       4/10                          duration
 *     |--feeds--malformed--shift-------------------------stop--drain--|  summary
 * </pre>
 */
final class DemoRun {

  private static final Duration READY_LIMIT = Duration.ofSeconds(120);

  /** How long nothing may change on any topic before the wait for the rest is given up. */
  private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(20);

  private static final Duration POLL = Duration.ofMillis(100);
  private static final double MALFORMED_AT = 0.3;

  private final EmbeddedKafka kafka;
  private final OnlineRoles roles;
  private final DemoObserver observer;
  private final Path recording;
  private final Duration duration;
  private final GracefulStop stop;
  private final LiveView view;
  private final PrintWriter out;
  private final Map<String, Long> malformed = new TreeMap<>();
  private Map<String, Long> committed = Map.of();

  DemoRun(
      EmbeddedKafka kafka,
      OnlineRoles roles,
      DemoObserver observer,
      Path recording,
      Duration duration,
      GracefulStop stop,
      LiveView view,
      PrintWriter out) {
    this.kafka = kafka;
    this.roles = roles;
    this.observer = observer;
    this.recording = recording;
    this.duration = duration;
    this.stop = stop;
    this.view = view;
    this.out = out;
  }

  /** Runs to the end, prints the summary, and returns what was lost or failed; empty if nothing. */
  List<String> run() throws InterruptedException {
    roles.start();
    Optional<String> failure = awaitReady();
    Instant started = Instant.now();
    if (failure.isEmpty() && !stop.await(Duration.ZERO)) {
      out.printf(
          "Broker at %s, Schema Registry at %s: any Kafka client may look on.%n%n",
          kafka.bootstrapServers(), kafka.schemaRegistryUrl());
      out.flush();
      failure = feed(started);
      drain();
    }
    Duration elapsed = Duration.between(started, Instant.now());
    view.draw(observer.tally(), elapsed);
    List<String> objections = new ArrayList<>();
    failure.ifPresent(objections::add);
    objections.addAll(DemoVerdict.objections(observer.tally(), expectation()));
    DemoSummary.print(out, observer.tally(), elapsed, objections);
    return objections;
  }

  private Optional<String> awaitReady() throws InterruptedException {
    Instant limit = Instant.now().plus(READY_LIMIT);
    while (!roles.ready()) {
      Optional<String> failure = failure(Optional.empty());
      if (failure.isPresent()) {
        return failure;
      }
      if (Instant.now().isAfter(limit)) {
        return Optional.of(
            "the roles were not ready within %d s.".formatted(READY_LIMIT.toSeconds()));
      }
      if (stop.await(POLL)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private Optional<String> feed(Instant started) throws InterruptedException {
    String runId =
        DateTimeFormatter.ofPattern("'demo-'yyyyMMdd'T'HHmmss")
            .withZone(ZoneOffset.UTC)
            .format(started);
    try (DemoFeeds feeds =
        DemoFeeds.start(kafka.connection(), kafka.topics(), runId, recording, duration)) {
      Instant end = started.plus(duration);
      Instant spoil = started.plusMillis((long) (MALFORMED_AT * duration.toMillis()));
      Instant draw = started;
      Optional<String> failure = Optional.empty();
      while (failure.isEmpty() && Instant.now().isBefore(end)) {
        if (!Instant.now().isBefore(draw)) {
          view.draw(observer.tally(), Duration.between(started, Instant.now()));
          draw = draw.plus(view.period());
        }
        if (malformed.isEmpty() && Instant.now().isAfter(spoil)) {
          sendMalformed();
        }
        if (stop.await(POLL)) {
          break;
        }
        failure = failure(feeds.failure());
      }
      feeds.stop();
      committed = feeds.committed();
      return failure.or(() -> failure(feeds.failure()));
    }
  }

  private void sendMalformed() {
    Optional<FieldFrame> good =
        observer
            .tally()
            .read(
                environments ->
                    environments.stream()
                        .filter(e -> e.environmentId().equals(DemoFeeds.STEADY))
                        .flatMap(e -> Optional.ofNullable(e.newest()).stream())
                        .findFirst());
    good.ifPresent(
        frame ->
            MalformedFrames.publish(kafka.connection(), kafka.topics(), frame)
                .forEach(reason -> malformed.merge(reason, 1L, Long::sum)));
  }

  /** Waits until everything that was sent has come through, or nothing moves any more. */
  private void drain() throws InterruptedException {
    long moved = -1;
    Instant limit = Instant.now().plus(DRAIN_PATIENCE);
    while (!DemoVerdict.complete(observer.tally(), expectation())
        && Instant.now().isBefore(limit)
        && failure(Optional.empty()).isEmpty()) {
      long now =
          observer
              .tally()
              .read(
                  environments ->
                      environments.stream()
                          .mapToLong(
                              e ->
                                  e.publishedCount()
                                      + e.admitted().count()
                                      + e.rejectedCount()
                                      + e.forecasts().count()
                                      + e.scores().count())
                          .sum());
      if (now != moved) {
        moved = now;
        limit = Instant.now().plus(DRAIN_PATIENCE);
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  private Expectation expectation() {
    return new Expectation(committed, malformed);
  }

  private Optional<String> failure(Optional<Throwable> ofFeeds) {
    return ofFeeds
        .map(failure -> "a feed failed: " + failure)
        .or(() -> roles.failure().map(failure -> "a role failed: " + failure))
        .or(() -> kafka.failure().map(failure -> "the broker failed: " + failure))
        .or(() -> observer.failure().map(failure -> "the observer failed: " + failure));
  }
}
