package io.dynadiff.trainer.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Chooses environments that cover the conditions of all: the one nearest to the middle, then always
 * the one farthest from those chosen, so that no corner is left out (Gonzalez 1985). Conditions are
 * compared in units of their range, periodic ones the shorter way round. Pure.
 */
final class ConditionCover {

  private final List<double[]> conditions;
  private final double[] periods;
  private final double[] low;
  private final double[] range;

  /**
   * @param conditions of every environment, in the same order and units
   * @param periods of each condition, in its unit; 0 for those without
   */
  ConditionCover(List<double[]> conditions, double[] periods) {
    this.conditions = List.copyOf(conditions);
    this.periods = periods.clone();
    this.low = new double[periods.length];
    this.range = new double[periods.length];
    for (int i = 0; i < periods.length; i++) {
      int condition = i;
      ToDoubleFunction<double[]> value = c -> c[condition];
      low[i] = conditions.stream().mapToDouble(value).min().orElse(0);
      range[i] = conditions.stream().mapToDouble(value).max().orElse(0) - low[i];
    }
  }

  /**
   * Numbers of the chosen environments, rising.
   *
   * @param count how many; all if there are no more
   */
  List<Integer> choose(int count) {
    List<Integer> left = new ArrayList<>(IntStream.range(0, conditions.size()).boxed().toList());
    if (count >= left.size()) {
      return left;
    }
    List<Integer> chosen = new ArrayList<>();
    while (chosen.size() < count) {
      Comparator<Integer> better =
          chosen.isEmpty()
              ? Comparator.comparingDouble((Integer i) -> distance(conditions.get(i), middle()))
                  .reversed()
              : Comparator.comparingDouble(i -> nearest(i, chosen));
      // Of equally good ones the first.
      Integer best = left.stream().reduce((a, b) -> better.compare(b, a) > 0 ? b : a).orElseThrow();
      chosen.add(best);
      left.remove(best);
    }
    return chosen.stream().sorted().toList();
  }

  private double[] middle() {
    return IntStream.range(0, low.length).mapToDouble(i -> low[i] + range[i] / 2).toArray();
  }

  private double nearest(int one, List<Integer> chosen) {
    return chosen.stream()
        .mapToDouble(i -> distance(conditions.get(one), conditions.get(i)))
        .min()
        .orElseThrow();
  }

  private double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      if (range[i] > 0) {
        double difference = Math.abs(a[i] - b[i]);
        if (periods[i] > 0) {
          difference = Math.abs(Math.IEEEremainder(difference, periods[i]));
        }
        sum += difference * difference / (range[i] * range[i]);
      }
    }
    return Math.sqrt(sum);
  }
}
