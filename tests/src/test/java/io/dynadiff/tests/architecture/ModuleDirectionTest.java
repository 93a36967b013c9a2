package io.dynadiff.tests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the direction of imports between the modules and within them. */
class ModuleDirectionTest {

  /** Which modules, by package, each may use; everything else of dynadiff is out of bounds. */
  private static final Map<String, List<String>> MAY_USE =
      new TreeMap<>(
          Map.ofEntries(
              entry("schemas", List.of()),
              entry("physics", List.of()),
              entry("commands", List.of("schemas")),
              entry("kernels", List.of()),
              entry("models", List.of("physics", "kernels")),
              entry("embedded", List.of("schemas")),
              entry("producers", List.of("schemas", "commands", "physics")),
              entry("console", List.of("schemas", "commands")),
              entry("streams", List.of("schemas", "commands", "console", "physics", "models")),
              entry("trainer", List.of("schemas", "physics", "models")),
              entry(
                  "cli",
                  List.of(
                      "schemas",
                      "commands",
                      "physics",
                      "kernels",
                      "models",
                      "embedded",
                      "producers",
                      "console",
                      "streams",
                      "trainer"))));

  private static final String[] KAFKA = {
    "org.apache.kafka..", "kafka..", "io.confluent..", "org.apache.avro.."
  };

  private static JavaClasses dynadiff;

  @BeforeAll
  static void read() {
    dynadiff =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.dynadiff");
  }

  @Test
  void shouldFindTheClassesOfEveryModuleWhenRead() {
    assertThat(
            dynadiff.stream()
                .map(JavaClass::getPackageName)
                .map(name -> name.split("\\.")[2])
                .collect(Collectors.toSet()))
        .as("a module without classes would make every rule about it pass")
        .isEqualTo(MAY_USE.keySet());
  }

  @Test
  void shouldUseOnlyModulesBelowItWhenAModuleUsesAnother() {
    MAY_USE.forEach(
        (module, allowed) -> {
          String[] inBounds =
              Stream.concat(Stream.of(module), allowed.stream())
                  .map(name -> "io.dynadiff." + name + "..")
                  .toArray(String[]::new);
          classes()
              .that()
              .resideInAPackage("io.dynadiff." + module + "..")
              .should()
              .onlyDependOnClassesThat(
                  not(resideInAPackage("io.dynadiff..")).or(resideInAnyPackage(inBounds)))
              .because("imports run one way")
              .check(dynadiff);
        });
  }

  @Test
  void shouldKnowNeitherKafkaNorDjlWhenAClassIsPhysics() {
    noClasses()
        .that()
        .resideInAPackage("io.dynadiff.physics..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            Stream.concat(Stream.of(KAFKA), Stream.of("ai.djl..")).toArray(String[]::new))
        .because("physics stands on the ground")
        .check(dynadiff);
  }

  @Test
  void shouldNotKnowKafkaWhenAClassIsModels() {
    noClasses()
        .that()
        .resideInAPackage("io.dynadiff.models..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(KAFKA)
        .because("models take and give arrays; what carries them is not their concern")
        .check(dynadiff);
  }

  @Test
  void shouldStartTheBrokerInOneFileWhenKafkasServerClassesAreUsed() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.dynadiff.embedded.KRaftBroker")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("kafka..", "org.apache.kafka.server..", "org.apache.kafka.metadata..")
        .because("they are no promised interface and may change with any version")
        .check(dynadiff);
  }

  @Test
  void shouldKnowNoFamilyOfExpertsWhenAClassIsNotPartOfIt() {
    for (String family : new String[] {"io.dynadiff.models.fno", "io.dynadiff.models.neuralode"}) {
      assertThat(dynadiff.stream().map(JavaClass::getPackageName)).contains(family);
      noClasses()
          .that()
          .resideOutsideOfPackage(family)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(family)
          .because("families are found by the name that a specification gives")
          .check(dynadiff);
    }
  }

  @Test
  void shouldHaveNoCycleWhenPackagesUseEachOther() {
    slices().matching("io.dynadiff.(**)").should().beFreeOfCycles().check(dynadiff);
  }
}
