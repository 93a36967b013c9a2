package io.dynadiff.streams.adapt;

import io.dynadiff.models.prompt.WindowFeatures;
import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.PromptRequest;
import io.dynadiff.schemas.avro.RequestReason;
import io.dynadiff.schemas.avro.Tensor;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.streams.systems.ServedSystem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Requests for weights, as records and back. */
public final class Prompts {

  private Prompts() {}

  /**
   * Writes the request for one window.
   *
   * @param newest the window's newest frame
   * @param version version the answer will bear
   * @param completedAt wall-clock time of that frame's admission, milliseconds since the epoch
   * @param now wall-clock time, likewise
   */
  static PromptRequest request(
      ServedSystem served,
      FieldFrame newest,
      ObservationWindow window,
      WindowFeatures features,
      RequestReason reason,
      long version,
      long completedAt,
      long now) {
    String id = newest.getRunId() + "/" + newest.getEnvironmentId() + "/" + version;
    return PromptRequest.newBuilder()
        .setRunId(newest.getRunId())
        .setSystem(newest.getSystem())
        .setEnvironmentId(newest.getEnvironmentId())
        .setRequestId(id)
        .setWeightsVersion(version)
        .setBundleId(served.bundleId())
        .setReason(reason)
        .setFirstSequence(newest.getSequence() - window.length() + 1)
        .setLastSequence(newest.getSequence())
        .setEventTimes(times(window))
        .setWindow(stack(window.frames(), window.shape()))
        .setStatistics(
            TensorCodec.encode(features.statistics(), DType.FLOAT32, features.statistics().length))
        .setSpectra(stack(features.spectra()))
        .setSeed(seed(id))
        .setWindowCompletedAt(Instant.ofEpochMilli(completedAt))
        .setRequestedAt(Instant.ofEpochMilli(now))
        .build();
  }

  /**
   * Reads the window of a request.
   *
   * @throws IllegalArgumentException if it does not have the given shape
   */
  public static ObservationWindow window(PromptRequest request, FieldShape shape) {
    int[] found = TensorCodec.shape(request.getWindow());
    int[] expected = {
      request.getEventTimes().size(), shape.channels(), shape.height(), shape.width()
    };
    if (!Arrays.equals(found, expected)) {
      throw new IllegalArgumentException(
          "window of request "
              + request.getRequestId()
              + ": expected [frame, channel, y, x] = "
              + Arrays.toString(expected)
              + ", found "
              + Arrays.toString(found));
    }
    float[] all = TensorCodec.decode(request.getWindow());
    List<float[]> frames =
        java.util.stream.IntStream.range(0, expected[0])
            .mapToObj(i -> Arrays.copyOfRange(all, i * shape.size(), (i + 1) * shape.size()))
            .toList();
    long[] times = request.getEventTimes().stream().mapToLong(Instant::toEpochMilli).toArray();
    return new ObservationWindow(shape, frames, times);
  }

  /**
   * Reads the features of a request.
   *
   * @throws IllegalArgumentException if the spectra are not one row per frame
   */
  public static WindowFeatures features(PromptRequest request) {
    int[] shape = TensorCodec.shape(request.getSpectra());
    if (shape.length != 2 || shape[0] != request.getEventTimes().size()) {
      throw new IllegalArgumentException(
          "spectra of request "
              + request.getRequestId()
              + ": expected axes [frame, feature] with "
              + request.getEventTimes().size()
              + " frames, found "
              + Arrays.toString(shape));
    }
    float[] all = TensorCodec.decode(request.getSpectra());
    float[][] spectra = new float[shape[0]][];
    for (int i = 0; i < shape[0]; i++) {
      spectra[i] = Arrays.copyOfRange(all, i * shape[1], (i + 1) * shape[1]);
    }
    return new WindowFeatures(TensorCodec.decode(request.getStatistics()), spectra);
  }

  private static List<Instant> times(ObservationWindow window) {
    return Arrays.stream(window.eventTimesMillis()).mapToObj(Instant::ofEpochMilli).toList();
  }

  private static Tensor stack(List<float[]> frames, FieldShape shape) {
    return TensorCodec.encode(
        concatenate(frames),
        DType.FLOAT32,
        frames.size(),
        shape.channels(),
        shape.height(),
        shape.width());
  }

  private static Tensor stack(float[][] rows) {
    return TensorCodec.encode(
        concatenate(List.of(rows)), DType.FLOAT32, rows.length, rows[0].length);
  }

  private static float[] concatenate(List<float[]> parts) {
    int length = parts.stream().mapToInt(part -> part.length).sum();
    float[] all = new float[length];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  /** The same request has the same seed whoever computes it, and no two requests share one. */
  private static long seed(String requestId) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(requestId.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong() & Long.MAX_VALUE;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
