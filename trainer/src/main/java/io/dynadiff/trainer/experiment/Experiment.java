package io.dynadiff.trainer.experiment;

import io.dynadiff.trainer.evaluation.ResultsTable;
import io.dynadiff.trainer.rival.OwnExpert;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What happens to the errors when one thing is changed at a time. */
public enum Experiment {
  /** Fewer frames to adapt from. */
  WINDOW_LENGTH(
      IntStream.of(1, 2, 4, 6, 8, 10).mapToObj(Variant::seeing).toList(),
      List.of(OwnExpert.NAME, ResultsTable.OURS, "interpolated-weights", "fine-tune-1x")),

  /** Fewer experts per seen environment. */
  ZOO_SIZE(
      IntStream.of(1, 2, 4, 8, 12)
          .mapToObj(n -> Variant.with("zoo-" + n, "zoo.perEnvironment", Integer.toString(n)))
          .toList(),
      List.of(OwnExpert.NAME, ResultsTable.OURS, "interpolated-weights")),

  /** Fewer seen environments. */
  SEEN_ENVIRONMENTS(
      IntStream.of(3, 6, 9, 12)
          .mapToObj(n -> Variant.with("seen-" + n, "data.seen", Integer.toString(n)))
          .toList(),
      List.of(OwnExpert.NAME, ResultsTable.OURS, "interpolated-weights", "ridge-weights")),

  /** Unseen environments that are not among the seen ones but beyond them. */
  EXTRAPOLATION(
      List.of(
          Variant.unchanged("between"),
          Variant.with("beyond", "data.split", "BIASED", "data.splitSeed", "1")),
      List.of(
          OwnExpert.NAME,
          ResultsTable.OURS,
          "interpolated-weights",
          "ridge-weights",
          "nearest-expert",
          "not-adaptive")),

  /** One part of the method left out or replaced, see {@link Ablations}. */
  ABLATIONS(
      Ablations.VARIANTS,
      List.of(OwnExpert.NAME, ResultsTable.OURS, "prompt-regression", "dynadiff-samples"));

  private final List<Variant> variants;
  private final List<String> methods;

  Experiment(List<Variant> variants, List<String> methods) {
    this.variants = variants;
    this.methods = methods;
  }

  /** Name in commands and of the results file, words joined by hyphens. */
  public String title() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** The changes, one at a time. */
  public List<Variant> variants() {
    return variants;
  }

  /**
   * Some of the changes, in the experiment's order.
   *
   * @param names names of variants; all if empty
   * @throws IllegalArgumentException if there is no variant of one of the names
   */
  public List<Variant> variants(List<String> names) {
    List<String> known = variants.stream().map(Variant::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            title() + ": expected variants out of " + known + ", found \"" + name + "\"");
      }
    }
    return variants.stream().filter(v -> names.isEmpty() || names.contains(v.name())).toList();
  }

  /** Names of all experiments and of the changes of each, in order. */
  public static Map<String, List<String>> changes() {
    Map<String, List<String>> changes = new LinkedHashMap<>();
    for (Experiment experiment : values()) {
      changes.put(experiment.title(), experiment.variants.stream().map(Variant::name).toList());
    }
    return changes;
  }

  /** Methods that are scored under each change. */
  public List<String> methods() {
    return methods;
  }

  /**
   * Finds an experiment.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Experiment of(String title) {
    return Arrays.stream(values())
        .filter(e -> e.title().equals(title))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "experiment: expected one of "
                        + Arrays.stream(values())
                            .map(Experiment::title)
                            .collect(Collectors.joining(", "))
                        + ", found \""
                        + title
                        + "\""));
  }
}
