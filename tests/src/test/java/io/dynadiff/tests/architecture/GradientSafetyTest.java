package io.dynadiff.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.dynadiff.models.nn.FlatAdam;
import org.junit.jupiter.api.Test;

/**
 * The engine library frees the memory behind {@code x.mul(number)} while a gradient may still refer
 * to it; see {@code models.nn.Scalars}.
 */
class GradientSafetyTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.dynadiff.models", "io.dynadiff.trainer");

  @Test
  void shouldNotMultiplyByBareNumbersWhereGradientsFlow() {
    for (String product : new String[] {"mul", "div", "pow"}) {
      noClasses()
          .that()
          // The optimiser runs outside any gradient.
          .doNotBelongToAnyOf(FlatAdam.class)
          .should()
          .callMethod(NDArray.class, product, Number.class)
          .check(CLASSES);
    }
  }
}
