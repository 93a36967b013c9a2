package io.dynadiff.embedded.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the answer to one request of Confluent's REST API; stateless beside the registry. */
final class RegistryRoutes {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final SchemaRegistry registry;

  RegistryRoutes(SchemaRegistry registry) {
    this.registry = registry;
  }

  JsonNode answer(String method, URI uri, JsonNode body) throws RegistryException {
    // Subjects may hold an escaped slash: split first, then decode.
    List<String> path =
        Arrays.stream(uri.getRawPath().split("/"))
            .filter(part -> !part.isEmpty())
            .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
            .toList();
    Request request = new Request(method, uri, path, body);
    return switch (path.isEmpty() ? "" : path.get(0)) {
      case "" -> JSON.objectNode();
      case "subjects" -> subjects(request);
      case "schemas" -> schemas(request);
      case "config" -> config(request);
      case "mode" -> mode(request);
      case "compatibility" -> compatibility(request);
      default -> throw request.notFound();
    };
  }

  private JsonNode subjects(Request request) throws RegistryException {
    boolean deleted = request.flag("deleted");
    boolean permanent = request.flag("permanent");
    return switch (request.path.size()) {
      case 1 -> {
        request.expect("GET");
        String prefix = request.parameter("subjectPrefix").orElse("");
        yield strings(
            registry.subjects(deleted).stream().filter(s -> s.startsWith(prefix)).toList());
      }
      case 2 ->
          switch (request.method) {
            case "POST" ->
                whole(
                    registry.lookUp(
                        request.part(1), request.schema(), request.references(), deleted));
            case "DELETE" -> numbers(registry.deleteSubject(request.part(1), permanent));
            default -> throw RegistryException.methodNotAllowed(request.method);
          };
      default -> {
        if (!request.part(2).equals("versions")) {
          throw request.notFound();
        }
        yield versions(request, deleted, permanent);
      }
    };
  }

  private JsonNode versions(Request request, boolean deleted, boolean permanent)
      throws RegistryException {
    String subject = request.part(1);
    if (request.path.size() == 3) {
      return switch (request.method) {
        case "GET" -> numbers(registry.versionNumbers(subject, deleted));
        case "POST" -> {
          RegisteredSchema registered =
              registry.register(subject, request.schema(), request.references());
          yield JSON.objectNode()
              .put("id", registered.id())
              .put("version", registered.version())
              .put("schemaType", "AVRO")
              .put("schema", registered.schema());
        }
        default -> throw RegistryException.methodNotAllowed(request.method);
      };
    }
    String version = request.part(3);
    if (request.path.size() == 4) {
      return switch (request.method) {
        case "GET" -> whole(registry.version(subject, version, deleted));
        case "DELETE" -> JSON.numberNode(registry.delete(subject, version, permanent));
        default -> throw RegistryException.methodNotAllowed(request.method);
      };
    }
    request.expect("GET");
    RegisteredSchema schema = registry.version(subject, version, deleted);
    return switch (request.part(4)) {
      case "schema" -> TextNode.valueOf(schema.schema());
      case "referencedby" ->
          numbers(
              registry.schemas().stream()
                  .filter(
                      other ->
                          other.references().stream()
                              .anyMatch(
                                  reference ->
                                      reference.getSubject().equals(subject)
                                          && reference.getVersion() == schema.version()))
                  .map(RegisteredSchema::id)
                  .toList());
      default -> throw request.notFound();
    };
  }

  private JsonNode schemas(Request request) throws RegistryException {
    request.expect("GET");
    if (request.path.size() == 1) {
      ArrayNode all = JSON.arrayNode();
      registry.schemas().forEach(schema -> all.add(whole(schema)));
      return all;
    }
    if (request.path.size() == 2 && request.part(1).equals("types")) {
      return strings(List.of("AVRO"));
    }
    if (request.path.size() < 3 || !request.part(1).equals("ids")) {
      throw request.notFound();
    }
    int id = id(request.part(2));
    RegisteredSchema schema = registry.byId(id);
    if (request.path.size() == 3) {
      ObjectNode answer = JSON.objectNode().put("schema", schema.schema());
      putReferences(answer, schema.references());
      return answer;
    }
    return switch (request.part(3)) {
      case "schema" -> TextNode.valueOf(schema.schema());
      case "subjects" ->
          strings(registry.versionsWithId(id).stream().map(RegisteredSchema::subject).toList());
      case "versions" -> {
        ArrayNode versions = JSON.arrayNode();
        registry
            .versionsWithId(id)
            .forEach(
                v -> versions.addObject().put("subject", v.subject()).put("version", v.version()));
        yield versions;
      }
      default -> throw request.notFound();
    };
  }

