package io.dynadiff.physics.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round numbers along an axis. */
final class Ticks {
  private final double step;
  private final List<Double> values = new ArrayList<>();

  private Ticks(double step) {
    this.step = step;
  }

  /** Multiples of 1, 2 or 5 times a power of ten, at most the given number and one more. */
  static Ticks between(double lowest, double highest, int atMost) {
    double rough = (highest - lowest) / atMost;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = power;
    for (double factor : new double[] {1, 2, 5, 10}) {
      step = factor * power;
      if (step >= rough * (1 - 1e-9)) {
        break;
      }
    }
    Ticks ticks = new Ticks(step);
    long first = (long) Math.ceil(lowest / step - 1e-6);
    long last = (long) Math.floor(highest / step + 1e-6);
    for (long i = first; i <= last; i++) {
      ticks.values.add(i * step);
    }
    return ticks;
  }

  List<Double> values() {
    return values;
  }

  /** A value with as many digits as the step has. */
  String text(double value) {
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    return String.format(Locale.ROOT, "%." + decimals + "f", value).replace('-', '\u2212');
  }
}
