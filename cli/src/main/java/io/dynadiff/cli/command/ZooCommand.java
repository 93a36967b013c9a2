package io.dynadiff.cli.command;

import io.dynadiff.commands.GracefulStop;
import io.dynadiff.commands.KafkaOptions;
import io.dynadiff.physics.recorded.RecordedDataException;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.TopicCatalogue;
import io.dynadiff.trainer.SystemOptions;
import io.dynadiff.trainer.experiment.Variant;
import io.dynadiff.trainer.pipeline.TrainedSystem;
import io.dynadiff.trainer.workers.ZooCoordinator;
import io.dynadiff.trainer.workers.ZooWorker;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dynadiff zoo}: trains a zoo on several machines. */
@Command(
    name = "zoo",
    mixinStandardHelpOptions = true,
    description = "Share the training of a system's zoo of experts among workers.",
    footer = {
      "",
      "Example, the first once, the second on every machine:",
      "  dynadiff zoo share lambda-omega --bootstrap-servers broker:9092",
      "  dynadiff zoo work lambda-omega --bootstrap-servers broker:9092"
    },
    subcommands = {ZooCommand.Share.class, ZooCommand.Work.class})
public final class ZooCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command: share or work.");
  }

  /** What both sides must be told alike. */
  static final class Options {

    @Parameters(
        index = "0",
        paramLabel = "SYSTEM",
        description = "a system that has the preset, such as lambda-omega")
    private String system;

    @Mixin private SystemOptions training;

    @Mixin private KafkaOptions kafka;

    private TrainedSystem open(CommandSpec spec, long seed, PrintStream progress) {
      try {
        return training.open(system, Variant.unchanged("zoo"), seed, progress);
      } catch (IllegalArgumentException | RecordedDataException e) {
        throw new ParameterException(spec.commandLine(), e.getMessage(), e);
      }
    }

    /** Checks the settings and the broker before anything that takes long. */
    private KafkaConnection connect(CommandSpec spec) {
      try {
        training.settings(system, Variant.unchanged("zoo"));
        KafkaConnection connection = kafka.connection();
        KafkaOptions.ensure(connection, topics());
        return connection;
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), e.getMessage(), e);
      }
    }

    private TopicCatalogue topics() {
      return kafka.topics();
    }
  }

  /** {@code zoo share}. */
  @Command(
      name = "share",
      mixinStandardHelpOptions = true,
      description = {
        "Train the base, publish a task for every stack of experts that is not there, and wait"
            + " until workers have trained them. Then train finds them.",
        "Started again, it takes what was trained meanwhile and asks for the rest."
      },
      footer = {
        "",
        "Example:",
        "  dynadiff zoo share lambda-omega --bootstrap-servers localhost:9092"
      })
  static final class Share implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private Options options;

    @Option(
        names = "--seed",
        defaultValue = "1",
        description = "seed of every random choice, as of train (default: ${DEFAULT-VALUE})")
    private long seed;

    @Override
    public Integer call() throws InterruptedException {
      KafkaConnection connection = options.connect(spec);
      TrainedSystem system = options.open(spec, seed, System.err);
      int trained;
      try {
        trained = new ZooCoordinator(connection, options.topics(), System.err).run(system);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), e.getMessage(), e);
      }
      spec.commandLine().getOut().printf("zoo complete, %d stacks from workers%n", trained);
      spec.commandLine().getOut().flush();
      return 0;
    }
  }

  /** {@code zoo work}. */
  @Command(
      name = "work",
      mixinStandardHelpOptions = true,
      description = {
        "Train stacks of experts as they are asked for, until stopped. Data and expert must be set"
            + " as on the other side; all other settings come with a task.",
        "A stopped worker's task goes to another one."
      },
      footer = {
        "",
        "Example:",
        "  dynadiff zoo work lambda-omega --bootstrap-servers localhost:9092"
      })
  static final class Work implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private Options options;

    @Override
    public Integer call() throws InterruptedException {
      KafkaConnection connection = options.connect(spec);
      // The seed comes with each task.
      TrainedSystem system = options.open(spec, 0, System.err);
      ZooWorker worker = new ZooWorker(connection, options.topics(), system, name(), System.err);
      try (GracefulStop stop = GracefulStop.install(worker::stop)) {
        worker.run();
        stop.finished(0);
        return 0;
      }
    }

    private static String name() {
      try {
        return InetAddress.getLocalHost().getHostName() + "/" + ProcessHandle.current().pid();
      } catch (UnknownHostException e) {
        return "worker/" + ProcessHandle.current().pid();
      }
    }
  }
}
