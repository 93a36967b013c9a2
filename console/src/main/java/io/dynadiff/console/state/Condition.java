package io.dynadiff.console.state;

import java.util.List;

/** One governing condition: its value, in unit. */
public record Condition(String name, double value, String unit) {

  static List<Condition> of(List<io.dynadiff.schemas.avro.Condition> conditions) {
    return conditions == null
        ? List.of()
        : conditions.stream()
            .map(c -> new Condition(c.getName(), c.getValue(), c.getUnit()))
            .toList();
  }
}
