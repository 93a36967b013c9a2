package io.dynadiff.streams;

import io.dynadiff.models.bundle.Calibration;
import io.dynadiff.models.bundle.ConditionSpec;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.Prediction;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.prompt.Boundary;
import io.dynadiff.models.prompt.FeatureSpec;
import io.dynadiff.models.prompt.PrompterSpec;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.schemas.avro.Channel;
import io.dynadiff.schemas.avro.Coordinates;
import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.FieldGrid;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.streams.systems.ServedSystem;
import io.dynadiff.streams.systems.ServedSystems;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Small frames and systems for tests. */
public final class Samples {

  public static final String SYSTEM = "lambda-omega";
  public static final String OTHER_SYSTEM = "era5-uk";
  public static final long INTERVAL = 200;
  public static final int WINDOW = 3;
  public static final int LEADS = 2;
  public static final FieldShape SHAPE = new FieldShape(2, 4, 4);
  public static final FieldShape OTHER_SHAPE = new FieldShape(1, 4, 4);

  private Samples() {}

  /** A system whose normalisation is the identity, so that errors can be read off. */
  public static ServedSystem system() {
    return system(SYSTEM, "bundle-1", SHAPE);
  }

  public static ServedSystem system(String name, String bundleId, FieldShape shape) {
    ExpertSpec spec =
        new ExpertSpec(
            "fno",
            shape,
            INTERVAL,
            Prediction.RESIDUAL,
            1,
            io.dynadiff.models.expert.Coordinates.NONE,
            0,
            new TreeMap<>(Map.of("hidden", 2, "layers", 1, "modesY", 3, "modesX", 2)));
    double[] zeros = new double[shape.channels()];
    double[] ones = new double[shape.channels()];
    Arrays.fill(ones, 1);
    return new ServedSystem(
        name,
        bundleId,
        spec,
        List.of("u", "v").subList(0, shape.channels()),
        new FieldNormalisation(zeros, ones),
        new FeatureSpec(shape, PrompterSpec.Features.ALL, Boundary.PERIODIC),
        new float[spec.parameterCount()],
        WINDOW,
        LEADS,
        new Calibration(0.1, 0.01, 1),
        List.of(new ConditionSpec("beta", "1", 1.2, 0.1)),
        1,
        1);
  }

  public static ServedSystems systems() {
    return new ServedSystems(List.of(system(), system(OTHER_SYSTEM, "bundle-2", OTHER_SHAPE)));
  }

  /** Weights of the test expert that adds {@code step} to every value. */
  public static float[] weights(float step) {
    float[] weights = new float[system().expertSpec().parameterCount()];
    weights[0] = step;
    return weights;
  }

  public static FieldFrame frame(String environmentId, long sequence) {
    return frame(environmentId, "run-1", sequence, sequence);
  }

  /** A frame at event time sequence * interval whose values are all the same. */
  public static FieldFrame frame(String environmentId, String runId, long sequence, double value) {
    return frame(SYSTEM, SHAPE, environmentId, runId, sequence, value);
  }

  public static FieldFrame frame(
      String system,
      FieldShape shape,
      String environmentId,
      String runId,
      long sequence,
      double value) {
    float[] values = new float[shape.size()];
    Arrays.fill(values, (float) value);
    List<Channel> channels =
        List.of(new Channel("u", "1"), new Channel("v", "1")).subList(0, shape.channels());
    return FieldFrame.newBuilder()
        .setRunId(runId)
        .setSystem(system)
        .setEnvironmentId(environmentId)
        .setSequence(sequence)
        .setEventTime(Instant.ofEpochMilli(sequence * INTERVAL))
        .setIntervalMs(INTERVAL)
        .setGrid(
            new FieldGrid(
                shape.height(), shape.width(), 0.0, 0.0, 1.0, 1.0, "1", Coordinates.PLANE, true))
        .setChannels(channels)
        .setField(
            TensorCodec.encode(
                values, DType.FLOAT32, shape.channels(), shape.height(), shape.width()))
        .build();
  }
}
