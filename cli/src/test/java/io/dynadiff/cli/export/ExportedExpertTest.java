package io.dynadiff.cli.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.cli.Dynadiff;
import io.dynadiff.cli.Python;
import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.expert.Coordinates;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.Prediction;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.safetensors.Safetensors;
import io.dynadiff.physics.field.FieldShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportedExpertTest {

  private static final Path SHIPPED = Path.of("..", "bundles", "lambda-omega");
  private static final Path CHECK = Python.EXAMPLES.resolve("check_expert.py");

  @TempDir Path directory;

  @Test
  void shouldReadBackTheSameWeightsWhenABundlesBaseIsExported() throws IOException {
    Path file = directory.resolve("base.safetensors");
    assertThat(
            Dynadiff.execute("bundle", "export", SHIPPED.toString(), "--output", file.toString()))
        .isZero();
    Bundle bundle = Bundle.open(SHIPPED);
    ExpertSpec spec = bundle.expertSpec();
    assertThat(spec.family().toFlat(spec, Safetensors.read(file)))
        .containsExactly(bundle.baseWeights());
    assertThat(Safetensors.read(ExportedExpert.referenceOf(file)))
        .containsOnlyKeys("frame", "next");
  }

  @Test
  void shouldRefuseWeightsWhenTheyAreNotAsManyAsTheSpecificationSays() {
    ExpertSpec spec = neuraloperator();
    FieldNormalisation none = new FieldNormalisation(new double[] {0}, new double[] {1});
    assertThatThrownBy(() -> new ExportedExpert(spec, none, new float[3], Map.of()))
        .hasMessageContaining("expected " + spec.parameterCount() + " weights")
        .hasMessageContaining("found 3");
  }

  @Test
  @Tag("slow")
  void shouldComputeTheSameInPyTorchWhenTheFormIsNeuraloperators() throws Exception {
    Python python = Python.with("torch", "numpy");
    ExpertSpec spec = neuraloperator();
    Path file = directory.resolve("expert.safetensors");
    ExportedExpert expert =
        new ExportedExpert(
            spec,
            new FieldNormalisation(new double[] {3}, new double[] {2}),
            spec.family().initialWeights(spec, 1),
            Map.of("weightsVersion", "1", "bundleId", "untrained"));
    expert.write(file);
    expert.writeReference(ExportedExpert.referenceOf(file));
    Python.Ended check = python.run(CHECK.toString(), file.toString());
    assertThat(check.code()).as(check.all()).isZero();
  }

  @Test
  @Tag("slow")
  void shouldComputeTheSameInPyTorchWhenABundlesBaseIsExported() throws Exception {
    Python python = Python.with("torch", "numpy");
    Path file = directory.resolve("base.safetensors");
    Dynadiff.execute("bundle", "export", SHIPPED.toString(), "--output", file.toString());
    Python.Ended check = python.run(CHECK.toString(), file.toString());
    assertThat(check.code()).as(check.all()).isZero();
  }

  private static ExpertSpec neuraloperator() {
    return new ExpertSpec(
        "neuraloperator-fno",
        new FieldShape(1, 12, 16),
        1000,
        Prediction.RESIDUAL,
        0.5,
        Coordinates.LINEAR,
        86_400_000,
        new TreeMap<>(Map.of("hidden", 6, "layers", 2, "modesY", 6, "modesX", 8)));
  }
}
