package io.dynadiff.physics.recorded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A Zarr version 2 group in a directory, laid out as xarray writes it: arrays of the root group,
 * axes named by {@code _ARRAY_DIMENSIONS}.
 */
final class ZarrArrayFile implements ArrayFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ARRAY = "/.zarray";

  private final List<ArrayVariable> variables;

  private ZarrArrayFile(List<ArrayVariable> variables) {
    this.variables = List.copyOf(variables);
  }

  /** True for a directory that says it is a Zarr store of version 2. */
  static boolean isStore(Path directory) {
    return Files.exists(directory.resolve(".zgroup"))
        || Files.exists(directory.resolve(".zmetadata"));
  }

  static ZarrArrayFile open(Path path) {
    Map<String, JsonNode> metadata = metadata(path);
    List<ArrayVariable> variables = new ArrayList<>();
    metadata.forEach(
        (key, node) -> {
          if (key.endsWith(ARRAY) && key.indexOf('/') == key.length() - ARRAY.length()) {
            String name = key.substring(0, key.length() - ARRAY.length());
            JsonNode attributes =
                metadata.getOrDefault(name + "/.zattrs", MissingNode.getInstance());
            variables.add(
                new ZarrVariable(path, name, ZarrLayout.read(path, name, node), attributes));
          }
        });
    if (variables.isEmpty()) {
      throw new RecordedDataException(path + ": expected arrays in the Zarr store, found none");
    }
    return new ZarrArrayFile(variables);
  }

  /** Metadata documents by key, consolidated where the store is, else collected. */
  private static Map<String, JsonNode> metadata(Path path) {
    Map<String, JsonNode> documents = new TreeMap<>();
    Path consolidated = path.resolve(".zmetadata");
    if (Files.exists(consolidated)) {
      json(consolidated)
          .path("metadata")
          .properties()
          .forEach(entry -> documents.put(entry.getKey(), entry.getValue()));
      return documents;
    }
    try (Stream<Path> children = Files.list(path)) {
      for (Path child : children.sorted().toList()) {
        for (String document : List.of(".zarray", ".zattrs")) {
          Path file = child.resolve(document);
          if (Files.isRegularFile(file)) {
            documents.put(child.getFileName() + "/" + document, json(file));
          }
        }
      }
    } catch (IOException e) {
      throw new RecordedDataException(path + ": cannot be listed: " + e, e);
    }
    return documents;
  }

  private static JsonNode json(Path file) {
    try {
      // Python writes NaN in JSON as a word of its own.
      return JSON.reader()
          .with(com.fasterxml.jackson.core.json.JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new RecordedDataException(
          file + ": expected JSON, it may be truncated: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new RecordedDataException(file + ": cannot be read: " + e, e);
    }
  }

  @Override
  public List<ArrayVariable> variables() {
    return variables;
  }

  @Override
  public void close() {
    // Chunks are files of their own, opened for as long as they are read.
  }
}
