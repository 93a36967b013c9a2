package io.dynadiff.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynadiff.commands.CommandReport;
import io.dynadiff.commands.JsonDocument;
import io.dynadiff.commands.KafkaOptions;
import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.bundle.ConditionSpec;
import io.dynadiff.schemas.topics.TopicContradiction;
import io.dynadiff.trainer.announce.BundleAnnouncer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dynadiff bundle}: looks into bundles and announces them. */
@Command(
    name = "bundle",
    mixinStandardHelpOptions = true,
    description = "Verify a bundle and show what it holds, or announce it on the topic of bundles.",
    footer = {"", "Example:", "  dynadiff bundle verify bundles/lambda-omega"},
    subcommands = {BundleCommand.Verify.class, BundleCommand.Publish.class, ExportBase.class})
public final class BundleCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing command: verify (also called inspect), publish or export.");
  }

  /** Opens a bundle; one that is not whole is an error of the input. */
  private static Bundle open(CommandSpec spec, Path directory) {
    try {
      return Bundle.open(directory);
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** What {@code bundle verify} and {@code bundle inspect} say of a bundle. */
  private record Description(
      String bundle,
      String manifestSha256,
      JsonNode expert,
      long weightsPerExpert,
      int windowFrames,
      int leads,
      List<ConditionSpec> conditions,
      Map<String, String> provenance,
      Map<String, Double> metrics) {

    static Description of(Bundle bundle) {
      JsonNode expert;
      try {
        expert = new ObjectMapper().readTree(bundle.expertSpec().toJson());
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("an expert's specification is JSON", e);
      }
      return new Description(
          bundle.id(),
          bundle.manifestSha256(),
          expert,
          bundle.expertSpec().parameterCount(),
          bundle.windowLength(),
          bundle.leadCount(),
          bundle.conditions(),
          new TreeMap<>(bundle.manifest().provenance()),
          new TreeMap<>(bundle.metrics()));
    }

    void print(PrintWriter out) {
      out.println("bundle      " + bundle);
      out.println("manifest    SHA-256 " + manifestSha256);
      out.println("expert      " + expert);
      out.println("weights     " + weightsPerExpert + " per expert");
      out.println("window      " + windowFrames + " frames, leads " + leads);
      out.println("conditions  " + conditions);
      provenance.forEach((key, value) -> out.printf("%-11s %s%n", key, value));
      metrics.forEach((key, value) -> out.printf(Locale.ROOT, "%-48s %.5f%n", key, value));
      out.flush();
    }
  }

  /** {@code bundle verify}. */
  @Command(
      name = "verify",
      aliases = "inspect",
      mixinStandardHelpOptions = true,
      description = "Check every file of a bundle against its manifest and print what it says.",
      footer = {"", "Example:", "  dynadiff bundle verify bundles/lambda-omega"})
  static final class Verify implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIRECTORY", description = "The bundle.")
    private Path directory;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
      Description description = Description.of(open(spec, directory));
      if (json) {
        JsonDocument.print(spec.commandLine().getOut(), description);
      } else {
        description.print(spec.commandLine().getOut());
      }
      return CommandReport.DONE;
    }
  }

  /** {@code bundle publish}. */
  @Command(
      name = "publish",
      mixinStandardHelpOptions = true,
      description =
          "Verify a bundle and announce it on the topic of bundles; generators load it while they"
              + " run, other roles take it when they are restarted with it.",
      footer = {
        "",
        "Example:",
        "  dynadiff bundle publish bundles/era5-uk --bootstrap-servers localhost:9092"
      })
  static final class Publish implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIRECTORY", description = "The bundle.")
    private Path directory;

    @Option(
        names = "--location",
        paramLabel = "URI",
        description = "Where others find the directory (default: its path on this machine).")
    private String location;

    @Mixin private KafkaOptions kafka;

    @Override
    public Integer call() throws InterruptedException {
      Bundle bundle = open(spec, directory);
      try {
        new BundleAnnouncer(kafka.connection(), kafka.topics()).announce(bundle, location());
      } catch (IllegalArgumentException | TopicContradiction e) {
        return CommandReport.report(spec, e, CommandReport.REFUSED);
      } catch (KafkaException e) {
        return CommandReport.report(spec, e, CommandReport.FAILED);
      }
      spec.commandLine().getOut().println("announced " + bundle.id());
      spec.commandLine().getOut().flush();
      return CommandReport.DONE;
    }

    private URI location() {
      if (location == null) {
        return directory.toAbsolutePath().normalize().toUri();
      }
      try {
        URI uri = new URI(location);
        if (uri.isAbsolute()) {
          return uri;
        }
      } catch (URISyntaxException e) {
        throw noLocation(e);
      }
      throw noLocation(null);
    }

    private IllegalArgumentException noLocation(Exception cause) {
      return new IllegalArgumentException(
          "--location: expected the URI of a directory, such as file:///srv/bundles/a, found \""
              + location
              + "\"; correct it",
          cause);
    }
  }
}
