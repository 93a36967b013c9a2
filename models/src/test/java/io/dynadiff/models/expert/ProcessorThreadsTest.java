package io.dynadiff.models.expert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessorThreadsTest {

  @Test
  void shouldTakeTheFirstNumberWhenThereAreSeveralLevels() {
    assertThat(ProcessorThreads.ofVariable("3")).contains(3);
    assertThat(ProcessorThreads.ofVariable(" 4 ,2")).contains(4);
    assertThat(ProcessorThreads.ofVariable(null)).isEmpty();
    assertThat(ProcessorThreads.count()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "two", "1e3", "99999999999", ",2"})
  void shouldCountAsAbsentWhenItIsNoPositiveNumber(String value) {
    assertThat(ProcessorThreads.ofVariable(value)).isEmpty();
  }
}