  private JsonNode config(Request request) throws RegistryException {
    Optional<String> subject =
        request.path.size() > 1 ? Optional.of(request.part(1)) : Optional.empty();
    switch (request.method) {
      case "GET" -> {
        CompatibilityLevel level =
            subject.isPresent()
                ? registry.compatibility(subject.get(), request.flag("defaultToGlobal"))
                : registry.defaultCompatibility();
        return JSON.objectNode().put("compatibilityLevel", level.name);
      }
      case "PUT" -> {
        String name = request.body.path("compatibility").asText("");
        CompatibilityLevel level = CompatibilityLevel.forName(name.toUpperCase(Locale.ROOT));
        if (level == null) {
          throw RegistryException.invalidCompatibility(name);
        }
        registry.setCompatibility(subject, level);
        return JSON.objectNode().put("compatibility", level.name);
      }
      case "DELETE" -> {
        CompatibilityLevel level =
            subject.isPresent()
                ? registry.clearCompatibility(subject.get())
                : registry.defaultCompatibility();
        if (subject.isEmpty()) {
          registry.setCompatibility(subject, CompatibilityLevel.BACKWARD);
        }
        return JSON.objectNode().put("compatibilityLevel", level.name);
      }
      default -> throw RegistryException.methodNotAllowed(request.method);
    }
  }

  private static JsonNode mode(Request request) throws RegistryException {
    request.expect("GET");
    return JSON.objectNode().put("mode", "READWRITE");
  }

  private JsonNode compatibility(Request request) throws RegistryException {
    request.expect("POST");
    if (request.path.size() < 4
        || !request.part(1).equals("subjects")
        || !request.part(3).equals("versions")) {
      throw request.notFound();
    }
    Optional<String> version =
        request.path.size() > 4 ? Optional.of(request.part(4)) : Optional.empty();
    List<String> objections =
        registry.objections(request.part(2), request.schema(), request.references(), version);
    ObjectNode answer = JSON.objectNode().put("is_compatible", objections.isEmpty());
    if (request.flag("verbose")) {
      answer.set("messages", strings(objections));
    }
    return answer;
  }

  private static ObjectNode whole(RegisteredSchema schema) {
    ObjectNode answer =
        JSON.objectNode()
            .put("subject", schema.subject())
            .put("version", schema.version())
            .put("id", schema.id())
            .put("schema", schema.schema());
    putReferences(answer, schema.references());
    return answer;
  }

  private static void putReferences(ObjectNode answer, List<SchemaReference> references) {
    if (references.isEmpty()) {
      return;
    }
    ArrayNode array = answer.putArray("references");
    for (SchemaReference reference : references) {
      array
          .addObject()
          .put("name", reference.getName())
          .put("subject", reference.getSubject())
          .put("version", reference.getVersion());
    }
  }

  private static int id(String text) throws RegistryException {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw RegistryException.schemaNotFound(text);
    }
  }

  private static ArrayNode strings(List<String> values) {
    ArrayNode array = JSON.arrayNode();
    values.forEach(array::add);
    return array;
  }

  private static ArrayNode numbers(List<Integer> values) {
    ArrayNode array = JSON.arrayNode();
    values.forEach(array::add);
    return array;
  }

  /** One request, taken apart. */
  private record Request(String method, URI uri, List<String> path, JsonNode body) {

    String part(int index) {
      return path.get(index);
    }

    void expect(String expectedMethod) throws RegistryException {
      if (!method.equals(expectedMethod)) {
        throw RegistryException.methodNotAllowed(method);
      }
    }

    RegistryException notFound() {
      return RegistryException.resourceNotFound(uri.getPath());
    }

    Optional<String> parameter(String name) {
      String query = uri.getRawQuery();
      if (query == null) {
        return Optional.empty();
      }
      return Arrays.stream(query.split("&"))
          .map(pair -> pair.split("=", 2))
          .filter(pair -> pair[0].equals(name))
          .map(pair -> pair.length < 2 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8))
          .findFirst();
    }

    boolean flag(String name) {
      return parameter(name).map("true"::equalsIgnoreCase).orElse(false);
    }

    String schema() throws RegistryException {
      String type = body.path("schemaType").asText("AVRO");
      if (!type.isEmpty() && !type.equals("AVRO") && !type.equals("null")) {
        throw RegistryException.invalidSchema(
            "Invalid schema type %s; this registry holds AVRO only".formatted(type));
      }
      JsonNode schema = body.get("schema");
      if (schema == null || !schema.isTextual()) {
        throw RegistryException.invalidSchema("Empty schema: the request has no text \"schema\"");
      }
      return schema.asText();
    }

    List<SchemaReference> references() throws RegistryException {
      List<SchemaReference> references = new ArrayList<>();
      for (JsonNode reference : body.path("references")) {
        if (!reference.hasNonNull("name")
            || !reference.hasNonNull("subject")
            || !reference.path("version").isInt()) {
          throw RegistryException.invalidSchema(
              "Invalid reference %s: expected name, subject and version".formatted(reference));
        }
        references.add(
            new SchemaReference(
                reference.get("name").asText(),
                reference.get("subject").asText(),
                reference.get("version").asInt()));
      }
      return references;
    }
  }
}
