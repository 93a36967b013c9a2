package io.dynadiff.tests.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Manifests name fields that Kubernetes has, with values of their types, by the models of its own
 * client. A cluster would pass over a misspelt field or refuse it when it is too late.
 */
class KubernetesManifestsTest {

  private static final Path MANIFESTS = Path.of("../docker/kubernetes");
  private static final YAMLMapper YAML = new YAMLMapper();

  /** What refuses fields that a kind does not have. */
  private interface Model {
    void validate(JsonElement resource) throws IOException;
  }

  private static final Map<String, Model> MODELS =
      Map.of(
          "v1 Namespace", V1Namespace::validateJsonElement,
          "v1 Service", V1Service::validateJsonElement,
          "apps/v1 StatefulSet", V1StatefulSet::validateJsonElement,
          "apps/v1 Deployment", V1Deployment::validateJsonElement,
          "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
          "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::validateJsonElement);

  /** Every document of the files that the kustomization lists. */
  static Stream<Named<JsonNode>> resources() throws IOException {
    List<Named<JsonNode>> resources = new ArrayList<>();
    for (JsonNode file :
        YAML.readTree(MANIFESTS.resolve("kustomization.yaml").toFile()).get("resources")) {
      try (MappingIterator<JsonNode> documents =
          YAML.readerFor(JsonNode.class).readValues(MANIFESTS.resolve(file.asText()).toFile())) {
        for (JsonNode resource : documents.readAll()) {
          String name = kind(resource) + " " + resource.at("/metadata/name").asText();
          resources.add(Named.of(name, resource));
        }
      }
    }
    return resources.stream();
  }

  private static String kind(JsonNode resource) {
    return resource.path("apiVersion").asText() + " " + resource.path("kind").asText();
  }

  private static void validate(JsonNode resource) throws IOException {
    assertThat(MODELS).containsKey(kind(resource));
    MODELS.get(kind(resource)).validate(JsonParser.parseString(resource.toString()));
  }

  @ParameterizedTest
  @MethodSource("resources")
  void shouldHaveTheFieldsThatKubernetesHasWhenAResourceIsRead(JsonNode resource) {
    assertThatCode(() -> validate(resource)).doesNotThrowAnyException();
  }

  @Test
  void shouldRefuseAMisspeltFieldWhenItLiesDeepInAResource() throws IOException {
    ObjectNode role =
        (ObjectNode)
            resources()
                .map(Named::getPayload)
                .filter(resource -> kind(resource).equals("apps/v1 StatefulSet"))
                .findFirst()
                .orElseThrow();
    ((ObjectNode) role.at("/spec/template/spec/containers/0/livenessProbe/httpGet"))
        .put("prot", "metrics");

    assertThatThrownBy(() -> validate(role)).hasMessageContaining("prot");
  }
}
