package io.dynadiff.streams.systems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.streams.Samples;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecordLimitsTest {

  @Test
  void shouldNameWhatHelpsWhenAnEnsembleDoesNotFitIntoARecordOfWeights() {
    ServedSystem large = system(new FieldShape(1, 64, 64), 64, 1);
    int fits =
        (int)
            ((Topic.WEIGHTS.maxMessageBytes() - (64 << 10))
                / (4L * large.expertSpec().parameterCount() + 256));
    assertThat(fits).isPositive();
    assertThatCode(() -> RecordLimits.requireWeightsFit(List.of(large), fits, DType.FLOAT32))
        .doesNotThrowAnyException();
    assertThatThrownBy(
            () -> RecordLimits.requireWeightsFit(List.of(large), fits + 1, DType.FLOAT32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 33554432 bytes on topic weights")
        .hasMessageContaining((fits + 1) + " members")
        .hasMessageEndingWith("give a smaller generate.ensemble or generate.weights-dtype=FLOAT16");
    assertThatCode(() -> RecordLimits.requireWeightsFit(List.of(large), 2 * fits, DType.FLOAT16))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldRefuseWhenTheBundlesOwnEnsembleMakesForecastsTooLarge() {
    // 2 leads of 2 MiB: 16 MiB hold two means, a spread and not one member.
    ServedSystem wide = system(new FieldShape(2, 512, 512), 2, 2);
    assertThat(RecordLimits.forecastMembers(wide, true)).isEqualTo(1);
    assertThatThrownBy(() -> RecordLimits.requireForecastsFit(List.of(wide), 16, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 1 members")
        .hasMessageEndingWith("give a smaller forecast.member-limit or forecast.members=false");
    assertThatCode(() -> RecordLimits.requireForecastsFit(List.of(wide), 16, false))
        .doesNotThrowAnyException();
    assertThatCode(() -> RecordLimits.requireForecastsFit(List.of(wide), 1, true))
        .doesNotThrowAnyException();
  }

  private static ServedSystem system(FieldShape shape, int hidden, int ensemble) {
    ServedSystem small = Samples.system(Samples.SYSTEM, "bundle", shape);
    ExpertSpec own = small.expertSpec();
    ExpertSpec spec =
        new ExpertSpec(
            own.architecture(),
            shape,
            own.intervalMillis(),
            own.prediction(),
            own.residualScale(),
            own.coordinates(),
            own.clockPeriodMillis(),
            new TreeMap<>(Map.of("hidden", hidden, "layers", 1, "modesY", 11, "modesX", 6)));
    return new ServedSystem(
        small.system(),
        small.bundleId(),
        spec,
        small.channels(),
        small.normalisation(),
        small.features(),
        new float[spec.parameterCount()],
        small.windowLength(),
        small.leadCount(),
        small.calibration(),
        small.conditions(),
        ensemble,
        small.scoreSteps());
  }
}
