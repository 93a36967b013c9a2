package io.dynadiff.cli.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Shows the tally while the demo runs: a table redrawn in place on a terminal, printed anew from
 * time to time elsewhere. One thread at a time.
 */
final class LiveView {

  // What may be long comes last, where a narrow terminal cuts it off.
  private static final String ROW = "%-24s %6s %4s %4s %7s %8s %5s  %s";
  private static final String CLEAR_LINE = "\u001b[K";

  private final PrintWriter out;
  private final boolean terminal;
  private final int columns;
  private int linesDrawn;

  private LiveView(PrintWriter out, boolean terminal, int columns) {
    this.out = out;
    this.terminal = terminal;
    this.columns = columns;
  }

  /** Returns a view on a terminal of so many columns. */
  static LiveView onTerminal(PrintWriter out, int columns) {
    return new LiveView(out, true, columns);
  }

  /** Returns a view that only ever adds lines. */
  static LiveView inLines(PrintWriter out) {
    return new LiveView(out, false, Integer.MAX_VALUE);
  }

  /** Returns how often the view should be drawn. */
  Duration period() {
    return terminal ? Duration.ofSeconds(1) : Duration.ofSeconds(15);
  }

  /** Draws what the tally says, {@code elapsed} after the feeds began. */
  void draw(DemoTally tally, Duration elapsed) {
    List<String> lines = tally.read(environments -> table(environments, elapsed));
    if (linesDrawn > 0) {
      out.printf("\u001b[%dA", linesDrawn);
    }
    if (!terminal) {
      out.println();
    }
    for (String line : lines) {
      // A line that wrapped would be two when the cursor goes back up.
      String cut = line.substring(0, Math.min(line.length(), columns));
      out.println(terminal ? cut + CLEAR_LINE : cut);
    }
    out.flush();
    linesDrawn = terminal ? lines.size() : 0;
  }

  private static List<String> table(List<EnvironmentTally> environments, Duration elapsed) {
    List<String> lines = new ArrayList<>();
    lines.add("dynadiff demo, " + clock(elapsed) + " (Ctrl-C ends it)");
    lines.add(
        ROW.formatted(
            "environment",
            "frames",
            "rej.",
            "exp.",
            "error",
            "persist.",
            "swaps",
            "conditions inferred (known)"));
    for (EnvironmentTally environment : environments) {
      lines.add(
          ROW.formatted(
              environment.environmentId(),
              environment.admitted().count(),
              environment.rejectedCount(),
              "v" + environment.weightsVersion(),
              error(environment.lastError()),
              error(environment.lastPersistenceError()),
              environment.swapCount(),
              conditions(environment)));
    }
    return lines;
  }

  private static String conditions(EnvironmentTally environment) {
    String known = environment.knownConditions();
    String inBrackets = known.isEmpty() ? "" : "(" + known + ")";
    return (environment.inferredConditions() + " " + inBrackets).strip();
  }

  private static String clock(Duration elapsed) {
    return String.format(Locale.ROOT, "%d:%02d", elapsed.toMinutes(), elapsed.toSecondsPart());
  }

  private static String error(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }
}
