package io.dynadiff.embedded.registry;

import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import java.util.List;

/**
 * One version of one subject.
 *
 * @param version 1, 2, ... within the subject
 * @param id of the schema; the same schema has the same id under every subject
 * @param schema canonical Avro JSON
 * @param deleted true when hidden but still readable by id
 */
record RegisteredSchema(
    String subject,
    int version,
    int id,
    String schema,
    List<SchemaReference> references,
    boolean deleted) {

  RegisteredSchema {
    references = List.copyOf(references);
  }

  RegisteredSchema asDeleted() {
    return new RegisteredSchema(subject, version, id, schema, references, true);
  }
}
