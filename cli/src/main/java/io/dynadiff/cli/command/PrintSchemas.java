package io.dynadiff.cli.command;

import io.dynadiff.commands.CommandReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dynadiff topics schemas}: the reference of topics and schemas. */
@Command(
    name = "schemas",
    mixinStandardHelpOptions = true,
    description =
        "Print the reference of topics and of every field of their records as Markdown; no broker"
            + " is asked.",
    footer = {"", "Example:", "  dynadiff topics schemas > docs/schemas.md"})
final class PrintSchemas implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(SchemaReference.markdown());
    spec.commandLine().getOut().flush();
    return CommandReport.DONE;
  }
}
