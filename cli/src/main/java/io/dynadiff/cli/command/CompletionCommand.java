package io.dynadiff.cli.command;

import io.dynadiff.commands.CommandReport;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dynadiff completion}: what a shell completes commands and options by. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description =
        "Print a script by which bash or zsh complete commands, options and their values.",
    footer = {
      "",
      "Example, for this shell (put the line into ~/.bashrc or ~/.zshrc for all):",
      "  source <(dynadiff completion bash)"
    })
public final class CompletionCommand implements Callable<Integer> {

  /** Shells that read the script. */
  enum Shell {
    BASH,
    ZSH
  }

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SHELL",
      description = "bash or zsh; one script serves both, zsh through its bashcompinit.")
  private Shell shell;

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    spec.commandLine().getOut().println(AutoComplete.bash(root.getCommandName(), root));
    spec.commandLine().getOut().flush();
    return CommandReport.DONE;
  }
}
