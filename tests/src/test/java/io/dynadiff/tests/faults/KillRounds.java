package io.dynadiff.tests.faults;

import io.dynadiff.physics.environments.LambdaOmegaEnvironments;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.lambdaomega.BetaSchedule;
import io.dynadiff.physics.lambdaomega.LambdaOmegaSeries;
import io.dynadiff.producers.feed.FieldFeed;
import io.dynadiff.producers.pace.Pace;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.TopicCatalogue;
import io.dynadiff.trainer.evaluation.ResultsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Roles as processes against a broker process, fed all the time; round after round one of them,
 * chosen at random, is killed with SIGKILL at a random moment and started again. At the end every
 * published frame must be admitted, forecast and scored once, in order.
 *
 * <p>Exit codes: 0 if nothing is wrong, 1 if something is, 2 if the installation did not start.
 */
@Command(
    name = "tests/faults/kill-rounds",
    mixinStandardHelpOptions = true,
    description = "Kill random roles under load, and count what came of every frame.",
    footer = {"", "Example:", "  tests/faults/kill-rounds --rounds 100"})
public final class KillRounds implements Callable<Integer> {

  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(10);
  private static final int LARGEST_PAUSE_MS = 3000;

  @Option(names = "--rounds", defaultValue = "10", description = "Kills (default: 10).")
  private int rounds;

  @Option(names = "--seed", defaultValue = "1", description = "Of whom is killed when.")
  private long seed;

  @Option(names = "--environments", defaultValue = "6", description = "Fed at once (default: 6).")
  private int environments;

  @Option(
      names = "--speed",
      defaultValue = "0.4x",
      description = "Of the feed; 1x is five frames a second of each environment (default: 0.4x).")
  private String speed;

  @Option(
      names = "--instances",
      split = ",",
      defaultValue = "adapt=1,generate=1,forecast=2,verify=1",
      description = "Processes of each role (default: ${DEFAULT-VALUE}).")
  private Map<String, Integer> instances;

  @Option(
      names = "--results",
      defaultValue = "results/faults.json",
      description = "Results file (default: ${DEFAULT-VALUE}).")
  private Path results;

  @Option(
      names = "--work-dir",
      description = "Logs, state and the broker's data (default: a temporary directory, kept).")
  private Path directory;

  private final List<Long> recoveryMillis = new ArrayList<>();
  private final Map<String, Integer> kills = new TreeMap<>();

