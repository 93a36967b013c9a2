package io.dynadiff.streams.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The JSON Schema (draft 2020-12) of a file of settings, for editors and checkers. */
public final class SettingsSchema {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String FROM_ENVIRONMENT = "^\\$\\{env:[^}]+\\}$";

  private SettingsSchema() {}

  /** Returns a schema of the caller's own. */
  public static ObjectNode document() {
    ObjectNode root = NODES.objectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "Settings of the roles of dynadiff");
    root.put("type", "object");
    root.put("additionalProperties", false);
    SettingCatalogue.settings().values().forEach(setting -> put(root, setting));
    ObjectNode client = section(section(root, "kafka"), "client");
    client.put("description", "properties for every Kafka and registry client, as they name them");
    client.remove("properties");
    client
        .putObject("additionalProperties")
        .putArray("type")
        .add("string")
        .add("number")
        .add("boolean")
        .add("object");
    return root;
  }

  private static void put(ObjectNode root, Setting setting) {
    String[] path = setting.key().split("\\.");
    ObjectNode parent = root;
    for (int i = 0; i < path.length - 1; i++) {
      parent = section(parent, path[i]);
    }
    parent.withObject("/properties").set(path[path.length - 1], schema(setting));
  }

  private static ObjectNode section(ObjectNode parent, String name) {
    ObjectNode properties = parent.withObject("/properties");
    if (!properties.has(name)) {
      ObjectNode section = properties.putObject(name);
      section.putArray("type").add("object").add("null");
      section.put("additionalProperties", false);
    }
    return (ObjectNode) properties.get(name);
  }

  private static ObjectNode schema(Setting setting) {
    ObjectNode node = NODES.objectNode();
    node.put("description", setting.description());
    if (!setting.fallback().isEmpty()) {
      putDefault(node, setting);
    }
    switch (setting.kind()) {
      case WHOLE, NUMBER -> {
        ObjectNode number = node.putArray("anyOf").addObject();
        number.put("type", setting.kind() == Setting.Kind.WHOLE ? "integer" : "number");
        bounds(number, setting.range().orElseThrow());
        orFromEnvironment(node);
      }
      case FLAG -> {
        node.putArray("anyOf").addObject().put("type", "boolean");
        orFromEnvironment(node);
      }
      case CHOICE -> {
        var choices = node.putArray("anyOf").addObject().putArray("enum");
        setting.choices().forEach(choices::add);
        orFromEnvironment(node);
      }
      case TEXT -> node.put("type", "string");
      case LIST -> {
        var either = node.putArray("anyOf");
        either.addObject().put("type", "string");
        ObjectNode array = either.addObject().put("type", "array").put("minItems", 1);
        array.putObject("items").put("type", "string");
      }
    }
    return node;
  }

  private static void putDefault(ObjectNode node, Setting setting) {
    String text = setting.fallback();
    switch (setting.kind()) {
      case WHOLE -> node.put("default", Long.parseLong(text));
      case NUMBER -> node.put("default", Double.parseDouble(text));
      case FLAG -> node.put("default", Boolean.parseBoolean(text));
      case CHOICE, TEXT, LIST -> node.put("default", text);
    }
  }

  private static void bounds(ObjectNode node, Range range) {
    bound(node, range.lowExcluded() ? "exclusiveMinimum" : "minimum", range.low());
    bound(node, range.highExcluded() ? "exclusiveMaximum" : "maximum", range.high());
  }

  private static void bound(ObjectNode node, String name, double number) {
    if (Double.isInfinite(number)) {
      return;
    }
    if (number == Math.rint(number)) {
      node.put(name, (long) number);
    } else {
      node.put(name, number);
    }
  }

  private static void orFromEnvironment(ObjectNode node) {
    node.withArray("/anyOf").addObject().put("type", "string").put("pattern", FROM_ENVIRONMENT);
  }
}
