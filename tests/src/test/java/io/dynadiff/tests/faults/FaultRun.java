package io.dynadiff.tests.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Roles as processes against a broker process, fed all the time while something is done to them. At
 * the end every published frame must be admitted, forecast and scored once, in order.
 *
 * <p>Exit codes: 0 if nothing is wrong, 1 if something is, 2 if the installation did not start.
 */
abstract class FaultRun implements Callable<Integer> {

  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(10);

  @Mixin RunOptions options;

  @Spec private CommandSpec spec;

  /** Before anything is started: may refuse, or change the options. */
  void prepare() throws IOException {}

  /**
   * The checkout that everything is started from at first.
   *
   * @param home this one
   */
  Path firstHome(Path home) {
    return home;
  }

  /** Does to the installation what the run is about. */
  abstract void disturb(Installation installation, DeliveryLedger ledger) throws Exception;

  /** What the run has measured itself. */
  abstract Map<String, Double> figures();

  /** Tells runs of one name apart that are kept beside each other; begins with a hyphen. */
  String variant() {
    return "";
  }

  /** What else the results hold. */
  Map<String, Object> details() {
    return Map.of();
  }

  /** Where results go if the run is not told. */
  Path results() {
    return Path.of("results/faults.json");
  }

  /** What the run was told, beside the options that all share. */
  abstract Map<String, Object> config();

  @Override
  public final Integer call() throws Exception {
    long started = System.nanoTime();
    double loadBefore = FaultsFile.load();
    Path home = Path.of(System.getProperty("dynadiff.home", ".")).toAbsolutePath().normalize();
    if (options.directory == null) {
      options.directory = Files.createTempDirectory("dynadiff-faults-");
    }
    try {
      Files.createDirectories(options.directory);
      prepare();
    } catch (IllegalArgumentException e) {
      say(e.getMessage());
      return 2;
    }
    say("logs in " + options.directory);
    Map<String, Double> figures;
    try (Installation installation =
        Installation.start(
            home, firstHome(home), options.directory, options.instances, options.settings)) {
      say("all processes are ready");
      figures = run(installation);
    }
    figures.put("load.before", loadBefore);
    figures.put("load.after", FaultsFile.load());
    Map<String, Object> config = new TreeMap<>(config());
    config.put("environments", options.environments);
    config.put("speed", options.speed);
    config.put("instances", new TreeMap<>(options.instances));
    config.put("settings", options.settings);
    config.put("jvmArguments", RoleProcess.jvmArguments());
    FaultsFile.put(
        options.results == null ? results() : options.results,
        spec.name() + variant(),
        command(),
        config,
        options.seed,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started) / 1000.0,
        figures,
        details());
    return DeliveryLedger.judge(figures) ? 0 : 1;
  }

  private Map<String, Double> run(Installation installation) throws Exception {
    try (DeliveryLedger ledger =
            new DeliveryLedger(installation.bootstrap(), installation.registry());
        Feeder feeder =
            Feeder.start(installation.connection(), options.environments, options.speed)) {
      disturb(installation, ledger);
      feeder.stop();
      ledger.readToEnd(DRAIN_LIMIT);
      Map<String, Double> figures = new TreeMap<>(figures());
      figures.putAll(ledger.figures());
      return figures;
    }
  }

  private String command() {
    StringBuilder command = new StringBuilder("tests/faults/run");
    spec.root().commandLine().getParseResult().originalArgs().stream()
        // Where it was written does not matter to who does it again; where another checkout lay
        // says
        // nothing, and its commit stands in the configuration.
        .filter(one -> !one.startsWith("--work-dir=") && !one.startsWith("--results="))
        .map(one -> one.startsWith("--from=") ? "--from=DIR" : one)
        .forEach(one -> command.append(' ').append(one));
    return command.toString();
  }

  final void say(String text) {
    System.err.println(spec.name() + ": " + text);
  }
}
