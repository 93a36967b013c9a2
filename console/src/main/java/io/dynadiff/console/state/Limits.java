package io.dynadiff.console.state;

/**
 * How much the console remembers.
 *
 * @param environments most environments; records of further ones are only counted
 * @param fieldBytes most bytes of fields over all environments; where they are used up,
 *     environments that nobody has looked at keep their newest frame only
 * @param scores most scored frames of an environment
 * @param decisions most decisions of an environment
 * @param experts most versions of an environment's expert
 */
public record Limits(int environments, long fieldBytes, int scores, int decisions, int experts) {

  /** What a console for some thousand environments takes: fields in 256 MiB, the rest beside. */
  public static final Limits DEFAULT = new Limits(5_000, 256L << 20, 240, 120, 24);

  public Limits {
    if (environments < 1 || fieldBytes < 1 || scores < 1 || decisions < 1 || experts < 1) {
      throw new IllegalArgumentException(
          "Every limit of the console must be at least 1, found environments %d, fieldBytes %d, scores %d, decisions %d, experts %d."
              .formatted(environments, fieldBytes, scores, decisions, experts));
    }
  }
}
