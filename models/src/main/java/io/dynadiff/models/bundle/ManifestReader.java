package io.dynadiff.models.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynadiff.models.json.CanonicalJson;
import io.dynadiff.models.safetensors.NumberFormat;

/**
 * Reads manifests of this version and of version 3, whose bundles hold float32 alone and answer
 * with one expert.
 */
final class ManifestReader {

  private static final int SINGLE_PRECISION_VERSION = 3;

  private ManifestReader() {}

  /**
   * Reads a manifest.
   *
   * @param where names the file in error messages
   * @throws IllegalArgumentException if the text is not exactly a manifest
   */
  static BundleManifest read(String text, String where) {
    ObjectNode tree = CanonicalJson.read(text, ObjectNode.class, where);
    if (tree.path("formatVersion").asInt() == SINGLE_PRECISION_VERSION) {
      tree.put("formatVersion", BundleManifest.FORMAT_VERSION);
      tree.put("storage", NumberFormat.FLOAT32.name());
      JsonNode candidates = tree.get("candidates");
      if (candidates instanceof ObjectNode settings) {
        settings.put("ensemble", 1);
      }
    }
    return CanonicalJson.read(tree.toString(), BundleManifest.class, where);
  }
}
