package io.dynadiff.producers.trajectories;

import io.dynadiff.commands.CommandReport;
import io.dynadiff.physics.store.TrajectoryFormatException;
import io.dynadiff.physics.store.TrajectoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** Reads every value of a store and compares every checksum. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Read whole trajectories and compare every checksum; exit status 2 if one is damaged or"
            + " not finished, with a line for each.",
    footer = {"", "Example:", "  dynadiff trajectories verify store"})
public final class VerifyTrajectoriesCommand extends StoreCommand {

  private record Verdict(String name, boolean whole, long bytes, String problem) {}

  @Override
  int run(TrajectoryStore store, List<String> names) {
    List<Verdict> verdicts = new ArrayList<>();
    int code = CommandReport.DONE;
    for (String name : names) {
      try {
        verdicts.add(new Verdict(name, true, store.verify(name), null));
      } catch (TrajectoryFormatException e) {
        code = refuse(e);
        verdicts.add(new Verdict(name, false, 0, e.getMessage()));
      }
    }
    if (json()) {
      print(verdicts);
    } else {
      out()
          .printf(
              Locale.ROOT,
              "%d of %d trajectories as written, %.1f MB read%n",
              verdicts.stream().filter(Verdict::whole).count(),
              verdicts.size(),
              verdicts.stream().mapToLong(Verdict::bytes).sum() / 1e6);
    }
    return code;
  }
}
