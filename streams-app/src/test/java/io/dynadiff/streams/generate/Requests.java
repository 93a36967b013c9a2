package io.dynadiff.streams.generate;

import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.avro.PromptRequest;
import io.dynadiff.schemas.avro.RequestReason;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.streams.Samples;
import java.time.Instant;
import java.util.List;

/** Requests for weights over three frames. */
final class Requests {

  private Requests() {}

  static PromptRequest request(String environmentId, long version) {
    return PromptRequest.newBuilder()
        .setRunId("run-1")
        .setSystem(Samples.SYSTEM)
        .setEnvironmentId(environmentId)
        .setRequestId("run-1/" + environmentId + "/" + version)
        .setWeightsVersion(version)
        .setBundleId("bundle-1")
        .setReason(RequestReason.FIRST_WINDOW)
        .setFirstSequence(0)
        .setLastSequence(2)
        .setEventTimes(
            List.of(Instant.ofEpochMilli(0), Instant.ofEpochMilli(200), Instant.ofEpochMilli(400)))
        .setWindow(
            TensorCodec.encode(new float[3 * Samples.SHAPE.size()], DType.FLOAT32, 3, 2, 4, 4))
        .setStatistics(TensorCodec.encode(new float[8], DType.FLOAT32, 8))
        .setSpectra(TensorCodec.encode(new float[6], DType.FLOAT32, 3, 2))
        .setSeed(42)
        .setWindowCompletedAt(Instant.ofEpochMilli(4000))
        .setRequestedAt(Instant.ofEpochMilli(4001))
        .build();
  }
}
