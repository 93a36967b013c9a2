package io.dynadiff.cli.command;

import io.dynadiff.schemas.topics.Topic;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** The reference of topics and schemas as Markdown, out of the catalogue and the Avro schemas. */
final class SchemaReference {

  private static final String HEAD =
      """
      # Schemas

      Every record of every topic, field by field. `dynadiff topics schemas` prints this page from the schemas that the parts use; a test
      fails when it is stale. [topics.md](topics.md) says what the topics are for, and how a program reads them.

      | topic | key | value | cleanup | kept | largest record |
      |---|---|---|---|---|---|
      """;

  private SchemaReference() {}

  /** The whole page. */
  static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    Map<String, Schema> types = new LinkedHashMap<>();
    for (Topic topic : Topic.values()) {
      page.append(row(topic));
      topic.valueType().ifPresent(type -> collect(SpecificData.get().getSchema(type), types));
    }
    types.values().forEach(type -> page.append(section(type)));
    return page.toString();
  }

  private static String row(Topic topic) {
    return "| `%s` | %s | %s | %s | %s | %d MiB |\n"
        .formatted(
            topic.topicName(),
            key(topic),
            topic.valueType().map(type -> link(type.getSimpleName())).orElse("bytes as received"),
            topic.compacted() ? "compact" : "delete",
            topic.retention().map(kept -> kept.toDays() + " d").orElse("for ever"),
            topic.maxMessageBytes() >> 20);
  }

  private static String key(Topic topic) {
    return switch (topic) {
      case BUNDLES -> "system";
      case ZOO_TASKS, ZOO_RESULTS -> "result";
      default -> "environment";
    };
  }

  /** Named types in the order in which a reader meets them. */
  private static void collect(Schema schema, Map<String, Schema> types) {
    switch (schema.getType()) {
      case RECORD -> {
        if (types.putIfAbsent(schema.getName(), schema) == null) {
          schema.getFields().forEach(field -> collect(field.schema(), types));
        }
      }
      case ENUM -> types.putIfAbsent(schema.getName(), schema);
      case ARRAY -> collect(schema.getElementType(), types);
      case MAP -> collect(schema.getValueType(), types);
      case UNION -> schema.getTypes().forEach(part -> collect(part, types));
      default -> {
        // Has no name and no parts.
      }
    }
  }

  private static String section(Schema type) {
    StringBuilder section = new StringBuilder("\n## " + type.getName() + "\n\n");
    section.append(type.getDoc()).append('\n');
    if (type.getType() == Schema.Type.ENUM) {
      return section
          .append("\nOne of ")
          .append(
              type.getEnumSymbols().stream()
                  .map(symbol -> "`" + symbol + "`")
                  .collect(Collectors.joining(", ")))
          .append(".\n")
          .toString();
    }
    String topics =
        Arrays.stream(Topic.values())
            .filter(
                topic ->
                    topic
                        .valueType()
                        .filter(value -> value.getSimpleName().equals(type.getName()))
                        .isPresent())
            .map(topic -> "`" + topic.topicName() + "-value`")
            .collect(Collectors.joining(", "));
    if (!topics.isEmpty()) {
      section.append("\nSubject ").append(topics).append(".\n");
    }
    section.append("\n| field | type | |\n|---|---|---|\n");
    for (Schema.Field field : type.getFields()) {
      section.append(
          "| `%s` | %s | %s |\n".formatted(field.name(), text(field.schema()), cell(field.doc())));
    }
    return section.toString();
  }

  private static String text(Schema schema) {
    return switch (schema.getType()) {
      case RECORD, ENUM -> link(schema.getName());
      case ARRAY -> "array of " + text(schema.getElementType());
      case MAP -> "map of " + text(schema.getValueType());
      case UNION -> {
        List<Schema> parts = schema.getTypes();
        yield parts.stream()
                .filter(part -> part.getType() != Schema.Type.NULL)
                .map(SchemaReference::text)
                .collect(Collectors.joining(" or "))
            + (schema.isNullable() ? " or null" : "");
      }
      default ->
          schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
              ? "timestamp-millis"
              : schema.getType().getName();
    };
  }

  private static String link(String type) {
    return "[%s](#%s)".formatted(type, type.toLowerCase(Locale.ROOT));
  }

  private static String cell(String doc) {
    return doc == null ? "" : doc.replace("|", "\\|");
  }
}
