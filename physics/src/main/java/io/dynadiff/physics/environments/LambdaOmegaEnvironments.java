package io.dynadiff.physics.environments;

import io.dynadiff.physics.lambdaomega.LambdaOmegaParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The 51 environments of the Lambda-Omega system, beta 1.00 to 1.50, 12 of them seen.
 *
 * <p>Immutable and thread-safe.
 *
 * @param system name of the system
 * @param parameters solver parameters at the first beta
 * @param intervalMillis event time between frames; 1000 ms are one model time unit
 * @param all every environment, by rising beta
 */
public record LambdaOmegaEnvironments(
    String system,
    LambdaOmegaParameters parameters,
    long intervalMillis,
    List<LambdaOmegaEnvironment> all) {

  public LambdaOmegaEnvironments {
    all = List.copyOf(all);
  }

  /** Reads the environments of this project. */
  public static LambdaOmegaEnvironments standard() {
    EnvironmentProperties p = new EnvironmentProperties("lambda-omega.properties");
    String system = p.text("system");
    int[] seen = p.integers("seen");
    List<LambdaOmegaEnvironment> all = new ArrayList<>();
    for (int i = 0; i < p.integer("beta-count"); i++) {
      // Rounded, so that 1.10 is the number people write and not 1.1000000000000001.
      double beta = Math.round((p.number("beta-first") + i * p.number("beta-step")) * 1e6) / 1e6;
      int position = i;
      all.add(
          new LambdaOmegaEnvironment(
              String.format(Locale.ROOT, "%s/beta-%.2f", system, beta),
              beta,
              Arrays.stream(seen).anyMatch(s -> s == position)));
    }
    return new LambdaOmegaEnvironments(
        system,
        new LambdaOmegaParameters(
            p.number("mu"),
            all.get(0).beta(),
            p.number("domain-length"),
            p.integer("solver-points"),
            p.integer("frame-points"),
            p.number("time-step")),
        p.integer("interval-ms"),
        all);
  }

  /** Model time units between frames. */
  public double intervalTime() {
    return intervalMillis / 1000.0;
  }

  /** The environments that training may use. */
  public List<LambdaOmegaEnvironment> seen() {
    return all.stream().filter(LambdaOmegaEnvironment::seen).toList();
  }

  /** The environments that nobody trains on. */
  public List<LambdaOmegaEnvironment> unseen() {
    return all.stream().filter(e -> !e.seen()).toList();
  }
}
