package io.dynadiff.cli.command;

import io.dynadiff.commands.CommandReport;
import io.dynadiff.commands.KafkaOptions;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.schemas.topics.TopicContradiction;
import io.dynadiff.streams.access.Party;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclBinding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dynadiff topics}: what an administrator does before parts without rights are started. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    description = "Check or create the topics, and say or set who may do what with them.",
    subcommands = {
      CheckTopics.class,
      TopicsCommand.Create.class,
      TopicsCommand.Acls.class,
      PrintSchemas.class
    },
    footer = {"", "Example:", "  dynadiff topics acls --party generate --principal User:generate"})
public final class TopicsCommand implements Runnable {

  private static final long TIMEOUT_S = 60;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing command: check, create, acls or schemas.");
  }

  /** {@code topics create}. */
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Create the topics that are missing and check those that are there.",
      footer = {
        "",
        "Example:",
        "  dynadiff topics create --client-properties admin.properties --replication-factor 3"
      })
  static final class Create implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private KafkaOptions kafka;

    @Override
    public Integer call() {
      try {
        KafkaOptions.ensure(kafka.connection(), kafka.topics());
      } catch (TopicContradiction | IllegalArgumentException e) {
        return CommandReport.report(spec, e, CommandReport.REFUSED);
      } catch (KafkaException e) {
        return CommandReport.report(spec, e, CommandReport.FAILED);
      }
      PrintWriter out = spec.commandLine().getOut();
      for (Topic topic : Topic.values()) {
        out.println(kafka.topics().name(topic));
      }
      out.flush();
      return CommandReport.DONE;
    }
  }

  /** {@code topics acls}. */
  @Command(
      name = "acls",
      mixinStandardHelpOptions = true,
      description = {
        "Print the least that a part needs of a broker with ACLs, one grant per line: type,"
            + " pattern, name, principal, operation.",
        "With --apply also grant it; what the principal was granted before stays."
      },
      footer = {
        "",
        "Example:",
        "  dynadiff topics acls --party generate --principal User:generate \\",
        "    --client-properties admin.properties --apply"
      })
  static final class Acls implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private KafkaOptions kafka;

    @Option(
        names = "--party",
        required = true,
        paramLabel = "PARTY",
        description = "Who takes part: ${COMPLETION-CANDIDATES}.")
    private Party party;

    @Option(
        names = "--principal",
        required = true,
        paramLabel = "TYPE:NAME",
        description = "As the broker sees it, for example User:generate.")
    private String principal;

    @Option(names = "--apply", description = "Grant it, with the rights of --client-properties.")
    private boolean apply;

    @Override
    public Integer call() throws InterruptedException {
      List<AclBinding> grants;
      try {
        grants = party.grants(principal, kafka.topics());
        if (apply) {
          grant(grants);
        }
      } catch (IllegalArgumentException e) {
        return CommandReport.report(spec, e, CommandReport.REFUSED);
      } catch (ExecutionException | TimeoutException e) {
        return CommandReport.report(
            spec,
            new KafkaException(
                "the grants could not be made: "
                    + (e.getCause() == null ? "no answer within " + TIMEOUT_S + " s" : e.getCause())
                    + "; check the address and the rights of --client-properties"),
            CommandReport.FAILED);
      }
      PrintWriter out = spec.commandLine().getOut();
      for (AclBinding grant : grants) {
        out.printf(
            "%s %s %s %s %s%n",
            grant.pattern().resourceType().name().toLowerCase(Locale.ROOT),
            grant.pattern().patternType().name().toLowerCase(Locale.ROOT),
            grant.pattern().name(),
            grant.entry().principal(),
            grant.entry().operation().name().toLowerCase(Locale.ROOT));
      }
      out.flush();
      return CommandReport.DONE;
    }

    private void grant(List<AclBinding> grants)
        throws InterruptedException, ExecutionException, TimeoutException {
      try (Admin admin = Admin.create(kafka.connection().adminProperties())) {
        admin.createAcls(grants).all().get(TIMEOUT_S, TimeUnit.SECONDS);
      }
    }
  }
}
