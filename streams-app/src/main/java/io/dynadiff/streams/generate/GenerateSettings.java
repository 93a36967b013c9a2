package io.dynadiff.streams.generate;

import io.dynadiff.models.device.ComputeDevice;
import io.dynadiff.schemas.avro.DType;

/**
 * Settings of the generate role.
 *
 * @param batchLimit most environments answered in one batch, at least 1
 * @param batchBytes size of the requests held at once, positive; a single one may be larger
 * @param ensemble how many of the best candidates are published, at least 0; 0 is what each bundle
 *     says
 * @param weightsDtype numbers that weights travel as; the default changes forecasts by less than a
 *     fiftieth of their error, see {@code dynadiff bench wire}
 * @param followBundles whether bundles announced on the topic of bundles are loaded
 * @param device where the networks run
 */
public record GenerateSettings(
    int batchLimit,
    long batchBytes,
    int ensemble,
    DType weightsDtype,
    boolean followBundles,
    ComputeDevice device) {

  public static final GenerateSettings DEFAULT =
      new GenerateSettings(256, 256 << 20, 0, DType.FLOAT16, true, ComputeDevice.CPU);

  public GenerateSettings {
    if (batchLimit < 1 || batchBytes < 1 || ensemble < 0) {
      throw new IllegalArgumentException(
          "generate: expected batchLimit >= 1, batchBytes >= 1 and ensemble >= 0, found "
              + batchLimit
              + ", "
              + batchBytes
              + " and "
              + ensemble);
    }
  }

  /** The same settings with other limits of a batch. */
  public GenerateSettings withBatch(int limit, long bytes) {
    return new GenerateSettings(limit, bytes, ensemble, weightsDtype, followBundles, device);
  }
}
