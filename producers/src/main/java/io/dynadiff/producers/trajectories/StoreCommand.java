package io.dynadiff.producers.trajectories;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dynadiff.commands.CommandReport;
import io.dynadiff.physics.store.TrajectoryFormatException;
import io.dynadiff.physics.store.TrajectoryStore;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * A command that reads a store; a store that is not as written is wrong input and exits with 2, a
 * disk that fails with 1.
 */
abstract class StoreCommand implements Callable<Integer> {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Parameters(
      paramLabel = "DIR",
      description = "A store, or the directory of one trajectory in it.")
  private Path directory;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** Does it; returns the exit code. */
  abstract int run(TrajectoryStore store, List<String> names);

  @Override
  public final Integer call() {
    try {
      TrajectoryStore store = TrajectoryStore.open(directory);
      List<String> names = store.names();
      if (names.isEmpty()) {
        throw new TrajectoryFormatException(
            directory
                + ": expected trajectories, found a directory without any trajectory.json; write"
                + " one with dynadiff trajectories write");
      }
      return run(store, names);
    } catch (IllegalArgumentException | TrajectoryFormatException e) {
      return refuse(e);
    } catch (UncheckedIOException e) {
      return CommandReport.report(spec, e, CommandReport.FAILED);
    } finally {
      out().flush();
    }
  }

  /** Says in one line what is wrong with the store; returns the exit code. */
  final int refuse(RuntimeException e) {
    return CommandReport.report(spec, e, CommandReport.REFUSED);
  }

  final boolean json() {
    return json;
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final void print(Object document) {
    try {
      out().println(JSON.writeValueAsString(document));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what a store says of itself is plain data", e);
    }
  }
}
