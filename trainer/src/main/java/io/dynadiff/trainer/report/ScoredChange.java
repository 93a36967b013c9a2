package io.dynadiff.trainer.report;

import io.dynadiff.trainer.evaluation.MethodRun;
import io.dynadiff.trainer.evaluation.ResultsTable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A change that an experiment scored a system under.
 *
 * @param variant as its runs name it: the change, then what else was set, separated by spaces
 * @param label the change, and of what else was set only what is not the same for all
 */
record ScoredChange(String variant, String label) {

  /**
   * The changes that a system was scored under.
   *
   * @param order names of changes in the experiment's order; what is not among them comes last
   */
  static List<ScoredChange> of(ResultsTable table, String system, List<String> order) {
    List<String> variants =
        table.runs().stream()
            .filter(r -> r.system().equals(system))
            .map(MethodRun::variant)
            .distinct()
            .sorted(Comparator.<String>comparingInt(v -> place(v, order)).thenComparing(v -> v))
            .toList();
    Set<String> shared = new LinkedHashSet<>(settings(variants.get(0)).toList());
    variants.forEach(v -> shared.retainAll(settings(v).collect(Collectors.toSet())));
    return variants.stream().map(v -> new ScoredChange(v, label(v, shared))).toList();
  }

  private static int place(String variant, List<String> order) {
    int place = order.indexOf(name(variant));
    return place < 0 ? order.size() : place;
  }

  private static String label(String variant, Set<String> shared) {
    return Stream.concat(
            Stream.of(name(variant)), settings(variant).filter(s -> !shared.contains(s)))
        .collect(Collectors.joining(" "));
  }

  private static String name(String variant) {
    return variant.split(" ", 2)[0];
  }

  private static Stream<String> settings(String variant) {
    return Arrays.stream(variant.split(" ")).skip(1);
  }
}
