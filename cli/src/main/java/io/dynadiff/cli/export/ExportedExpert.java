package io.dynadiff.cli.export;

import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.forecast.RolloutStart;
import io.dynadiff.models.forecast.StackedForecaster;
import io.dynadiff.models.safetensors.NamedTensor;
import io.dynadiff.models.safetensors.Safetensors;
import io.dynadiff.physics.field.FieldShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One expert as safetensors with the tensor names of its architecture, and a reference beside it by
 * which another program can check that it computes the same.
 *
 * @param spec the expert's architecture
 * @param normalisation field normalisation that the expert works in
 * @param weights flat weights in the order of the specification
 * @param lineage where the weights come from, by name, for people and programs
 */
public record ExportedExpert(
    ExpertSpec spec,
    FieldNormalisation normalisation,
    float[] weights,
    Map<String, String> lineage) {

  private static final String SUFFIX = ".safetensors";
  private static final long FRAME_SEED = 1;

  /** Away from the clock's origin, where its sine is 0: 2019-03-20 at 07:00 UTC. */
  private static final long FRAME_TIME_MILLIS = 1_553_065_200_000L;

  public ExportedExpert {
    if (weights.length != spec.parameterCount()) {
      throw new IllegalArgumentException(
          "expert: expected "
              + spec.parameterCount()
              + " weights for "
              + spec.toJson()
              + ", found "
              + weights.length);
    }
    lineage = Map.copyOf(lineage);
  }

  /** Where the reference of an expert's file lies: {@code NAME.reference.safetensors} beside it. */
  public static Path referenceOf(Path file) {
    String name = file.getFileName().toString();
    String stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    return file.resolveSibling(stem + ".reference" + SUFFIX);
  }

  /**
   * Writes the expert: tensors as float32, a complex kernel as pairs (re, im) on its last axis;
   * under {@code __metadata__} the specification, the normalisation and the lineage.
   */
  public void write(Path file) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt");
    metadata.put("expertSpec", spec.toJson());
    metadata.put("normalisationOffsets", Arrays.toString(normalisation.offsets()));
    metadata.put("normalisationScales", Arrays.toString(normalisation.scales()));
    lineage.keySet().stream().sorted().forEach(key -> metadata.put(key, lineage.get(key)));
    Safetensors.write(file, spec.family().toNamed(spec, weights), metadata);
  }

  /**
   * Writes {@code frame}, noise of unit variance after normalisation so that every wavenumber
   * counts, and {@code next}, what the expert makes of it; both in physical units, axes [channel,
   * y, x], with the frame's event time in the metadata.
   */
  public void writeReference(Path file) throws IOException {
    FieldShape shape = spec.fieldShape();
    Random random = new Random(FRAME_SEED);
    float[] noise = new float[shape.size()];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    float[] frame = normalisation.denormalise(shape, noise);
    float[] next;
    try (StackedForecaster forecaster = new StackedForecaster(spec, normalisation)) {
      next =
          forecaster.rollout(List.of(new RolloutStart(weights, frame, FRAME_TIME_MILLIS)), 1)
              .get(0)[0];
    }
    long[] axes = {shape.channels(), shape.height(), shape.width()};
    Safetensors.write(
        file,
        List.of(new NamedTensor("frame", axes, frame), new NamedTensor("next", axes, next)),
        Map.of("eventTimeMillis", Long.toString(FRAME_TIME_MILLIS)));
  }
}