  /** Runs the rounds. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new KillRounds()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    long started = System.nanoTime();
    Path home = Path.of(System.getProperty("dynadiff.home", ".")).toAbsolutePath().normalize();
    if (directory == null) {
      directory = Files.createTempDirectory("dynadiff-faults-");
    }
    int brokerPort = RoleProcess.freePort();
    int registryPort = RoleProcess.freePort();
    String bootstrap = "localhost:" + brokerPort;
    String registry = "http://localhost:" + registryPort;
    say("logs in " + directory);
    RoleProcess broker = RoleProcess.broker(home, directory, brokerPort, registryPort);
    List<RoleProcess> roles = new ArrayList<>();
    for (Map.Entry<String, Integer> role : new TreeMap<>(instances).entrySet()) {
      for (int instance = 1; instance <= role.getValue(); instance++) {
        roles.add(RoleProcess.role(home, directory, role.getKey(), instance, bootstrap, registry));
      }
    }
    // Ctrl-C must not leave a broker and its roles behind.
    List<RoleProcess> all = new ArrayList<>(roles);
    all.add(broker);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> all.forEach(RoleProcess::killNow)));
    try {
      broker.start();
      awaitText(broker, "Broker at");
      for (RoleProcess role : roles) {
        role.start();
      }
      for (RoleProcess role : roles) {
        awaitReady(role);
      }
      say("all processes are ready");
      return judge(run(bootstrap, registry, roles), started);
    } finally {
      for (RoleProcess role : roles) {
        role.end();
      }
      broker.end();
    }
  }

  private Map<String, Double> run(String bootstrap, String registry, List<RoleProcess> roles)
      throws Exception {
    KafkaConnection connection = KafkaConnection.plaintext(bootstrap, registry);
    try (DeliveryLedger ledger = new DeliveryLedger(bootstrap, registry);
        FieldFeed feed =
            FieldFeed.open(
                connection,
                TopicCatalogue.singleBroker(4),
                "faults",
                false,
                series(),
                Pace.parse(speed),
                progress -> {})) {
      Thread feeder = new Thread(feed::run, "feed");
      feeder.start();
      Random random = new Random(seed);
      for (int round = 1; round <= rounds; round++) {
        ledger.read(Duration.ofMillis(500 + random.nextInt(LARGEST_PAUSE_MS)));
        RoleProcess victim = roles.get(random.nextInt(roles.size()));
        kill(victim, ledger, random);
        say(
            "round %d of %d: %s back after %d ms; published %d, scored %d"
                .formatted(
                    round,
                    rounds,
                    victim.name(),
                    recoveryMillis.get(recoveryMillis.size() - 1),
                    ledger.count("frames"),
                    ledger.count("scores")));
      }
      feed.stop();
      feeder.join();
      long deadline = System.nanoTime() + DRAIN_LIMIT.toNanos();
      do {
        ledger.read(Duration.ofSeconds(2));
      } while (!ledger.complete() && System.nanoTime() < deadline);
      // What comes after the last expected score would be a duplicate.
      ledger.read(Duration.ofSeconds(5));
      Map<String, Double> figures = new TreeMap<>();
      ledger.faults().forEach((name, number) -> figures.put("kill9." + name, number));
      figures.put("kill9.rounds", (double) rounds);
      figures.put("kill9.frames", (double) ledger.count("frames"));
      figures.put("kill9.forecasts", (double) ledger.count("forecasts"));
      figures.put("kill9.scores", (double) ledger.count("scores"));
      figures.put("kill9.weightsPublished", (double) ledger.versionsPublished());
      return figures;
    }
  }

  /** Kills at once, starts again, and waits until it takes part. */
  private void kill(RoleProcess victim, DeliveryLedger ledger, Random random) throws Exception {
    victim.kill();
    kills.merge(victim.name(), 1, Integer::sum);
    long killed = System.nanoTime();
    ledger.read(Duration.ofMillis(random.nextInt(LARGEST_PAUSE_MS)));
    victim.start();
    while (!victim.ready()) {
      ledger.read(Duration.ofMillis(200));
      check(victim);
    }
    recoveryMillis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed));
  }

  private List<FieldSeries> series() {
    LambdaOmegaEnvironments system = LambdaOmegaEnvironments.standard();
    List<FieldSeries> series = new ArrayList<>();
    for (int i = 0; i < environments; i++) {
      series.add(
          new LambdaOmegaSeries(
              "lambda-omega/" + i,
              system.parameters(),
              // Experts are swapped all the time, too.
              new BetaSchedule(
                  List.of(
                      new BetaSchedule.Change(0, 1.05 + 0.05 * (i % 8)),
                      new BetaSchedule.Change(60 + 10L * i, 1.45),
                      new BetaSchedule.Change(200 + 10L * i, 1.1))),
              i + 1,
              0,
              system.intervalMillis(),
              Long.MAX_VALUE));
    }
    return series;
  }

  private int judge(Map<String, Double> figures, long started) throws Exception {
    Collections.sort(recoveryMillis);
    figures.put("kill9.recovery.p50Ms", (double) percentile(0.5));
    figures.put("kill9.recovery.p95Ms", (double) percentile(0.95));
    Map<String, Object> config = new TreeMap<>();
    config.put("rounds", rounds);
    config.put("environments", environments);
    config.put("speed", speed);
    config.put("instances", new TreeMap<>(instances));
    config.put("kills", kills);
    ResultsFile.write(
        results,
        "tests/faults/kill-rounds --rounds " + rounds + " --seed " + seed,
        config,
        Map.of("seed", seed),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started) / 1000.0,
        figures);
    figures.forEach((name, number) -> System.out.printf("%-32s %.0f%n", name, number));
    boolean right =
        List.of("lost", "duplicated", "outOfOrder", "neverPublished", "weightsPublishedTwice")
            .stream()
            .allMatch(name -> figures.get("kill9." + name) == 0);
    System.out.println(right ? "NOTHING LOST, NOTHING TWICE, ALL IN ORDER" : "SOMETHING IS WRONG");
    return right ? 0 : 1;
  }

  private long percentile(double share) {
    return recoveryMillis.isEmpty()
        ? 0
        : recoveryMillis.get(
            Math.min(recoveryMillis.size() - 1, (int) (share * recoveryMillis.size())));
  }

  private static void awaitReady(RoleProcess role) throws Exception {
    while (!role.ready()) {
      check(role);
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private static void awaitText(RoleProcess process, String text) throws Exception {
    while (!Files.exists(process.log()) || !Files.readString(process.log()).contains(text)) {
      check(process);
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private static void check(RoleProcess process) {
    boolean late = System.nanoTime() - process.startedAtNanos() > START_LIMIT.toNanos();
    if (!process.alive() || late) {
      throw new IllegalStateException(
          process.name()
              + ": expected to take part within "
              + START_LIMIT
              + ", found it "
              + (process.alive() ? "not ready" : "ended")
              + "; see "
              + process.log());
    }
  }

  private static void say(String text) {
    System.err.println("kill-rounds: " + text);
  }
}
