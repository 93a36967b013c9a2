package io.dynadiff.cli.demo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the topics say so far, by environment.
 *
 * <p>Safe for use by several threads: the observer writes, view and summary read, each inside the
 * tally's lock.
 */
final class DemoTally {

  private final Map<String, EnvironmentTally> environments = new TreeMap<>();

  /** Lets the writer change what is known about one environment. */
  synchronized void update(String environmentId, Consumer<EnvironmentTally> change) {
    change.accept(environments.computeIfAbsent(environmentId, EnvironmentTally::new));
  }

  /** Lets a reader look at all environments, sorted by id; nothing of them may be kept. */
  synchronized <T> T read(Function<List<EnvironmentTally>, T> reader) {
    return reader.apply(List.copyOf(environments.values()));
  }
}
