package io.dynadiff.models.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {

  private record Before(int size) {}

  private record After(
      int size,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) int length,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean other) {}

  @Test
  void shouldLeaveOutWhatWasAddedLaterWhenItIsNothing() {
    assertThat(CanonicalJson.write(new After(0, 0, false)))
        .isEqualTo(CanonicalJson.write(new Before(0)));
    assertThat(CanonicalJson.write(new After(3, 4, true)))
        .isEqualTo("{\"length\":4,\"other\":true,\"size\":3}");
  }

  @Test
  void shouldReadWhatWasLeftOutAsNothing() {
    assertThat(CanonicalJson.read("{\"size\":3}", After.class, "text"))
        .isEqualTo(new After(3, 0, false));
    After other = new After(3, 4, true);
    assertThat(CanonicalJson.read(CanonicalJson.write(other), After.class, "text"))
        .isEqualTo(other);
    assertThatThrownBy(() -> CanonicalJson.read("{\"length\":3}", After.class, "text"))
        .hasMessageContaining("size");
  }

  @Test
  void shouldFindEverySettingByNameInACompleteTree() {
    assertThat(
            CanonicalJson.replace(
                    CanonicalJson.completeTree(new After(3, 0, false)), "other", "true")
                .toString())
        .isEqualTo("{\"length\":0,\"other\":true,\"size\":3}");
  }
}
