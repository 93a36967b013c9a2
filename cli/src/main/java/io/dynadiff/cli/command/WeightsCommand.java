package io.dynadiff.cli.command;

import io.dynadiff.commands.CommandReport;
import io.dynadiff.commands.JsonDocument;
import io.dynadiff.commands.KafkaOptions;
import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.ControlAction;
import io.dynadiff.schemas.avro.ControlCommand;
import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicCatalogue;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code dynadiff weights}: looks at the experts of environments and orders what becomes of them.
 */
@Command(
    name = "weights",
    mixinStandardHelpOptions = true,
    description =
        "List the experts of environments, pin or release one, go back, ask for new ones.",
    footer = {"", "Example:", "  dynadiff weights list --bootstrap-servers localhost:9092"},
    subcommands = {
      WeightsCommand.ListExperts.class,
      WeightsCommand.Pin.class,
      WeightsCommand.Release.class,
      WeightsCommand.RollBack.class,
      WeightsCommand.Regenerate.class,
      ExportWeights.class
    })
public final class WeightsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing command: list, pin, release, rollback, regenerate or export.");
  }

  /** What the subcommands share: a connection, and the exit codes of what can go wrong. */
  private abstract static class OnKafka implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private KafkaOptions kafka;

    @Override
    public final Integer call() throws InterruptedException {
      try {
        KafkaConnection connection = kafka.connection();
        TopicCatalogue topics = kafka.topics();
        KafkaOptions.expect(connection, topics, Topic.WEIGHTS, Topic.ADAPTATIONS, Topic.CONTROLS);
        run(connection, topics);
        spec.commandLine().getOut().flush();
        return CommandReport.DONE;
      } catch (IllegalArgumentException e) {
        return CommandReport.report(spec, e, CommandReport.REFUSED);
      } catch (KafkaException e) {
        return CommandReport.report(spec, e, CommandReport.FAILED);
      }
    }

    abstract void run(KafkaConnection connection, TopicCatalogue topics)
        throws InterruptedException;

    final void println(String line) {
      spec.commandLine().getOut().println(line);
    }
  }

  /** {@code weights list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = {
        "Show the expert in use by each environment (with ! where it is pinned) and the newest on"
            + " the topic of weights.",
        "In use is what the decisions of the last 30 days say."
      },
      footer = {"", "Example:", "  dynadiff weights list"})
  static final class ListExperts extends OnKafka {

    @Option(
        names = "--json",
        description = "Print one JSON array with an object for each environment.")
    private boolean json;

    @Override
    void run(KafkaConnection connection, TopicCatalogue topics) {
      ExpertTable table = new ExpertTable();
      WholeTopic.read(connection, topics.name(Topic.WEIGHTS), ExpertWeights.class, table::weights);
      WholeTopic.read(
          connection,
          topics.name(Topic.ADAPTATIONS),
          Adaptation.class,
          (environmentId, decision) -> {
            if (decision != null) {
              table.decided(decision);
            }
          });
      if (json) {
        println(JsonDocument.text(table.entries()));
      } else {
        table.lines().forEach(this::println);
      }
    }
  }

  /** A command that gives one order. */
  private abstract static class Order extends OnKafka {

    @Parameters(paramLabel = "ENVIRONMENT", description = "The environment's id.")
    private String environmentId;

    private final ControlAction action;

    Order(ControlAction action) {
      this.action = action;
    }

    /** The version the order is about, or null. */
    Long version() {
      return null;
    }

    @Override
    final void run(KafkaConnection connection, TopicCatalogue topics) throws InterruptedException {
      String id = UUID.randomUUID().toString();
      ControlCommand command =
          new ControlCommand(environmentId, id, action, version(), Instant.now());
      try (Serializer<ControlCommand> values =
              connection.serdes().serializer(ControlCommand.class);
          Producer<String, ControlCommand> producer =
              new KafkaProducer<>(
                  connection.producerProperties(), new StringSerializer(), values)) {
        producer
            .send(new ProducerRecord<>(topics.name(Topic.CONTROLS), environmentId, command))
            .get();
      } catch (ExecutionException e) {
        throw new KafkaException(
            "order could not be given: " + e.getCause().getMessage(), e.getCause());
      }
      println(
          "order "
              + id
              + " to "
              + action
              + " "
              + environmentId
              + " given; the decision comes on topic "
              + topics.name(Topic.ADAPTATIONS));
    }
  }

  /** {@code weights pin}. */
  @Command(
      name = "pin",
      mixinStandardHelpOptions = true,
      description = "Use one version until it is released: no swaps, no roll-back.",
      footer = {"", "Example:", "  dynadiff weights pin lambda-omega/steady --weights-version 3"})
  static final class Pin extends Order {

    @Option(
        names = "--weights-version",
        paramLabel = "N",
        description =
            "The version: in use, the one before it, the newest on the topic, or 0 for the bundle's"
                + " base expert (default: the one in use).")
    private Long version;

    Pin() {
      super(ControlAction.PIN);
    }

    @Override
    Long version() {
      if (version != null && version < 0) {
        throw new IllegalArgumentException(
            "--weights-version: expected at least 0, found " + version);
      }
      return version;
    }
  }

  /** {@code weights release}. */
  @Command(
      name = "release",
      mixinStandardHelpOptions = true,
      description = "End a pin; what has come in meanwhile is decided upon.",
      footer = {"", "Example:", "  dynadiff weights release lambda-omega/steady"})
  static final class Release extends Order {
    Release() {
      super(ControlAction.RELEASE);
    }
  }

  /** {@code weights rollback}. */
  @Command(
      name = "rollback",
      mixinStandardHelpOptions = true,
      description = "Go back to the version before the one in use, which is never taken again.",
      footer = {"", "Example:", "  dynadiff weights rollback lambda-omega/steady"})
  static final class RollBack extends Order {
    RollBack() {
      super(ControlAction.ROLL_BACK);
    }
  }

  /** {@code weights regenerate}. */
  @Command(
      name = "regenerate",
      mixinStandardHelpOptions = true,
      description = "Ask for new weights as soon as the environment's window is full.",
      footer = {"", "Example:", "  dynadiff weights regenerate lambda-omega/steady"})
  static final class Regenerate extends Order {
    Regenerate() {
      super(ControlAction.REGENERATE);
    }
  }
}
