package io.dynadiff.tests.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.dynadiff.cli.Dynadiff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Containers are started with commands that there are and options that they take. */
class DeployedCommandsTest {

  private static final Path DOCKER = Path.of("../docker");
  private static final YAMLMapper YAML = new YAMLMapper();

  static Stream<Named<List<String>>> commands() throws IOException {
    List<Named<List<String>>> commands = new ArrayList<>();
    YAML.readTree(DOCKER.resolve("compose.yaml").toFile())
        .get("services")
        .properties()
        .forEach(
            service -> {
              // Services without an image have that of the anchor.
              String image = service.getValue().path("image").asText("dynadiff:latest");
              if (image.startsWith("dynadiff:")) {
                commands.add(
                    Named.of("compose " + service.getKey(), words(service.getValue(), "command")));
              }
            });
    try (Stream<Path> manifests = Files.list(DOCKER.resolve("kubernetes"))) {
      for (Path manifest : manifests.sorted().toList()) {
        for (JsonNode resource : documents(manifest)) {
          for (JsonNode container : resource.at("/spec/template/spec/containers")) {
            commands.add(
                Named.of("kubernetes " + container.get("name").asText(), words(container, "args")));
          }
        }
      }
    }
    return commands.stream();
  }

  private static List<JsonNode> documents(Path manifest) throws IOException {
    try (MappingIterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class).readValues(manifest.toFile())) {
      return documents.readAll();
    }
  }

  private static List<String> words(JsonNode container, String field) {
    List<String> words = new ArrayList<>();
    container
        .get(field)
        // Kubernetes fills in variables, those here being numbers or addresses.
        .forEach(word -> words.add(word.asText().replaceAll("\\$\\(\\w+\\)", "1")));
    return words;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void shouldBeUnderstoodWhenAContainerStarts(List<String> words) {
    assertThatCode(() -> Dynadiff.commandLine().parseArgs(words.toArray(String[]::new)))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldFindEveryRoleAndTheConsoleInBothWaysToDeploy() throws IOException {
    assertThat(commands().map(Named::getName))
        .contains("compose feed")
        .containsAll(
            Stream.of("adapt", "generate", "forecast", "verify", "console")
                .flatMap(role -> Stream.of("compose " + role, "kubernetes " + role))
                .toList());
  }
}
