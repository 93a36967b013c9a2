package io.dynadiff.streams.generate;

/**
 * Settings of the generate role.
 *
 * @param batchLimit most requests taken at once, at least 1; of these only the newest of each
 *     environment is answered with weights
 */
public record GenerateSettings(int batchLimit) {

  public static final GenerateSettings DEFAULT = new GenerateSettings(256);

  public GenerateSettings {
    if (batchLimit < 1) {
      throw new IllegalArgumentException("generate: expected batchLimit >= 1, found " + batchLimit);
    }
  }
}
