package io.dynadiff.models.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynadiff.models.candidates.ConditionSearch;
import io.dynadiff.models.json.CanonicalJson;
import io.dynadiff.models.regression.InterpolationSpec;
import io.dynadiff.models.safetensors.NumberFormat;
import java.util.Optional;

/**
 * Reads manifests of this version and of two before it: bundles of version 3 hold float32 alone and
 * answer with one expert, those of version 4 take inferred conditions as they are; neither names
 * its channels or interpolates.
 */
final class ManifestReader {

  private static final int SINGLE_PRECISION_VERSION = 3;
  private static final int SEARCHLESS_VERSION = 4;

  private ManifestReader() {}

  /**
   * Reads a manifest.
   *
   * @param where names the file in error messages
   * @throws IllegalArgumentException if the text is not exactly a manifest
   */
  static BundleManifest read(String text, String where) {
    ObjectNode tree = CanonicalJson.read(text, ObjectNode.class, where);
    int version = tree.path("formatVersion").asInt();
    if (version == SINGLE_PRECISION_VERSION) {
      tree.put("storage", NumberFormat.FLOAT32.name());
      candidates(tree).ifPresent(settings -> settings.put("ensemble", 1));
    }
    if (version == SINGLE_PRECISION_VERSION || version == SEARCHLESS_VERSION) {
      tree.put("formatVersion", BundleManifest.FORMAT_VERSION);
      tree.putArray("channels");
      tree.set("interpolation", CanonicalJson.tree(InterpolationSpec.NONE));
      candidates(tree)
          .ifPresent(
              settings ->
                  settings
                      .put("headStart", 0.0)
                      .set("search", CanonicalJson.tree(ConditionSearch.NONE)));
    }
    return CanonicalJson.read(tree.toString(), BundleManifest.class, where);
  }

  private static Optional<ObjectNode> candidates(ObjectNode manifest) {
    return manifest.get("candidates") instanceof ObjectNode settings
        ? Optional.of(settings)
        : Optional.empty();
  }
}
