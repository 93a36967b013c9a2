package io.dynadiff.producers.trajectories;

import io.dynadiff.physics.field.FieldShape;
import java.util.List;
import java.util.stream.Collectors;

/** Written forms of a shape [channel, y, x]. */
final class Shapes {
  private Shapes() {}

  static List<Integer> list(FieldShape shape) {
    return List.of(shape.channels(), shape.height(), shape.width());
  }

  static String text(List<Integer> shape) {
    return shape.stream().map(String::valueOf).collect(Collectors.joining(" x "));
  }
}
