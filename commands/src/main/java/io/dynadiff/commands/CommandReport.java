package io.dynadiff.commands;

import picocli.CommandLine.Model.CommandSpec;

/** Exit codes of the commands, and the one line on standard error that explains a bad one. */
public final class CommandReport {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int REFUSED = 2;

  private CommandReport() {}

  /** Says in one line what stopped a command; returns the code, for the command to end with. */
  public static int report(CommandSpec spec, Exception e, int code) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    spec.commandLine()
        .getErr()
        .println(spec.qualifiedName(" ") + ": " + message.replaceAll("\\s*\\R\\s*", "; "));
    spec.commandLine().getErr().flush();
    return code;
  }
}
