package io.dynadiff.cli.demo;

import io.dynadiff.schemas.avro.Condition;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Conditions as a person reads them. */
final class Conditions {

  private Conditions() {}

  /** Returns for example {@code beta 1.10} or {@code latitude 56.12 longitude -8.12}. */
  static String text(List<Condition> conditions) {
    return conditions.stream()
        .map(c -> String.format(Locale.ROOT, "%s %.2f", c.getName(), c.getValue()))
        .collect(Collectors.joining(" "));
  }
}
