package io.dynadiff.streams.generate;

import io.dynadiff.schemas.avro.DType;

/**
 * Settings of the generate role.
 *
 * @param batchLimit most requests taken at once, at least 1; of these only the newest of each
 *     environment is answered with weights
 * @param ensemble how many of the best candidates are published, at least 0; 0 is what each bundle
 *     says
 * @param weightsDtype numbers that weights travel as
 */
public record GenerateSettings(int batchLimit, int ensemble, DType weightsDtype) {

  public static final GenerateSettings DEFAULT = new GenerateSettings(256, 0, DType.FLOAT32);

  public GenerateSettings {
    if (batchLimit < 1 || ensemble < 0) {
      throw new IllegalArgumentException(
          "generate: expected batchLimit >= 1 and ensemble >= 0, found "
              + batchLimit
              + " and "
              + ensemble);
    }
  }
}
