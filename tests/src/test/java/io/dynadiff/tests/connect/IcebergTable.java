package io.dynadiff.tests.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/**
 * Reads what an Iceberg table in a directory holds, after the table specification and with nothing
 * but JSON and Avro: the current snapshot, its manifests, their data files, which must be Avro.
 */
final class IcebergTable {

  private static final int DELETED = 2;

  private IcebergTable() {}

  /** Returns the committed rows, in no order; none before the first commit. */
  static List<GenericRecord> rows(Path table) throws IOException {
    Path hint = table.resolve("metadata/version-hint.text");
    if (!Files.exists(hint)) {
      return List.of();
    }
    String version = Files.readString(hint).strip();
    JsonNode metadata =
        new ObjectMapper()
            .readTree(table.resolve("metadata/v" + version + ".metadata.json").toFile());
    List<GenericRecord> rows = new ArrayList<>();
    for (JsonNode snapshot : metadata.path("snapshots")) {
      if (snapshot.get("snapshot-id").asLong() == metadata.get("current-snapshot-id").asLong()) {
        for (GenericRecord manifest : read(snapshot.get("manifest-list").asText())) {
          for (GenericRecord entry : read(manifest.get("manifest_path").toString())) {
            if ((int) entry.get("status") != DELETED) {
              GenericRecord file = (GenericRecord) entry.get("data_file");
              rows.addAll(read(file.get("file_path").toString()));
            }
          }
        }
      }
    }
    return rows;
  }

  private static List<GenericRecord> read(String location) throws IOException {
    List<GenericRecord> records = new ArrayList<>();
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(
            Path.of(URI.create(location).getPath()).toFile(), new GenericDatumReader<>())) {
      reader.forEach(records::add);
    }
    return records;
  }
}
