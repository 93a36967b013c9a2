package io.dynadiff.schemas.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;
import org.apache.avro.SchemaParser;
import org.junit.jupiter.api.Test;

/** Holds every schema to what was released: it must still read what its predecessor wrote. */
class SchemaCompatibilityTest {

  private static final Path CURRENT = Path.of("src/main/avro");
  private static final Path RELEASED = Path.of("src/compatibility");

  @Test
  void shouldReadWhatTheReleasedSchemaWroteWhenASchemaHasChanged() throws IOException {
    Map<String, Schema> current = parse(CURRENT);
    parse(RELEASED)
        .forEach(
            (name, released) -> {
              Schema reader = current.get(name);
              assertThat(reader)
                  .as("schema %s was released and may not disappear", name)
                  .isNotNull();
              SchemaPairCompatibility verdict =
                  SchemaCompatibility.checkReaderWriterCompatibility(reader, released);
              if (verdict.getType() != SchemaCompatibilityType.COMPATIBLE) {
                fail(
                    "%s cannot read what its released version wrote: %s. Give new fields a default and keep the types of old ones; see src/compatibility/README.md."
                        .formatted(name, verdict.getResult().getIncompatibilities()));
              }
            });
  }

  @Test
  void shouldCompareEveryRecordWhenTheReleasedSchemasAreRead() throws IOException {
    assertThat(parse(RELEASED).keySet())
        .as("a record without a released version is not held to anything; copy it")
        .containsAll(parse(CURRENT).keySet());
  }

  @Test
  void shouldReportWhenAFieldIsAddedWithoutDefault() {
    Schema released = new Schema.Parser().parse(record("{'name':'a','type':'long'}"));
    Schema changed =
        new Schema.Parser().parse(record("{'name':'a','type':'long'},{'name':'b','type':'long'}"));

    assertThat(SchemaCompatibility.checkReaderWriterCompatibility(changed, released).getType())
        .isEqualTo(SchemaCompatibilityType.INCOMPATIBLE);
  }

  @Test
  void shouldDocumentEveryFieldWhenARecordTravels() throws IOException {
    parse(CURRENT)
        .values()
        .forEach(
            schema -> {
              assertThat(schema.getDoc()).as(schema.getName()).isNotBlank();
              schema
                  .getFields()
                  .forEach(
                      field ->
                          assertThat(field.doc())
                              .as("%s.%s", schema.getName(), field.name())
                              .isNotBlank());
            });
  }

  private static String record(String fields) {
    return "{'type':'record','name':'R','fields':[%s]}".formatted(fields).replace('\'', '"');
  }

  /** Parses a folder as one set, since its schemas refer to each other by name. */
  private static Map<String, Schema> parse(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(".avsc")).sorted().toList();
    }
    assertThat(files).as("schemas in %s", folder.toAbsolutePath()).isNotEmpty();
    SchemaParser parser = new SchemaParser();
    Map<String, Schema> schemas = new TreeMap<>();
    for (Path file : files) {
      parser.parse(file);
    }
    for (Schema schema : parser.getParsedNamedSchemas()) {
      if (schema.getType() == Schema.Type.RECORD) {
        schemas.put(schema.getFullName(), schema);
      }
    }
    return schemas;
  }
}
