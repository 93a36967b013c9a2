package io.dynadiff.models.json;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON of value records: equal values give equal text, and reading refuses what writing would not
 * have written (unknown, missing or repeated keys, trailing text).
 *
 * <p>A number or boolean that is annotated with {@code JsonInclude(NON_DEFAULT)} is left out where
 * it is 0 or false, and may be missing: so a record can be given another component while the text
 * of the values that existed before, and whatever was stored under its hash, stays the same.
 */
public final class CanonicalJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .annotationIntrospector(new Omissions(false))
          .injectableValues(
              new InjectableValues.Std()
                  .addValue(Omissions.id(int.class), 0)
                  .addValue(Omissions.id(boolean.class), false))
          .build();
  private static final ObjectMapper COMPLETE =
      MAPPER.copy().setAnnotationIntrospector(new Omissions(true));

  /** Reads components that are left out where they are 0 or false. */
  private static final class Omissions extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1;

    private final boolean writeAll;

    Omissions(boolean writeAll) {
      this.writeAll = writeAll;
    }

    static String id(Class<?> type) {
      return "nothing of " + type;
    }

    @Override
    public JacksonInject.Value findInjectableValue(AnnotatedMember member) {
      JsonInclude include = _findAnnotation(member, JsonInclude.class);
      return member instanceof AnnotatedParameter
              && include != null
              && include.value() == JsonInclude.Include.NON_DEFAULT
          ? JacksonInject.Value.construct(id(member.getRawType()), true, false)
          : super.findInjectableValue(member);
    }

    @Override
    public JsonInclude.Value findPropertyInclusion(Annotated annotated) {
      return writeAll ? JsonInclude.Value.empty() : super.findPropertyInclusion(annotated);
    }
  }

  private CanonicalJson() {}

  /** One line of JSON. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + value + " as JSON", e);
    }
  }

  /** The same over several lines, for files that people read. */
  public static String writePretty(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + value + " as JSON", e);
    }
  }

  /**
   * Reads a value.
   *
   * @param what names the value in the error message
   * @throws IllegalArgumentException if the text is not exactly such a value
   */
  public static <T> T read(String json, Class<T> type, String what) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          what + ": expected the JSON of " + type.getSimpleName() + ": " + e.getOriginalMessage(),
          e);
    }
  }

  /** A value as a tree. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** A value as a tree that leaves nothing out, for changing single settings by name. */
  public static JsonNode completeTree(Object value) {
    return COMPLETE.valueToTree(value);
  }

  /**
   * Replaces one value of a tree in place.
   *
   * @param path names from the outside in, separated by dots
   * @param value the new value as JSON; what is not JSON is taken as text
   * @return the tree
   * @throws IllegalArgumentException if the tree has no such path; names the keys that are there
   */
  public static JsonNode replace(JsonNode tree, String path, String value) {
    String[] names = path.split("\\.");
    JsonNode node = tree;
    for (int i = 0; i < names.length; i++) {
      if (!(node instanceof ObjectNode object) || !object.has(names[i])) {
        List<String> known = new ArrayList<>();
        node.fieldNames().forEachRemaining(known::add);
        throw new IllegalArgumentException(
            "setting " + path + ": expected one of " + known + ", found \"" + names[i] + "\"");
      }
      if (i == names.length - 1) {
        object.set(names[i], parse(value));
      }
      node = object.get(names[i]);
    }
    return tree;
  }

  private static JsonNode parse(String value) {
    try {
      return MAPPER.readTree(value);
    } catch (JsonProcessingException e) {
      return MAPPER.getNodeFactory().textNode(value);
    }
  }
}
