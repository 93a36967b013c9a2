package io.dynadiff.trainer.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExperimentTest {

  @Test
  void shouldKeepTheExperimentsOrderWhenSomeVariantsAreAskedFor() {
    assertThat(Experiment.of("zoo-size").variants(List.of("zoo-8", "zoo-1")))
        .extracting(Variant::name)
        .containsExactly("zoo-1", "zoo-8");
    assertThat(Experiment.ZOO_SIZE.variants(List.of())).isEqualTo(Experiment.ZOO_SIZE.variants());
  }

  @Test
  void shouldNameTheKnownOnesWhenAVariantOrAnExperimentIsNone() {
    assertThatThrownBy(() -> Experiment.ZOO_SIZE.variants(List.of("zoo-3")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("zoo-size: expected variants out of [zoo-1, zoo-2")
        .hasMessageContaining("found \"zoo-3\"");
    assertThatThrownBy(() -> Experiment.of("zoo"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("zoo-size");
  }
}
